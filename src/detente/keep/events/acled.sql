-- ACLED events. A state is party where its forces or its people are named ("Military Forces of X (...)", "Protesters (X)"); the place is a name.
WITH named AS (
    SELECT
        raw.*,
        lower(coalesce(
            nullif(regexp_extract(raw.actor1, '(?:Forces|Government) of ([^(]+?) *(?:\(|$)', 1), ''),
            regexp_extract(raw.actor1, '\(([^()]+)\)$', 1)
        )) AS first_name,
        lower(coalesce(
            nullif(regexp_extract(raw.actor2, '(?:Forces|Government) of ([^(]+?) *(?:\(|$)', 1), ''),
            regexp_extract(raw.actor2, '\(([^()]+)\)$', 1)
        )) AS second_name
    FROM raw
)
SELECT
    named.line,
    named.eventidcnty AS identifier,
    CAST(coalesce(try_strptime(named.eventdate[:10], '%Y-%m-%d'), try_strptime(named.eventdate, '%d %B %Y')) AS DATE) AS day,
    CAST(to_timestamp(try_cast(named.timestamp AS BIGINT)) AS DATE) AS known,
    first.state AS source,
    second.state AS target,
    nullif(named.actor1, '') AS source_actor,
    nullif(named.actor2, '') AS target_actor,
    coalesce(nullif(named.subeventtype, ''), named.eventtype) AS code,
    coalesce(narrow.class, wide.class) AS class,
    CAST(NULL AS VARCHAR) AS mode,
    coalesce(narrow.dimension, wide.dimension) AS dimension,
    classes.quad,
    CAST(NULL AS DECIMAL(4, 1)) AS score,
    CAST(NULL AS INTEGER) AS mentions,
    try_cast(named.fatalities AS INTEGER) AS deaths,
    place.state AS place,
    CAST($version AS VARCHAR) AS version,
    CASE
        WHEN named.eventidcnty = '' THEN 'no identifier'
        WHEN coalesce(narrow.code, wide.code) IS NULL THEN 'no event type of ACLED'
    END AS why
FROM named
LEFT JOIN types AS narrow ON narrow.dataset = 'acled' AND named.subeventtype = narrow.code
LEFT JOIN types AS wide ON wide.dataset = 'acled' AND named.eventtype = wide.code
LEFT JOIN classes ON coalesce(narrow.class, wide.class) = classes.class
LEFT JOIN states_name AS first ON named.first_name = first.code
LEFT JOIN states_name AS second ON named.second_name = second.code
LEFT JOIN states_name AS place ON lower(named.country) = place.code
