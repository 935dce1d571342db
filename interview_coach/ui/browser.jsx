// Small things only the browser can know or do: the theme, the network, the clipboard.
import { useContext, useEffect, useId, useState } from "react";
import { ColorModeContext } from "$/utils/context-registry";

const THEMES = [
  ["system", "System"],
  ["light", "Light"],
  ["dark", "Dark"],
];

export function ThemeChoice({ className }) {
  const { rawColorMode, setColorMode } = useContext(ColorModeContext);
  const [mounted, setMounted] = useState(false);
  const name = useId();
  useEffect(() => setMounted(true), []);
  const chosen = mounted ? rawColorMode : "system";
  return (
    <div className={`seg ${className ?? ""}`} role="radiogroup" aria-label="Theme">
      {THEMES.map(([mode, label]) => (
        <label key={mode}>
          <input
            className="sr"
            type="radio"
            name={name}
            value={mode}
            checked={chosen === mode}
            onChange={() => setColorMode(mode)}
          />
          {label}
        </label>
      ))}
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
