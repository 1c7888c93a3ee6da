SELECT
  source,
  target,
  CAST(DATE_TRUNC('MONTH', CAST(day AS DATE)) AS DATE) AS month,
  class,
  dimension,
  COUNT(*) AS acts,
  SUM(CASE WHEN score > 0 THEN score ELSE 0 END) AS cooperation,
  SUM(CASE WHEN score < 0 THEN -score ELSE 0 END) AS conflict,
  CAST(SUM(mentions) AS BIGINT) AS mentions
FROM events
WHERE
  source <> target
GROUP BY
  source,
  target,
  CAST(DATE_TRUNC('MONTH', CAST(day AS DATE)) AS DATE),
  class,
  dimension
ORDER BY
  source,
  target,
  month,
  class NULLS FIRST,
  dimension NULLS FIRST;
