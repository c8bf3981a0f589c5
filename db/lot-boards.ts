// Where each board of a lot stands: the one place in which boards are classed, for the page, the report and whoever else
// counts them. A board is counted once, by its last job in the lot; one that never said who it is stands nowhere once its
// job is over, and in work until then.

/**
 * `boards (device_id, first_job, last_job, jobs, outcome, place)` of the lot that the first parameter of the statement
 * names. `place` is one of `BoardPlace`; `device_id` is null for a job in work whose board has not said who it is.
 */
export const WITH_BOARDS = `WITH asked AS (SELECT ? AS lot), boards AS (
  SELECT of_device.device_id, first_job, last_job, jobs, outcome,
    CASE outcome WHEN 'passed' THEN 'passed' WHEN 'failed' THEN 'failed' WHEN 'errored' THEN 'noVerdict'
      WHEN 'aborted' THEN 'noVerdict' ELSE 'inWork' END AS place
  FROM (SELECT device_id, min(job_id) AS first_job, max(job_id) AS last_job, count(*) AS jobs
      FROM job WHERE lot_id = (SELECT lot FROM asked) AND device_id IS NOT NULL GROUP BY device_id) AS of_device
    CROSS JOIN job ON job.job_id = last_job
  UNION ALL SELECT NULL, job_id, job_id, 1, NULL, 'inWork'
    FROM job WHERE lot_id = (SELECT lot FROM asked) AND device_id IS NULL AND outcome IS NULL)`;
