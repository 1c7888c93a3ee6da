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
), pairs AS (
  SELECT
    low_state,
    high_state,
    month_start,
    COUNT(*) AS acts,
    SUM(warm) AS cooperation,
    SUM(cold) AS conflict
  FROM scored
  GROUP BY
    low_state,
    high_state,
    month_start
), world AS (
  SELECT
    month_start AS world_month,
    SUM(cooperation + conflict) AS volume,
    CAST(SUM(acts) AS INT64) AS number
  FROM pairs
  GROUP BY
    month_start
), usual AS (
  SELECT
    CAST(SUM(volume) AS FLOAT64) / COUNT(*) AS mean_volume
  FROM world
)
SELECT
  pairs.low_state AS a,
  pairs.high_state AS b,
  pairs.month_start AS month,
  pairs.acts,
  pairs.cooperation,
  pairs.conflict,
  CAST(pairs.cooperation AS FLOAT64) * usual.mean_volume / CAST(world.volume AS FLOAT64) AS cooperation_even,
  CAST(pairs.conflict AS FLOAT64) * usual.mean_volume / CAST(world.volume AS FLOAT64) AS conflict_even,
  world.number AS world_acts
FROM pairs
INNER JOIN world
  ON pairs.month_start = world.world_month
CROSS JOIN usual
ORDER BY
  a NULLS LAST,
  b NULLS LAST,
  month NULLS LAST;
