-- For every pair of states and month: how much cooperation and conflict was reported, raw and held against the world's volume.
-- Reads `events` (day, source, target, score): one row an event after removal of duplicates, states as ISO 3166-1 alpha-3.
-- `cooperation` and `conflict` are the sums of positive and of negative scores (the latter as an amount); the *_even columns divide them by
-- the month's share of world volume, so that a month in which twice as much was read counts half. Months without a row: nothing reported.
WITH scored AS (
    SELECT
        CASE WHEN source < target THEN source ELSE target END AS low_state,
        CASE WHEN source < target THEN target ELSE source END AS high_state,
        CAST(date_trunc('month', CAST(day AS DATE)) AS DATE) AS month_start,
        CASE WHEN score > 0 THEN score ELSE 0 END AS warm,
        CASE WHEN score < 0 THEN -score ELSE 0 END AS cold
    FROM events
    WHERE source <> target
),
world AS (
    SELECT month_start AS world_month, SUM(warm + cold) AS volume, COUNT(*) AS number
    FROM scored
    GROUP BY month_start
),
usual AS (
    SELECT CAST(SUM(volume) AS DOUBLE) / COUNT(*) AS mean_volume FROM world
)
SELECT
    scored.low_state AS a,
    scored.high_state AS b,
    scored.month_start AS month,
    COUNT(*) AS acts,
    SUM(scored.warm) AS cooperation,
    SUM(scored.cold) AS conflict,
    CAST(SUM(scored.warm) AS DOUBLE) * MAX(usual.mean_volume) / CAST(MAX(world.volume) AS DOUBLE) AS cooperation_even,
    CAST(SUM(scored.cold) AS DOUBLE) * MAX(usual.mean_volume) / CAST(MAX(world.volume) AS DOUBLE) AS conflict_even,
    MAX(world.number) AS world_acts
FROM scored
INNER JOIN world ON scored.month_start = world.world_month
CROSS JOIN usual
GROUP BY scored.low_state, scored.high_state, scored.month_start
ORDER BY a, b, month
