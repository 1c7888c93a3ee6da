-- For every pair of states and week (Monday first): how much cooperation and conflict was reported, raw and held against the world's volume.
-- Reads `events` (day, source, target, score), as `monthly_panel` does, with the same columns; `week` is the Monday. A week that the data
-- only begin or end in is there with what was read of it: `days_read` says on how many of its days any event was read.
WITH scored AS (
    SELECT
        CASE WHEN source < target THEN source ELSE target END AS low_state,
        CASE WHEN source < target THEN target ELSE source END AS high_state,
        CAST(date_trunc('week', CAST(day AS DATE)) AS DATE) AS week_start,
        CASE WHEN score > 0 THEN score ELSE 0 END AS warm,
        CASE WHEN score < 0 THEN -score ELSE 0 END AS cold
    FROM events
    WHERE source <> target
),
pairs AS MATERIALIZED (
    SELECT low_state, high_state, week_start, COUNT(*) AS acts, SUM(warm) AS cooperation, SUM(cold) AS conflict
    FROM scored
    GROUP BY low_state, high_state, week_start
),
world AS (
    SELECT week_start AS world_week, SUM(cooperation + conflict) AS volume, CAST(SUM(acts) AS BIGINT) AS number
    FROM pairs
    GROUP BY week_start
),
read_on AS (
    SELECT CAST(date_trunc('week', CAST(day AS DATE)) AS DATE) AS read_week, COUNT(DISTINCT CAST(day AS DATE)) AS days_read
    FROM events
    WHERE source <> target
    GROUP BY CAST(date_trunc('week', CAST(day AS DATE)) AS DATE)
),
usual AS (
    SELECT CAST(SUM(volume) AS DOUBLE) / COUNT(*) AS mean_volume FROM world
)
SELECT
    pairs.low_state AS a,
    pairs.high_state AS b,
    pairs.week_start AS week,
    pairs.acts,
    pairs.cooperation,
    pairs.conflict,
    CAST(pairs.cooperation AS DOUBLE) * usual.mean_volume / CAST(world.volume AS DOUBLE) AS cooperation_even,
    CAST(pairs.conflict AS DOUBLE) * usual.mean_volume / CAST(world.volume AS DOUBLE) AS conflict_even,
    world.number AS world_acts,
    read_on.days_read
FROM pairs
INNER JOIN world ON pairs.week_start = world.world_week
INNER JOIN read_on ON pairs.week_start = read_on.read_week
CROSS JOIN usual
ORDER BY a, b, week
