// Where each board of a lot stands: the one place in which boards are classed, for the page, the report and whoever else
// counts them. A board is counted once. It stands where `device_now` (migration 007) says, as Devices tells it; one that
// went on to another lot stands here as its last job in this lot left it. One that never said who it is stands nowhere
// once its job is over, and in work until then.

/** By the last job in the lot alone: what a board stands by that went on to another lot. */
const BY_OUTCOME = `CASE outcome WHEN 'passed' THEN 'passed' WHEN 'failed' THEN 'failed' WHEN 'errored' THEN 'noVerdict'
  WHEN 'aborted' THEN 'noVerdict' ELSE 'inWork' END`;

/** The words of `device_now`. Each is named, so that its subqueries run once a board. */
const BY_STATE = `CASE state WHEN 'passed' THEN 'passed' WHEN 'failed' THEN 'failed' WHEN 'errored' THEN 'noVerdict'
  WHEN 'aborted' THEN 'noVerdict' WHEN 'in-work' THEN 'inWork' WHEN 'in-rework' THEN 'inRework'
  WHEN 'scrapped' THEN 'scrapped' WHEN 'revoked' THEN 'revoked' END`;

/**
 * `boards (device_id, first_job, last_job, jobs, outcome)` of the lot that the first parameter of the statement names, by
 * its jobs alone; `placed` is the same with `place`, one of `BoardPlace`. `device_id` is null for a job in work whose board
 * has not said who it is. What a statement does not name costs it nothing.
 */
export const WITH_BOARDS = `WITH asked AS (SELECT ? AS lot), boards AS (
  SELECT of_device.device_id, first_job, last_job, jobs, outcome
  FROM (SELECT device_id, min(job_id) AS first_job, max(job_id) AS last_job, count(*) AS jobs
      FROM job WHERE lot_id = (SELECT lot FROM asked) AND device_id IS NOT NULL GROUP BY device_id) AS of_device
    CROSS JOIN job ON job.job_id = last_job
  UNION ALL SELECT NULL, job_id, job_id, 1, NULL
    FROM job WHERE lot_id = (SELECT lot FROM asked) AND device_id IS NULL AND outcome IS NULL),
placed AS (
  SELECT boards.device_id, first_job, last_job, jobs, outcome,
    CASE WHEN job_id IS NOT last_job THEN ${BY_OUTCOME} ELSE ${BY_STATE} END AS place
  FROM boards LEFT JOIN device_now USING (device_id))`;
