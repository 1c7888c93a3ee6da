-- For every month: on how many days anything at all was read. A day without a single event of the whole world was not read.
-- Reads `events` (day).
SELECT CAST(date_trunc('month', CAST(day AS DATE)) AS DATE) AS month, COUNT(DISTINCT CAST(day AS DATE)) AS days_read, COUNT(*) AS acts
FROM events
GROUP BY CAST(date_trunc('month', CAST(day AS DATE)) AS DATE)
ORDER BY month
