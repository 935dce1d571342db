// Paths of this site, told apart from everything else one could be sent to.

// Return the path when it stays on the site at `origin`, else the fallback.
export function samePath(path, fallback, origin) {
  if (typeof path !== "string" || !/^\/(?![/\\])/.test(path) || /[\u0000-\u0020\\]/.test(path)) {
    return fallback;
  }
  try {
    const there = new URL(path, origin);
    return there.origin === origin ? there.pathname + there.search + there.hash : fallback;
  } catch {
    return fallback;
  }
}
