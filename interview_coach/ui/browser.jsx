// Small things only the browser can know or do: the theme, the network, the clipboard.
import { useContext, useEffect, useId, useState } from "react";
import { ColorModeContext } from "$/utils/context-registry";
import { showMotion, takePreferences } from "./preferences.js";

const THEMES = [
  ["system", "System"],
  ["light", "Light"],
  ["dark", "Dark"],
];

// `keptAt` is the path of the preferences, for somebody who is signed in: the choice then holds
// on their other devices too.
export function ThemeChoice({ keptAt, className }) {
  const { rawColorMode, setColorMode } = useContext(ColorModeContext);
  const [mounted, setMounted] = useState(false);
  const [told, setTold] = useState("");
  const name = useId();
  useEffect(() => setMounted(true), []);
  const chosen = mounted ? rawColorMode : "system";
  async function choose(mode) {
    setColorMode(mode);
    setTold("");
    if (!keptAt) return;
    const kept = await takePreferences(keptAt, { theme: mode }).catch(() => false);
    if (!kept) setTold("Kept in this browser only: the server did not answer.");
  }
  return (
    <>
    <div className={`seg ${className ?? ""}`} role="radiogroup" aria-label="Theme">
      {THEMES.map(([mode, label]) => (
        <label key={mode}>
          <input
            className="sr"
            type="radio"
            name={name}
            value={mode}
            checked={chosen === mode}
            onChange={() => choose(mode)}
          />
          {label}
        </label>
      ))}
    </div>
    <span role="status" className="menu-told">
      {told}
    </span>
    </>
  );
}

// Shows theme and motion as the server has them, and keeps them for the next first paint.
export function ShowPreferences({ theme, motion }) {
  const { setColorMode } = useContext(ColorModeContext);
  useEffect(() => {
    if (theme) setColorMode(theme);
  }, [theme]);
  useEffect(() => {
    if (motion) showMotion(motion);
  }, [motion]);
  return null;
}

// One of a few fixed messages, named by ?told= in the address; nothing for any other name.
export function AddressNote({ messages }) {
  const [told, setTold] = useState("");
  useEffect(() => {
    const name = new URLSearchParams(window.location.search).get("told");
    if (name && Object.hasOwn(messages, name)) setTold(messages[name]);
  }, []);
  return (
    <div role="status" className="address-note">
      {told ? (
        <div className="alert alert-good">
          <svg className="i" viewBox="0 0 24 24" aria-hidden="true">
            <circle cx="12" cy="12" r="10" />
            <path d="m9 12 2 2 4-4" />
          </svg>
          <p className="grow">{told}</p>
        </div>
      ) : null}
    </div>
  );
}

// Shows its children while the browser has no network.
export function WhileOffline({ children }) {
  const [offline, setOffline] = useState(false);
  useEffect(() => {
    const look = () => setOffline(!window.navigator.onLine);
    look();
    window.addEventListener("online", look);
    window.addEventListener("offline", look);
    return () => {
      window.removeEventListener("online", look);
      window.removeEventListener("offline", look);
    };
  }, []);
  return offline ? children : null;
}

export function CopyButton({ text, label, done, className, children }) {
  const [told, setTold] = useState("");
  async function copy() {
    try {
      await window.navigator.clipboard.writeText(text);
      setTold(done);
    } catch {
      setTold("The browser does not allow copying");
    }
  }
  useEffect(() => {
    if (!told) return undefined;
    const timer = window.setTimeout(() => setTold(""), 3000);
    return () => window.clearTimeout(timer);
  }, [told]);
  return (
    <>
      <button type="button" className={className} onClick={copy}>
        {children}
        {told || label}
      </button>
      <span className="sr" role="status">
        {told}
      </span>
    </>
  );
}

export function ReloadButton({ label, className, children }) {
  return (
    <button type="button" className={className} onClick={() => window.location.reload()}>
      {children}
      {label}
    </button>
  );
}
