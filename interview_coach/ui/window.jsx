// What a page asks of its window: its keys, the address it shows, the browser's voice.
import { useEffect, useRef, useState } from "react";
import { PREFERENCES_CHANGED } from "./preferences.js";

const FIELD = "input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable='true']";
const ARROWS = "[role='radiogroup'], [role='tablist'], [role='slider'], audio, video";

// Whether a key is meant for a field, a dialog or the browser and not for the page.
export function belongsElsewhere(event) {
  if (event.repeat || event.ctrlKey || event.metaKey || event.altKey) return true;
  if (event.isComposing || event.defaultPrevented) return true;
  const { target } = event;
  if (!target?.closest) return false;
  if (target.closest(FIELD) || target.closest("dialog[open]")) return true;
  return event.key.startsWith("Arrow") && Boolean(target.closest(ARROWS));
}

// Calls onKey with the name of each of `keys` that is pressed outside of fields and dialogs.
export function PageKeys({ keys, enabled, onKey }) {
  const latest = useRef(null);
  latest.current = { keys, onKey };
  useEffect(() => {
    if (!enabled) return undefined;
    const down = (event) => {
      if (belongsElsewhere(event)) return;
      const name = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      if (!latest.current.keys.includes(name)) return;
      event.preventDefault();
      latest.current.onKey?.(name);
    };
    window.addEventListener("keydown", down);
    return () => window.removeEventListener("keydown", down);
  }, [enabled]);
  return null;
}

// Shows `path` as the address without loading anything, so that a refresh comes back to it.
export function PageAddress({ path }) {
  useEffect(() => {
    if (!path || path === window.location.pathname + window.location.search) return;
    window.history.replaceState(window.history.state, "", path);
  }, [path]);
  return null;
}

// Calls onReturn when somebody comes back to this tab, where another one may have changed things.
export function PageReturn({ onReturn }) {
  const latest = useRef(null);
  latest.current = onReturn;
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === "visible") latest.current?.();
    };
    document.addEventListener("visibilitychange", look);
    window.addEventListener(PREFERENCES_CHANGED, look);
    return () => {
      document.removeEventListener("visibilitychange", look);
      window.removeEventListener(PREFERENCES_CHANGED, look);
    };
  }, []);
  return null;
}

// Calls onTick every so many seconds while it runs and somebody can see the page.
export function PageClock({ seconds, running, onTick }) {
  const latest = useRef(null);
  latest.current = onTick;
  useEffect(() => {
    if (!running) return undefined;
    const clock = window.setInterval(() => {
      if (document.visibilityState === "visible") latest.current?.();
    }, seconds * 1000);
    return () => window.clearInterval(clock);
  }, [running, seconds]);
  return null;
}

// A button that has the browser read a text aloud; silent as soon as `quiet` is set.
export function ReadAloud({ text, label, stopLabel, quiet, className, children }) {
  const [able, setAble] = useState(false);
  const [speaking, setSpeaking] = useState(false);
  useEffect(() => setAble("speechSynthesis" in window), []);
  useEffect(
    () => () => {
      if ("speechSynthesis" in window) window.speechSynthesis.cancel();
      setSpeaking(false);
    },
    [text, quiet],
  );
  if (!able) return null;
  function press() {
    window.speechSynthesis.cancel();
    if (speaking) return setSpeaking(false);
    const spoken = new window.SpeechSynthesisUtterance(text);
    spoken.lang = document.documentElement.lang || "en";
    spoken.onend = () => setSpeaking(false);
    spoken.onerror = () => setSpeaking(false);
    setSpeaking(true);
    return window.speechSynthesis.speak(spoken);
  }
  return (
    <button type="button" className={className} disabled={quiet} onClick={press}>
      {children}
      {speaking ? stopLabel : label}
    </button>
  );
}
