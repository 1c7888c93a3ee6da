-- For every pair of states and month: how much cooperation and conflict was reported, raw and held against the world's volume.
-- Reads `events` (day, source, target, score): one row an event after removal of duplicates, states as ISO 3166-1 alpha-3.
-- `cooperation` and `conflict` are the sums of positive and of negative scores (the latter as an amount); the *_even columns divide them by
-- the month's share of world volume, so that a month in which twice as much was read counts half. Months without a row: nothing reported.
-- The pairs are read twice, for the world and for the panel, and so are held: MATERIALIZED.
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
pairs AS MATERIALIZED (
    SELECT low_state, high_state, month_start, COUNT(*) AS acts, SUM(warm) AS cooperation, SUM(cold) AS conflict
    FROM scored
    GROUP BY low_state, high_state, month_start
),
world AS (
    SELECT month_start AS world_month, SUM(cooperation + conflict) AS volume, CAST(SUM(acts) AS BIGINT) AS number
    FROM pairs
    GROUP BY month_start
),
usual AS (
    SELECT CAST(SUM(volume) AS DOUBLE) / COUNT(*) AS mean_volume FROM world
)
SELECT
    pairs.low_state AS a,
    pairs.high_state AS b,
    pairs.month_start AS month,
    pairs.acts,
    pairs.cooperation,
    pairs.conflict,
    CAST(pairs.cooperation AS DOUBLE) * usual.mean_volume / CAST(world.volume AS DOUBLE) AS cooperation_even,
    CAST(pairs.conflict AS DOUBLE) * usual.mean_volume / CAST(world.volume AS DOUBLE) AS conflict_even,
    world.number AS world_acts
FROM pairs
INNER JOIN world ON pairs.month_start = world.world_month
CROSS JOIN usual
ORDER BY a, b, month
