-- GDELT 2.0 mentions: which outlet told of an event, when and where. One row an event, document and sentence.
SELECT
    raw.line,
    raw.globaleventid AS identifier,
    CAST(try_strptime(raw.mentiontimedate[:8], '%Y%m%d') AS DATE) AS day,
    try_strptime(raw.mentiontimedate, '%Y%m%d%H%M%S') AS mentioned_at,
    try_strptime(raw.eventtimedate, '%Y%m%d%H%M%S') AS event_at,
    try_cast(raw.mentiontype AS TINYINT) AS medium,
    nullif(raw.mentionsourcename, '') AS outlet,
    raw.mentionidentifier AS address,
    coalesce(try_cast(raw.sentenceid AS INTEGER), 0) AS sentence,
    try_cast(raw.confidence AS SMALLINT) AS confidence,
    CAST($version AS VARCHAR) AS version,
    CASE
        WHEN raw.globaleventid = '' THEN 'no identifier'
        WHEN raw.mentionidentifier = '' THEN 'no address'
        WHEN try_strptime(raw.mentiontimedate, '%Y%m%d%H%M%S') IS NULL THEN 'no time that can be read'
    END AS why
FROM raw
