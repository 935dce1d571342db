// One question is recorded in one tab at a time: two would write the same chunk numbers.

// The page before a refresh needs a moment to let go.
const PATIENCE_MILLISECONDS = 2000;

/** A function that releases the lock, or null when another tab holds it. */
export async function holdLock(name) {
  if (!navigator.locks) return () => undefined;
  let release = () => undefined;
  const released = new Promise((resolve) => {
    release = resolve;
  });
  const held = new Promise((resolve, reject) => {
    const options = { signal: AbortSignal.timeout(PATIENCE_MILLISECONDS) };
    const body = () => {
      resolve(release);
      return released;
    };
    navigator.locks.request(name, options, body).catch(reject);
  });
  try {
    return await held;
  } catch (error) {
    if (error.name === "TimeoutError" || error.name === "AbortError") return null;
    throw error;
  }
}
