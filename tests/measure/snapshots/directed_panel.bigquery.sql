SELECT
  source,
  target,
  CAST(DATE_TRUNC(CAST(day AS DATE), MONTH) AS DATE) AS month,
  class,
  dimension,
  COUNT(*) AS acts,
  SUM(CASE WHEN score > 0 THEN score ELSE 0 END) AS cooperation,
  SUM(CASE WHEN score < 0 THEN -score ELSE 0 END) AS conflict,
  CAST(SUM(mentions) AS INT64) AS mentions
FROM events
WHERE
  source <> target
GROUP BY
  source,
  target,
  month,
  class,
  dimension
ORDER BY
  source NULLS LAST,
  target NULLS LAST,
  month NULLS LAST,
  class,
  dimension;
