WITH named AS (
  SELECT
    source AS state,
    target AS partner,
    CAST(DATE_TRUNC('MONTH', CAST(day AS DATE)) AS DATE) AS month_start
  FROM events
  WHERE
    source <> target
  UNION ALL
  SELECT
    target AS state,
    source AS partner,
    CAST(DATE_TRUNC('MONTH', CAST(day AS DATE)) AS DATE) AS month_start
  FROM events
  WHERE
    source <> target
)
SELECT
  state,
  month_start AS month,
  COUNT(*) AS acts,
  COUNT(DISTINCT partner) AS partners
FROM named
GROUP BY
  state,
  month_start
ORDER BY
  state,
  month;
