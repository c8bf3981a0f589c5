// A bound for what Electron does beyond this process: a spooler or a page may never answer.

/** Rejects where `work` has not settled after so many milliseconds; whoever calls ends the work then. */
export async function within<T>(limitMs: number, work: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const limit = setTimeout(() => reject(new Error(`no answer within ${limitMs} ms`)), limitMs);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(limit);
  }
}
