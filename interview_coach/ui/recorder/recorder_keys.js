// Which key does what in which state. Pure: an event in, the name of an action out.

const FIELD = "input, textarea, select, [contenteditable=''], [contenteditable='true']";
const PRESSABLE = "button, a[href], summary, [role='button'], [role='link'], [role='menuitem']";
const DIALOG = "[role='dialog'], [role='alertdialog'], dialog[open]";

const ACTIONS = {
  Space: {
    idle: "start",
    recording: "stop",
    paused: "resume",
    sent: null,
    no_microphone: "checkAgain",
    refused: "checkAgain",
  },
  KeyP: { recording: "pause", paused: "resume" },
  KeyR: {
    recording: "again",
    paused: "again",
    review: "again",
    failed: "again",
    sent: "again",
    offline: "again",
  },
  KeyM: { recording: "moment" },
  KeyS: { idle: "skip", recording: "skip", paused: "skip" },
  Enter: { review: "send" },
};

// A button that got its focus from the mouse shows no ring: its owner means the page's keys.
const focusShown = (element) => element.matches(":focus-visible");

/** Whether the key belongs to what has the focus: a field, a dialog, a pressable thing. */
export function belongsElsewhere(event) {
  const { target } = event;
  if (event.repeat || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return true;
  if (event.isComposing || event.defaultPrevented) return true;
  if (!target?.closest) return false;
  if (target.closest(FIELD) || target.closest(DIALOG)) return true;
  const presses = event.key === " " || event.key === "Enter";
  const pressable = presses ? target.closest(PRESSABLE) : null;
  return Boolean(pressable) && focusShown(pressable);
}

/** "start", "stop", "pause", ... or null. By place on the keyboard for letters would surprise
 * those whose layout differs, so letters count by what they type. */
export function keyAction(event, phase) {
  if (belongsElsewhere(event)) return null;
  const letter = /^[a-z]$/i.test(event.key) ? `Key${event.key.toUpperCase()}` : null;
  const name = event.key === " " ? "Space" : (letter ?? event.key);
  return ACTIONS[name]?.[phase] ?? null;
}
