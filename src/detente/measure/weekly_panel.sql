-- For every pair of states and week (Monday first): how much cooperation and conflict was reported, raw and held against the world's volume.
-- Reads `events` (day, source, target, score), as `monthly_panel` does, with the same columns; `week` is the Monday. A week that the data
-- only begin or end in is there with what was read of it: `days_read` says on how many of its days any event was read.
WITH scored AS (
    SELECT
        CASE WHEN source < target THEN source ELSE target END AS low_state,
        CASE WHEN source < target THEN target ELSE source END AS high_state,
        CAST(date_trunc('week', CAST(day AS DATE)) AS DATE) AS week_start,
        CAST(day AS DATE) AS event_day,
        CASE WHEN score > 0 THEN score ELSE 0 END AS warm,
        CASE WHEN score < 0 THEN -score ELSE 0 END AS cold
    FROM events
    WHERE source <> target
),
world AS (
    SELECT week_start AS world_week, SUM(warm + cold) AS volume, COUNT(*) AS number, COUNT(DISTINCT event_day) AS days_read
    FROM scored
    GROUP BY week_start
),
usual AS (
    SELECT CAST(SUM(volume) AS DOUBLE) / COUNT(*) AS mean_volume FROM world
)
SELECT
    scored.low_state AS a,
    scored.high_state AS b,
    scored.week_start AS week,
    COUNT(*) AS acts,
    SUM(scored.warm) AS cooperation,
    SUM(scored.cold) AS conflict,
    CAST(SUM(scored.warm) AS DOUBLE) * MAX(usual.mean_volume) / CAST(MAX(world.volume) AS DOUBLE) AS cooperation_even,
    CAST(SUM(scored.cold) AS DOUBLE) * MAX(usual.mean_volume) / CAST(MAX(world.volume) AS DOUBLE) AS conflict_even,
    MAX(world.number) AS world_acts,
    MAX(world.days_read) AS days_read
FROM scored
INNER JOIN world ON scored.week_start = world.world_week
CROSS JOIN usual
GROUP BY scored.low_state, scored.high_state, scored.week_start
ORDER BY a, b, week
