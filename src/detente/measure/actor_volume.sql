-- For every state and month: how many events name it, as source or as target, and with how many partners.
-- Reads `events` (day, source, target). Stands beside the panel: a pair that rises with all its states' pairs rises with their volume.
WITH named AS (
    SELECT source AS state, target AS partner, CAST(date_trunc('month', CAST(day AS DATE)) AS DATE) AS month_start FROM events WHERE source <> target
    UNION ALL
    SELECT target AS state, source AS partner, CAST(date_trunc('month', CAST(day AS DATE)) AS DATE) AS month_start FROM events WHERE source <> target
)
SELECT state, month_start AS month, COUNT(*) AS acts, COUNT(DISTINCT partner) AS partners
FROM named
GROUP BY state, month_start
ORDER BY state, month
