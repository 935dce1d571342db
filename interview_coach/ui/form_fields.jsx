// The fields of a page form: they know the errors of their form and belong to the browser.
import { useContext, useId, useState } from "react";
import { FormState, ProblemIcon } from "./page_form.jsx";

function Note({ id, error, help }) {
  if (!error && !help) return null;
  return (
    <span id={id} className={error ? "err" : "help"}>
      {error ? <ProblemIcon small /> : null}
      {error || help}
    </span>
  );
}

// What ties a control to its note and says whether it is wrong.
function useNote(name, help) {
  const { errors } = useContext(FormState);
  const id = useId();
  const error = errors[name];
  const described = {
    "aria-invalid": error ? true : undefined,
    "aria-describedby": error || help ? `${id}-note` : undefined,
  };
  return { id, error, described, note: <Note id={`${id}-note`} error={error} help={help} /> };
}

export function FormField({ label, name, kind, help, rows, lines, emptyIsNull, className, ...input }) {
  const { id, error, described, note } = useNote(name, help);
  const [open, setOpen] = useState(false);
  const secret = kind === "password";
  const shared = {
    ...input,
    ...described,
    id,
    name,
    className: `input${error ? " is-err" : ""}`,
    "data-empty": emptyIsNull ? "null" : undefined,
    "data-lines": lines ? "" : undefined,
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
      {note}
    </div>
  );
}

// A drop-down list; options are [value, label].
export function FormSelect({ label, name, help, options, emptyIsNull, className, ...input }) {
  const { id, error, described, note } = useNote(name, help);
  return (
    <div className={`field ${className ?? ""}`}>
      <label htmlFor={id}>{label}</label>
      <div className="pick">
        <select
          {...input}
          {...described}
          id={id}
          name={name}
          className={`input${error ? " is-err" : ""}`}
          data-empty={emptyIsNull ? "null" : undefined}
        >
          {options.map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </select>
        <svg className="i" viewBox="0 0 24 24" aria-hidden="true">
          <path d="m6 9 6 6 6-6" />
        </svg>
      </div>
      {note}
    </div>
  );
}

// A row of segments, one of them chosen; options are [value, label].
export function FormChoice({ label, name, help, options, defaultValue, className }) {
  const { id, described, note } = useNote(name, help);
  return (
    <div className={`field ${className ?? ""}`}>
      <span id={`${id}-label`} className="label">
        {label}
      </span>
      <div className="seg" role="radiogroup" aria-labelledby={`${id}-label`} {...described}>
        {options.map(([value, words]) => (
          <label key={value}>
            <input
              className="sr"
              type="radio"
              name={name}
              value={value}
              defaultChecked={value === defaultValue}
            />
            {words}
          </label>
        ))}
      </div>
      {note}
    </div>
  );
}

// A switch that is saved with its form.
export function FormSwitch({ label, name, help, className }) {
  const { id, described, note } = useNote(name, help);
  return (
    <div className={`field ${className ?? ""}`}>
      <label className="check" htmlFor={id}>
        <input className="sr" type="checkbox" role="switch" id={id} name={name} {...described} />
        <span className="switch" aria-hidden="true" />
        <span>{label}</span>
      </label>
      {note}
    </div>
  );
}

// Boxes to tick that make one list; options are [value, label].
export function FormBoxes({ label, name, help, options, defaultValues, className }) {
  const { id, described, note } = useNote(name, help);
  return (
    <div className={`field ${className ?? ""}`} role="group" aria-labelledby={`${id}-label`} {...described}>
      <span id={`${id}-label`} className="label">
        {label}
      </span>
      <div className="row wrap boxes">
        {options.map(([value, words]) => (
          <label key={value} className="check">
            <input
              className="sr"
              type="checkbox"
              name={name}
              value={value}
              data-list=""
              defaultChecked={(defaultValues ?? []).includes(value)}
            />
            <span className="box" aria-hidden="true">
              <svg className="i i-14" viewBox="0 0 24 24">
                <path d="M20 6 9 17l-5-5" />
              </svg>
            </span>
            <span>{words}</span>
          </label>
        ))}
      </div>
      {note}
    </div>
  );
}

// Whose password this form is about, for password managers; nobody sees it and it is not sent.
export function FormAccount({ email }) {
  return (
    <input type="text" autoComplete="username" value={email ?? ""} readOnly hidden aria-hidden="true" />
  );
}
