// A form that talks to the API of this site by fetch, then loads the next page as a whole or
// stays and says that it is done. Errors come as application/problem+json: { title, detail,
// errors } and are shown in place.
import { createContext, useContext, useEffect, useId, useMemo, useRef, useState } from "react";
import { namesOf, readForm } from "./form_body.js";
import { settlePreferences } from "./preferences.js";
import { samePath } from "./same_path.js";
import { fieldErrors, NO_ANSWER, reasonOf, send } from "./send.js";

export const FormState = createContext({ errors: {}, busy: false, ready: false, phase: "open" });

// Answers that say that a secret from a mail is used up, too old or not one of ours.
const SPENT = [400, 401, 403, 404, 410];

// Where to go after success: ?next= of this address when it is a path of this site.
function afterwards(next) {
  const asked = new URLSearchParams(window.location.search).get("next");
  const meant = samePath(next, "/", window.location.origin);
  return asked ? samePath(asked, meant, window.location.origin) : meant;
}

// The summary above the fields: which of them to look at, by the names that people read.
function lookAt(form, names) {
  const labels = names.map((name) => form.elements[name].labels?.[0]?.innerText ?? "");
  const read = labels.filter(Boolean).join(", ");
  return read ? `This was not saved. Look at: ${read}.` : "This was not saved. Look at what is marked.";
}

// Put values into the fields they name.
function fill(form, values) {
  for (const field of form.elements) {
    if (!field.name || !(field.name in values)) continue;
    const value = values[field.name];
    if (field.type === "checkbox") {
      field.checked = Array.isArray(value) ? value.includes(field.value) : Boolean(value);
    } else if (field.type === "radio") field.checked = field.value === String(value);
    else field.value = value ?? "";
  }
}

// The secret that a link from a mail carries. It leaves the address bar at once, so that it is
// in no history, in no picture of the screen and in no referrer.
function takeSecret(name) {
  const address = new URL(window.location.href);
  const found = address.searchParams.get(name) ?? "";
  if (found) {
    address.searchParams.delete(name);
    const left = address.pathname + address.search + address.hash;
    window.history.replaceState(window.history.state, "", left);
  }
  return found;
}

// Keeps the fields as the server has them, but never over what somebody is typing.
// `stale` is true when the server's values have changed under an edit.
function useStoredValues(form, values) {
  const filled = useRef(null);
  const [stale, setStale] = useState(false);
  const wanted = JSON.stringify(values ?? null);
  const now = () => JSON.stringify(readForm(form.current).values);
  const settle = () => {
    filled.current = now();
    setStale(false);
  };
  function take() {
    fill(form.current, values);
    settle();
  }
  useEffect(() => {
    if (!values || !form.current) return;
    if (filled.current === null || filled.current === now()) take();
    else setStale(true);
  }, [wanted]);
  return { stale: stale && Boolean(values), take, settle };
}

export function PageForm(props) {
  const { action, next, method, encoding, extra, label, className, children } = props;
  const { stays, done, values, secret, preferences, settle, onDone } = props;
  const [errors, setErrors] = useState({});
  const [problem, setProblem] = useState("");
  const [told, setTold] = useState("");
  const [busy, setBusy] = useState(false);
  const [ready, setReady] = useState(false);
  const [phase, setPhase] = useState("open");
  const [answer, setAnswer] = useState({});
  const form = useRef(null);
  const alertBox = useRef(null);
  const sending = useRef(false);
  const places = useRef({});
  const token = useRef("");
  const stored = useStoredValues(form, values);
  useEffect(() => {
    if (secret && !token.current) {
      token.current = takeSecret(secret);
      if (!token.current) setPhase("missing");
    }
    setReady(true);
  }, []);

  async function succeed(got) {
    if (preferences) await settlePreferences(preferences, settle);
    if (!stays) {
      window.location.assign(afterwards(next));
      return;
    }
    if (!values) form.current?.reset();
    stored.settle();
    setAnswer(got.answer);
    setTold(done ?? "");
    setPhase("done");
    finish();
    onDone?.();
  }
  // The name of the field an error is about, empty when the form has none.
  const fieldNamed = (path) =>
    namesOf(path, places.current).find((name) => form.current.elements.namedItem(name)) ?? "";
  function refuse(got) {
    finish();
    const perField = fieldErrors(got.problem.errors, fieldNamed);
    const atToken = secret && got.status === 422 && secret in perField;
    if (secret && (SPENT.includes(got.status) || atToken)) return setPhase("expired");
    const known = Object.keys(perField).filter((name) => form.current.elements[name]);
    const others = Object.keys(perField).filter((name) => !known.includes(name));
    const rest = others.map((name) => perField[name]).filter(Boolean);
    const detail = known.length ? lookAt(form.current, known) : reasonOf(got);
    setErrors(perField);
    setProblem([detail, ...rest.filter((words) => !detail.includes(words))].join(" "));
    const named = known.length ? form.current.elements[known[0]] : alertBox.current;
    const first = named instanceof window.RadioNodeList ? named[0] : named;
    window.requestAnimationFrame(() => first?.focus());
    return undefined;
  }
  function finish() {
    sending.current = false;
    setBusy(false);
  }
  async function submit(event) {
    event.preventDefault();
    // The state above is a picture in time: of two quick presses both would see "not busy".
    if (sending.current) return;
    sending.current = true;
    setBusy(true);
    setProblem("");
    setTold("");
    setErrors({});
    try {
      const more = secret ? { ...extra, [secret]: token.current } : extra;
      const sent = readForm(form.current, more);
      places.current = sent.places;
      const got = await send({ action, method, encoding, values: sent.values });
      if (got.ok) await succeed(got);
      else refuse(got);
    } catch {
      finish();
      setProblem(NO_ANSWER);
      window.requestAnimationFrame(() => alertBox.current?.focus());
    }
  }
  function again() {
    setAnswer({});
    setTold("");
    setPhase("open");
    window.setTimeout(() => form.current?.elements[0]?.focus(), 0);
  }
  function edited() {
    if (told && phase === "done") setTold("");
  }

  const state = useMemo(
    () => ({ errors, busy, ready, phase, answer, told, again }),
    [errors, busy, ready, phase, answer, told],
  );
  return (
    <FormState.Provider value={state}>
      <form
        ref={form}
        action={action}
        method="post"
        noValidate={false}
        aria-label={label || undefined}
        aria-busy={busy}
        className={`stack ${className ?? ""}`}
        onSubmit={submit}
        onInput={edited}
      >
        <div ref={alertBox} tabIndex={-1} role="alert" className="form-told">
          {problem ? (
            <div className="alert alert-bad">
              <ProblemIcon />
              <p className="grow">{problem}</p>
            </div>
          ) : null}
        </div>
        {stored.stale ? <StaleNote onTake={stored.take} /> : null}
        {children}
      </form>
    </FormState.Provider>
  );
}

