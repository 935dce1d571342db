// How the page looks and moves for this person: kept by the server, mirrored in this browser so
// that the first paint is right. `theme` is the key that Reflex reads before the first paint,
// `motion` the one that our own inline script reads (see theme.py).
import { send } from "./send.js";

export const PREFERENCES_CHANGED = "interview-coach:preferences";
const THEMES = ["system", "light", "dark"];

function keep(name, value) {
  try {
    window.localStorage.setItem(name, value);
  } catch {
    // A browser that keeps nothing shows what the system asks for.
  }
}

export function keptTheme() {
  try {
    const kept = window.localStorage.getItem("theme");
    return THEMES.includes(kept) ? kept : "system";
  } catch {
    return "system";
  }
}

export function showMotion(motion) {
  keep("motion", motion === "reduced" ? "reduced" : "system");
  document.documentElement.classList.toggle("less-motion", motion === "reduced");
}

// Take the server's choice over into this browser, before a page is loaded anew.
export async function bringPreferences(path) {
  const { ok, answer } = await send({ action: path, method: "GET" });
  if (!ok) return;
  if (THEMES.includes(answer.theme)) keep("theme", answer.theme);
  showMotion(answer.motion);
}

// Change some preferences at the server and leave the others as they are there.
export async function takePreferences(path, change) {
  const before = await send({ action: path, method: "GET" });
  if (!before.ok) return false;
  const values = { ...before.answer, ...change };
  const { ok } = await send({ action: path, method: "PUT", encoding: "json", values });
  if (ok) window.dispatchEvent(new CustomEvent(PREFERENCES_CHANGED));
  return ok;
}

// What is done around signing in: "bring" for an account that has a choice, "take" for a new one.
export async function settlePreferences(path, direction) {
  try {
    if (direction === "bring") await bringPreferences(path);
    else if (keptTheme() !== "system") await takePreferences(path, { theme: keptTheme() });
  } catch {
    // Signing in does not wait for a colour.
  }
}
