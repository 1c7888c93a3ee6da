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

WITH scored AS (
  SELECT
    CASE WHEN source < target THEN source ELSE target END AS low_state,
    CASE WHEN source < target THEN target ELSE source END AS high_state,
    CAST(DATE_TRUNC(CAST(day AS DATE), MONTH) AS DATE) AS month_start,
    CASE WHEN score > 0 THEN score ELSE 0 END AS warm,
    CASE WHEN score < 0 THEN -score ELSE 0 END AS cold
  FROM events
  WHERE
    source <> target
), world AS (
  SELECT
    month_start AS world_month,
    SUM(warm + cold) AS volume,
    COUNT(*) AS number
  FROM scored
  GROUP BY
    month_start
), usual AS (
  SELECT
    CAST(SUM(volume) AS FLOAT64) / COUNT(*) AS mean_volume
  FROM world
)
SELECT
  scored.low_state AS a,
  scored.high_state AS b,
  scored.month_start AS month,
  COUNT(*) AS acts,
  SUM(scored.warm) AS cooperation,
  SUM(scored.cold) AS conflict,
  CAST(SUM(scored.warm) AS FLOAT64) * MAX(usual.mean_volume) / CAST(MAX(world.volume) AS FLOAT64) AS cooperation_even,
  CAST(SUM(scored.cold) AS FLOAT64) * MAX(usual.mean_volume) / CAST(MAX(world.volume) AS FLOAT64) AS conflict_even,
  MAX(world.number) AS world_acts
FROM scored
INNER JOIN world
  ON scored.month_start = world.world_month
CROSS JOIN usual
GROUP BY
  a,
  b,
  month
ORDER BY
  a NULLS LAST,
  b NULLS LAST,
  month NULLS LAST;
