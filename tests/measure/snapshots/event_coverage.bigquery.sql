WITH named AS (
  SELECT
    dataset,
    source AS state,
    CAST(day AS DATE) AS told_on
  FROM all_events
  WHERE
    NOT source IS NULL
  UNION ALL
  SELECT
    dataset,
    target AS state,
    CAST(day AS DATE) AS told_on
  FROM all_events
  WHERE
    NOT target IS NULL AND (
      source IS NULL OR source <> target
    )
)
SELECT
  dataset,
  CAST(TIMESTAMP_TRUNC(told_on, MONTH) AS DATE) AS month,
  state,
  COUNT(*) AS acts,
  COUNT(DISTINCT told_on) AS days
FROM named
GROUP BY
  dataset,
  month,
  state
ORDER BY
  dataset NULLS LAST,
  month NULLS LAST,
  state NULLS LAST;
