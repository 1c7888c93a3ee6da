-- POLECAT events: PLOVER classes as they are, countries as ISO alpha-3 (several are parted by semicolons: the first counts).
SELECT
    raw.line,
    raw.eventid AS identifier,
    CAST(try_strptime(raw.eventdate[:10], '%Y-%m-%d') AS DATE) AS day,
    CAST(try_strptime(raw.publicationdate[:10], '%Y-%m-%d') AS DATE) AS known,
    first.state AS source,
    second.state AS target,
    nullif(raw.actorname, '') AS source_actor,
    nullif(raw.recipientname, '') AS target_actor,
    raw.eventtype AS code,
    classes.class,
    nullif(lower(raw.eventmode), '') AS mode,
    CASE
        WHEN classes.dimension IS NOT NULL THEN classes.dimension
        WHEN regexp_matches(lower(raw.contexts), 'military|intelligence|peacekeeping|cbrn') THEN 'security'
        WHEN contains(lower(raw.contexts), 'economic') THEN 'economic_declared'
    END AS dimension,
    coalesce(try_cast(regexp_extract(raw.quadcode, '[1-4]') AS TINYINT), classes.quad) AS quad,
    try_cast(raw.intensity AS DECIMAL(4, 1)) AS score,
    CAST(NULL AS INTEGER) AS mentions,
    CAST(NULL AS INTEGER) AS deaths,
    place.state AS place,
    coalesce(nullif(raw.version, ''), $version) AS version,
    CASE
        WHEN raw.eventid = '' THEN 'no identifier'
        WHEN classes.class IS NULL THEN 'no event type of PLOVER'
    END AS why
FROM raw
LEFT JOIN classes ON upper(trim(raw.eventtype)) = classes.class
LEFT JOIN states_iso3 AS first ON upper(trim(split_part(raw.actorcountry, ';', 1))) = first.code
LEFT JOIN states_iso3 AS second ON upper(trim(split_part(raw.recipientcountry, ';', 1))) = second.code
LEFT JOIN states_iso3 AS place ON upper(trim(split_part(raw.country, ';', 1))) = place.code
