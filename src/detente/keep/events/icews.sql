-- ICEWS coded events. An identifier is repeated on other days for other events: identifier and day together are the key.
SELECT
    raw.line,
    raw.eventid AS identifier,
    CAST(try_strptime(left(raw.eventdate, 10), '%Y-%m-%d') AS DATE) AS day,
    CAST(NULL AS DATE) AS known,
    CASE WHEN exact.swapped IS NULL THEN first.state ELSE second.state END AS source,
    CASE WHEN exact.swapped IS NULL THEN second.state ELSE first.state END AS target,
    nullif(CASE WHEN exact.swapped IS NULL THEN raw.sourcename ELSE raw.targetname END, '') AS source_actor,
    nullif(CASE WHEN exact.swapped IS NULL THEN raw.targetname ELSE raw.sourcename END, '') AS target_actor,
    raw.cameocode AS code,
    coalesce(exact.class, root.class) AS class,
    exact.mode,
    coalesce(exact.dimension, root.dimension) AS dimension,
    coalesce(exact.quad, root.quad) AS quad,
    coalesce(try_cast(raw.intensity AS DECIMAL(4, 1)), exact.score, root.score) AS score,
    CAST(NULL AS INTEGER) AS mentions,
    CAST(NULL AS INTEGER) AS deaths,
    place.state AS place,
    CAST($version AS VARCHAR) AS version,
    CASE
        WHEN raw.eventid = '' THEN 'no identifier'
        WHEN coalesce(exact.code, root.code) IS NULL THEN 'no event code of CAMEO'
    END AS why
FROM raw
LEFT JOIN cameo AS exact ON raw.cameocode = exact.code
LEFT JOIN cameo AS root ON CASE WHEN exact.code IS NULL THEN left(raw.cameocode, 2) END = root.code
LEFT JOIN states_name AS first ON lower(raw.sourcecountry) = first.code
LEFT JOIN states_name AS second ON lower(raw.targetcountry) = second.code
LEFT JOIN states_name AS place ON lower(raw.country) = place.code
