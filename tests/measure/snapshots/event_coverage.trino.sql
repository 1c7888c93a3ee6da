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
  CAST(DATE_TRUNC('MONTH', told_on) AS DATE) AS month,
  state,
  COUNT(*) AS acts,
  COUNT(DISTINCT told_on) AS days
FROM named
GROUP BY
  dataset,
  CAST(DATE_TRUNC('MONTH', told_on) AS DATE),
  state
ORDER BY
  dataset,
  month,
  state;
