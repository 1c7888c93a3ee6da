-- A user's own table, its columns renamed by the map. States of any one system; codes of CAMEO or PLOVER, or none.
SELECT
    raw.line,
    CASE $identity
        WHEN 'column' THEN raw.identifier
        WHEN 'content' THEN md5(raw.content)
        ELSE $file || ':' || CAST(raw.line AS VARCHAR)
    END AS identifier,
    CAST(coalesce(try_strptime(raw.day, $day_format), try_strptime(raw.day[:10], '%Y-%m-%d')) AS DATE) AS day,
    CAST(coalesce(try_strptime(raw.known, $day_format), try_strptime(raw.known[:10], '%Y-%m-%d')) AS DATE) AS known,
    CASE WHEN cameo.swapped IS NULL THEN first.state ELSE second.state END AS source,
    CASE WHEN cameo.swapped IS NULL THEN second.state ELSE first.state END AS target,
    nullif(CASE WHEN cameo.swapped IS NULL THEN raw.source_actor ELSE raw.target_actor END, '') AS source_actor,
    nullif(CASE WHEN cameo.swapped IS NULL THEN raw.target_actor ELSE raw.source_actor END, '') AS target_actor,
    nullif(raw.code, '') AS code,
    coalesce(cameo.class, root.class, classes.class) AS class,
    cameo.mode,
    coalesce(cameo.dimension, root.dimension, classes.dimension) AS dimension,
    coalesce(cameo.quad, root.quad, classes.quad) AS quad,
    coalesce(try_cast(raw.score AS DECIMAL(4, 1)), cameo.score, root.score) AS score,
    try_cast(raw.mentions AS INTEGER) AS mentions,
    try_cast(raw.deaths AS INTEGER) AS deaths,
    place.state AS place,
    CAST($version AS VARCHAR) AS version,
    CASE
        WHEN $identity = 'column' AND raw.identifier = '' THEN 'no identifier'
        WHEN $codes = 'cameo' AND coalesce(cameo.code, root.code) IS NULL THEN 'no event code of CAMEO'
        WHEN $codes = 'plover' AND classes.class IS NULL THEN 'no event class of PLOVER'
    END AS why
FROM raw
LEFT JOIN cameo ON $codes = 'cameo' AND raw.code = cameo.code
LEFT JOIN cameo AS root ON $codes = 'cameo' AND cameo.code IS NULL AND raw.code[:2] = root.code
LEFT JOIN classes ON $codes = 'plover' AND upper(trim(raw.code)) = classes.class
LEFT JOIN states AS first ON first.system = $states AND first.code = CASE $states WHEN 'name' THEN lower(raw.source) ELSE raw.source END
LEFT JOIN states AS second ON second.system = $states AND second.code = CASE $states WHEN 'name' THEN lower(raw.target) ELSE raw.target END
LEFT JOIN states AS place ON place.system = $states AND place.code = CASE $states WHEN 'name' THEN lower(raw.place) ELSE raw.place END
