-- GDELT 1.0 and 2.0 events. States are CAMEO's, places FIPS; a code that CAMEO lacks ("13y") is read by its first two digits.
SELECT
    raw.line,
    raw.globaleventid AS identifier,
    CAST(try_strptime(raw.sqldate, '%Y%m%d') AS DATE) AS day,
    CAST(try_strptime(left(raw.dateadded, 8), '%Y%m%d') AS DATE) AS known,
    CASE WHEN exact.swapped IS NULL THEN first.state ELSE second.state END AS source,
    CASE WHEN exact.swapped IS NULL THEN second.state ELSE first.state END AS target,
    nullif(CASE WHEN exact.swapped IS NULL THEN raw.actor1code ELSE raw.actor2code END, '') AS source_actor,
    nullif(CASE WHEN exact.swapped IS NULL THEN raw.actor2code ELSE raw.actor1code END, '') AS target_actor,
    raw.eventcode AS code,
    coalesce(exact.class, root.class) AS class,
    exact.mode,
    coalesce(exact.dimension, root.dimension) AS dimension,
    coalesce(try_cast(raw.quadclass AS TINYINT), exact.quad, root.quad) AS quad,
    coalesce(try_cast(raw.goldsteinscale AS DECIMAL(4, 1)), exact.score, root.score) AS score,
    try_cast(raw.nummentions AS INTEGER) AS mentions,
    CAST(NULL AS INTEGER) AS deaths,
    place.state AS place,
    CAST($version AS VARCHAR) AS version,
    CASE
        WHEN raw.globaleventid = '' THEN 'no identifier'
        WHEN coalesce(exact.code, root.code) IS NULL THEN 'no event code of CAMEO'
    END AS why
FROM raw
LEFT JOIN cameo AS exact ON raw.eventcode = exact.code
LEFT JOIN cameo AS root ON CASE WHEN exact.code IS NULL THEN left(raw.eventcode, 2) END = root.code
LEFT JOIN states_cameo AS first ON raw.actor1countrycode = first.code
LEFT JOIN states_cameo AS second ON raw.actor2countrycode = second.code
LEFT JOIN states_fips AS place ON raw.actiongeocountrycode = place.code
