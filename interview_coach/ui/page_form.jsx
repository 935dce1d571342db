// A form that talks to the API of this site by fetch, then loads the next page as a whole.
// Errors come as application/problem+json: { title, detail, errors } and are shown in place.
import { createContext, useContext, useEffect, useId, useMemo, useRef, useState } from "react";
import { samePath } from "./same_path.js";

const FormState = createContext({ errors: {}, busy: false, ready: false });

// Where to go after success: ?next= of this address when it is a path of this site.
function afterwards(next) {
  const asked = new URLSearchParams(window.location.search).get("next");
  const meant = samePath(next, "/", window.location.origin);
  return asked ? samePath(asked, meant, window.location.origin) : meant;
}

// Name of the field that one entry of `errors` speaks of.
function fieldOf(entry) {
  const place = entry.field ?? entry.name ?? entry.loc ?? entry.pointer ?? "";
  const parts = Array.isArray(place) ? place : String(place).split("/");
  return String(parts[parts.length - 1] ?? "");
}

// Return { field: message } from either shape: an object, or a list of entries.
function fieldErrors(errors) {
  if (!errors) return {};
  if (!Array.isArray(errors)) {
    return Object.fromEntries(
      Object.entries(errors).map(([name, told]) => [name, [].concat(told).join(" ")]),
    );
  }
  return Object.fromEntries(
    errors.map((entry) => [fieldOf(entry), entry.message ?? entry.msg ?? entry.detail ?? ""]),
  );
}

function bodyOf(form, extra) {
  const values = { ...(extra ?? {}) };
  for (const [name, value] of new FormData(form).entries()) values[name] = value;
  for (const box of form.querySelectorAll("input[type=checkbox][name]")) {
    values[box.name] = box.checked;
  }
  return values;
}

async function send({ action, method, encoding, values }) {
  const json = encoding === "json";
  const answer = await fetch(action, {
    method,
    credentials: "same-origin",
    headers: {
      "Content-Type": json ? "application/json" : "application/x-www-form-urlencoded",
      Accept: "application/json, application/problem+json",
      "X-Interview-Coach": "page",
    },
    body: json ? JSON.stringify(values) : new URLSearchParams(values).toString(),
  });
  if (answer.ok) return { ok: true };
  const kind = answer.headers.get("Content-Type") ?? "";
  const problem = kind.includes("json") ? await answer.json() : {};
  return { ok: false, status: answer.status, problem };
}

// What to say when the answer itself says nothing that can be read.
function plainReason(status) {
  if (status === 429) return "Too many tries. Wait a minute, then try again.";
  if (status >= 500) return "The server could not do this. Nothing was changed. Try again.";
  return "This did not work. Check what you entered, then try again.";
}

export function PageForm({ action, next, method, encoding, extra, label, className, children }) {
  const [errors, setErrors] = useState({});
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const [ready, setReady] = useState(false);
  const form = useRef(null);
  const told = useRef(null);
  useEffect(() => setReady(true), []);

  async function submit(event) {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setProblem("");
    setErrors({});
    try {
      const values = bodyOf(form.current, extra);
      const answer = await send({ action, method, encoding, values });
      if (answer.ok) {
        window.location.assign(afterwards(next));
        return;
      }
      const perField = fieldErrors(answer.problem.errors);
      const known = Object.keys(perField).filter((name) => form.current.elements[name]);
      const others = Object.keys(perField).filter((name) => !known.includes(name));
      const rest = others.map((name) => perField[name]).filter(Boolean);
      const detail = answer.problem.detail ?? answer.problem.title ?? plainReason(answer.status);
      setErrors(perField);
      setProblem([typeof detail === "string" ? detail : plainReason(answer.status), ...rest].join(" "));
      setBusy(false);
      const first = known.length ? form.current.elements[known[0]] : told.current;
      window.requestAnimationFrame(() => first?.focus());
    } catch {
      setBusy(false);
      setProblem("The server did not answer. What you entered is still here. Try again.");
    }
  }

  const state = useMemo(() => ({ errors, busy, ready }), [errors, busy, ready]);
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
      >
        <div ref={told} tabIndex={-1} role="alert" className="form-told">
          {problem ? (
            <div className="alert alert-bad">
              <ProblemIcon />
              <p className="grow">{problem}</p>
            </div>
          ) : null}
        </div>
        {children}
      </form>
    </FormState.Provider>
  );
}

function ProblemIcon({ small }) {
  return (
    <svg className={small ? "i i-14" : "i"} viewBox="0 0 24 24" aria-hidden="true">
      <circle cx="12" cy="12" r="10" />
      <path d="m15 9-6 6" />
      <path d="m9 9 6 6" />
    </svg>
  );
}

export function FormField({ label, name, kind, help, rows, className, ...input }) {
  const { errors } = useContext(FormState);
  const [open, setOpen] = useState(false);
  const id = useId();
  const error = errors[name];
  const secret = kind === "password";
  const shared = {
    ...input,
    id,
    name,
    className: `input${error ? " is-err" : ""}`,
    "aria-invalid": error ? true : undefined,
    "aria-describedby": error || help ? `${id}-note` : undefined,
  };
  return (
    <div className={`field ${className ?? ""}`}>
      <label htmlFor={id}>{label}</label>
      {rows ? (
        <textarea rows={rows} {...shared} />
      ) : (
        <div className={secret ? "with-show" : undefined}>
          <input type={secret && open ? "text" : kind} {...shared} />
          {secret ? (
            <button
              type="button"
              className="btn btn-ghost btn-s"
              aria-pressed={open}
              aria-controls={id}
              aria-label={`Show ${String(label).toLowerCase()}`}
              onClick={() => setOpen(!open)}
            >
              {open ? "Hide" : "Show"}
            </button>
          ) : null}
        </div>
      )}
      {error || help ? (
        <span id={`${id}-note`} className={error ? "err" : "help"}>
          {error ? <ProblemIcon small /> : null}
          {error || help}
        </span>
      ) : null}
    </div>
  );
}

export function SubmitButton({ label, busyLabel, className }) {
  const { busy, ready } = useContext(FormState);
  // Before the page is alive a press must not send the form past the code above.
  return (
    <button type={ready ? "submit" : "button"} className={className} disabled={busy} aria-busy={busy}>
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
