CREATE OR REPLACE VIEW all_events AS
SELECT
  dataset,
  day,
  source,
  target,
  class,
  dimension,
  quad,
  score,
  mentions,
  place
FROM event_table
WHERE
  dataset IN ('icews', 'gdelt2') AND day >= CAST('2014-01-01' AS DATE);

CREATE OR REPLACE VIEW events AS
SELECT
  all_events.*
FROM all_events
WHERE
  all_events.dataset = 'icews'
UNION ALL
SELECT
  all_events.*
FROM all_events
LEFT JOIN (
  SELECT DISTINCT
    all_events.day AS day,
    COALESCE(all_events.source, '') AS cell_source,
    COALESCE(all_events.target, '') AS cell_target,
    COALESCE(all_events.quad, 0) AS cell_quad,
    CASE
      WHEN all_events.source IS NULL OR all_events.target IS NULL
      THEN COALESCE(all_events.place, '')
      ELSE ''
    END AS cell_place,
    1 AS is_taken
  FROM all_events
  WHERE
    all_events.dataset IN ('icews')
) AS taken
  ON taken.day = all_events.day
  AND taken.cell_source = COALESCE(all_events.source, '')
  AND taken.cell_target = COALESCE(all_events.target, '')
  AND taken.cell_quad = COALESCE(all_events.quad, 0)
  AND taken.cell_place = CASE
    WHEN all_events.source IS NULL OR all_events.target IS NULL
    THEN COALESCE(all_events.place, '')
    ELSE ''
  END
WHERE
  all_events.dataset = 'gdelt2' AND COALESCE(taken.is_taken, 0) = 0;
