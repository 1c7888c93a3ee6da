-- UCDP GED: each event is fatal violence. A side is a state where Gleditsch and Ward number it; an event of several days counts on its first.
SELECT
    raw.line,
    raw.id AS identifier,
    CAST(try_strptime(raw.datestart[:10], '%Y-%m-%d') AS DATE) AS day,
    CAST(NULL AS DATE) AS known,
    first.state AS source,
    second.state AS target,
    nullif(raw.sidea, '') AS source_actor,
    nullif(raw.sideb, '') AS target_actor,
    raw.typeofviolence AS code,
    types.class,
    CAST(NULL AS VARCHAR) AS mode,
    types.dimension,
    classes.quad,
    CAST(NULL AS DECIMAL(4, 1)) AS score,
    CAST(NULL AS INTEGER) AS mentions,
    try_cast(raw.best AS INTEGER) AS deaths,
    place.state AS place,
    CAST($version AS VARCHAR) AS version,
    CASE
        WHEN raw.id = '' THEN 'no identifier'
        WHEN types.code IS NULL THEN 'no type of violence of UCDP'
    END AS why
FROM raw
LEFT JOIN types ON types.dataset = 'ucdp' AND raw.typeofviolence = types.code
LEFT JOIN classes ON types.class = classes.class
LEFT JOIN states_gw AS first ON raw.gwnoa = first.code
LEFT JOIN states_gw AS second ON raw.gwnob = second.code
LEFT JOIN states_name AS place ON lower(raw.country) = place.code
