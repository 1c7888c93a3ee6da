WITH named AS (
  SELECT
    source AS state,
    target AS partner,
    CAST(DATE_TRUNC(CAST(day AS DATE), YEAR) AS DATE) AS year_start
  FROM events
  WHERE
    source <> target
  UNION ALL
  SELECT
    target AS state,
    source AS partner,
    CAST(DATE_TRUNC(CAST(day AS DATE), YEAR) AS DATE) AS year_start
  FROM events
  WHERE
    source <> target
), counted AS (
  SELECT
    state,
    year_start,
    partner,
    COUNT(*) AS acts
  FROM named
  GROUP BY
    state,
    year_start,
    partner
), placed AS (
  SELECT
    state,
    year_start,
    partner,
    acts,
    ROW_NUMBER() OVER (PARTITION BY state, year_start ORDER BY acts DESC, partner NULLS LAST) AS place,
    SUM(acts) OVER (PARTITION BY state, year_start) AS all_acts
  FROM counted
)
SELECT
  state,
  year_start AS year,
  place,
  partner,
  acts,
  CAST(all_acts AS INT64) AS of_all
FROM placed
WHERE
  place <= 10
ORDER BY
  state NULLS LAST,
  year NULLS LAST,
  place NULLS LAST;
