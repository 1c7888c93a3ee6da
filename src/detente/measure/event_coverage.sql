-- For every dataset, month and state: how many events name it, on how many days, so that a silent month and an unread one can be told apart.
-- Reads `all_events` (dataset, day, source, target), duplicates too. A month in which a dataset has no row of any state was not read from it.
WITH named AS (
    SELECT dataset, source AS state, CAST(day AS DATE) AS told_on FROM all_events WHERE source IS NOT NULL
    UNION ALL
    SELECT dataset, target AS state, CAST(day AS DATE) AS told_on FROM all_events WHERE target IS NOT NULL AND (source IS NULL OR source <> target)
)
SELECT
    dataset,
    CAST(date_trunc('month', told_on) AS DATE) AS month,
    state,
    COUNT(*) AS acts,
    COUNT(DISTINCT told_on) AS days
FROM named
GROUP BY dataset, CAST(date_trunc('month', told_on) AS DATE), state
ORDER BY dataset, month, state
