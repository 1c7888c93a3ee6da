-- For every directed pair of states, month, class and dimension: how many events were reported, with which sums of scores and mentions.
-- Reads `events` (day, source, target, class, dimension, score, mentions). A class or dimension that the dataset's code has none for is null.
-- `cooperation` and `conflict` are the sums of positive and of negative scores (the latter as an amount). Months without a row: none reported.
SELECT
    source,
    target,
    CAST(date_trunc('month', CAST(day AS DATE)) AS DATE) AS month,
    class,
    dimension,
    COUNT(*) AS acts,
    SUM(CASE WHEN score > 0 THEN score ELSE 0 END) AS cooperation,
    SUM(CASE WHEN score < 0 THEN -score ELSE 0 END) AS conflict,
    CAST(SUM(mentions) AS BIGINT) AS mentions
FROM events
WHERE source <> target
GROUP BY source, target, CAST(date_trunc('month', CAST(day AS DATE)) AS DATE), class, dimension
ORDER BY source, target, month, class NULLS FIRST, dimension NULLS FIRST