// Somebody, perhaps in another tab, has saved something else while this form was being edited.
function StaleNote({ onTake }) {
  return (
    <div className="alert alert-mid" role="status">
      <div className="grow">
        <p className="t">This was changed somewhere else</p>
        <p className="muted">Saving replaces it with what stands here.</p>
        <div className="row wrap">
          <button type="button" className="btn btn-s" onClick={onTake}>
            Show what is saved
          </button>
        </div>
      </div>
    </div>
  );
}

// What stands there only while its form is "open", "done", "expired" or "missing" its secret.
// It takes the focus when it takes the place of the fields.
export function FormPart({ when, className, children }) {
  const { phase } = useContext(FormState);
  const box = useRef(null);
  const shown = phase === when;
  useEffect(() => {
    if (shown && when !== "open") box.current?.focus();
  }, [shown, when]);
  if (!shown) return null;
  return (
    <div ref={box} tabIndex={-1} className={`form-part stack ${className ?? ""}`}>
      {children}
    </div>
  );
}

// "Saved", beside the button that saved.
export function FormTold() {
  const { told } = useContext(FormState);
  return (
    <span role="status" className="form-saved">
      {told ? (
        <>
          <svg className="i" viewBox="0 0 24 24" aria-hidden="true">
            <path d="M20 6 9 17l-5-5" />
          </svg>
          {told}
        </>
      ) : null}
    </span>
  );
}

// A secret that the answer brought and that is shown this once: to copy, then to put away.
export function FormSecret({ field, label, help, doneLabel, copyLabel, copiedLabel }) {
  const { answer, again } = useContext(FormState);
  const [copied, setCopied] = useState("");
  const box = useRef(null);
  const id = useId();
  async function copy() {
    try {
      await window.navigator.clipboard.writeText(box.current.value);
      setCopied(copiedLabel);
    } catch {
      box.current.select();
      setCopied("Press Ctrl+C or Cmd+C to copy");
    }
  }
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        ref={box}
        id={id}
        readOnly
        className="input mono"
        value={answer[field] ?? ""}
        aria-describedby={`${id}-note`}
        onFocus={(event) => event.target.select()}
      />
      <span id={`${id}-note`} className="help">
        {help}
      </span>
      <div className="row wrap">
        <button type="button" className="btn" onClick={copy}>
          {copyLabel}
        </button>
        <button type="button" className="btn btn-ghost" onClick={again}>
          {doneLabel}
        </button>
        <span role="status" className="form-saved">
          {copied}
        </span>
      </div>
    </div>
  );
}

export function ProblemIcon({ small }) {
  return (
    <svg className={small ? "i i-14" : "i"} viewBox="0 0 24 24" aria-hidden="true">
      <circle cx="12" cy="12" r="10" />
      <path d="m15 9-6 6" />
      <path d="m9 9 6 6" />
    </svg>
  );
}

export function SubmitButton({ label, busyLabel, className }) {
  const { busy, ready } = useContext(FormState);
  // Before the page is alive neither a press nor Enter must send the form past the code above: a
  // disabled button stops both. It is not disabled while it sends, which would take the focus from
  // whoever pressed it by keyboard.
  return (
    <button type="submit" className={className} disabled={!ready} aria-busy={busy || !ready}>
      {busy ? (
        <svg className="i spin" viewBox="0 0 24 24" aria-hidden="true">
          <path d="M12 2v4" />
          <path d="m16.2 7.8 2.9-2.9" />
          <path d="M18 12h4" />
          <path d="m16.2 16.2 2.9 2.9" />
          <path d="M12 18v4" />
          <path d="m4.9 19.1 2.9-2.9" />
          <path d="M2 12h4" />
          <path d="m4.9 4.9 2.9 2.9" />
        </svg>
      ) : null}
      {busy ? busyLabel || label : label}
    </button>
  );
}

// One press that posts nothing but itself, such as signing out.
export function PostButton({ action, next, className, label, children }) {
  const [failed, setFailed] = useState(false);
  async function press() {
    setFailed(false);
    try {
      const answer = await send({ action, method: "POST", encoding: "json", values: {} });
      // 401: the session had already ended, which is what was wanted.
      if (answer.ok || answer.status === 401) {
        window.location.assign(samePath(next, "/", window.location.origin));
      } else setFailed(true);
    } catch {
      setFailed(true);
    }
  }
  return (
    <>
      <button type="button" className={className} aria-label={label || undefined} onClick={press}>
        {children}
      </button>
      <span role="alert" className="menu-told">
        {failed ? "The server did not answer. You are still signed in." : ""}
      </span>
    </>
  );
}
