// A text that is kept on this device, letter by letter, until the server has taken it.
import { Children, useEffect, useRef, useState } from "react";

const PREFIX = "coach.draft.";
const EMPTY = { text: "", clientId: "", tried: false };

function newId() {
  const bytes = window.crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// Storage may be off or full; then the text lives in the page alone and the note says so.
function read(key) {
  try {
    const kept = JSON.parse(window.localStorage.getItem(PREFIX + key) ?? "null");
    return typeof kept?.text === "string" ? { ...EMPTY, ...kept } : EMPTY;
  } catch {
    return EMPTY;
  }
}

function keep(key, draft) {
  try {
    if (draft.text) window.localStorage.setItem(PREFIX + key, JSON.stringify(draft));
    else window.localStorage.removeItem(PREFIX + key);
    return true;
  } catch {
    return false;
  }
}

function countWords(text) {
  return text.trim() ? text.trim().split(/\s+/).length : 0;
}

export function DraftArea({
  draftKey,
  label,
  placeholder,
  sendLabel,
  busy,
  disabled,
  taken,
  maxLength,
  onSend,
  children,
}) {
  const [draft, setDraft] = useState(EMPTY);
  const [kept, setKept] = useState(true);
  const area = useRef(null);
  const change = (next) => {
    setDraft(next);
    setKept(keep(draftKey, next));
  };
  useEffect(() => setDraft(read(draftKey)), [draftKey]);
  useEffect(() => area.current?.focus({ preventScroll: true }), []);
  useEffect(() => {
    if (taken && taken === draft.clientId) change(EMPTY);
  }, [taken, draft.clientId]);

  const words = countWords(draft.text);
  const can = words > 0 && !busy && !disabled;
  // The same id sent twice is one answer; a text that was changed after a try is another one.
  function type(event) {
    const fresh = draft.tried || !draft.clientId;
    const clientId = fresh ? newId() : draft.clientId;
    change({ text: event.target.value, clientId, tried: false });
  }
  function send() {
    if (!can) return;
    change({ ...draft, tried: true });
    onSend?.({ key: draftKey, text: draft.text, clientId: draft.clientId });
  }
  function keys(event) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      send();
    }
  }
  const [before, after] = Children.toArray(children);
  const note = kept
    ? "Kept on this device until it is sent."
    : "This device refuses to keep it. Do not close the page before you send.";
  return (
    <>
      <section className="scope draft" aria-label={label}>
        <div className="sc-t">
          <label className="strong" htmlFor="draft-text">
            {label}
          </label>
          <div className="time num">
            {words} <small>{words === 1 ? "word" : "words"}</small>
          </div>
        </div>
        <textarea
          id="draft-text"
          ref={area}
          value={draft.text}
          placeholder={placeholder}
          maxLength={maxLength}
          disabled={disabled}
          aria-describedby="draft-note"
          onChange={type}
          onKeyDown={keys}
        />
        <p id="draft-note" className="draft-note small muted">
          {note}
        </p>
      </section>
      <div className="ctls draft-ctls">
        {before}
        <div className="cw">
          <button
            type="button"
            className="btn btn-primary btn-l"
            disabled={!can}
            aria-busy={busy || undefined}
            onClick={send}
          >
            {sendLabel}
          </button>
          <span aria-hidden="true">
            <span className="kbd">Ctrl</span> <span className="kbd">Enter</span>
          </span>
        </div>
        {after}
      </div>
    </>
  );
}
