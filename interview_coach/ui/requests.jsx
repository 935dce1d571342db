// Buttons that ask the API of this site for one thing, some after a question; and a picture that
// is chosen, looked at and sent.
import { useEffect, useRef, useState } from "react";
import { ModalDialog } from "./dialog.jsx";
import { NO_ANSWER, reasonOf, send } from "./send.js";

// Runs one request at a time. `problem` are words for the person.
function useRequest() {
  const running = useRef(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState("");
  async function run(request, good) {
    if (running.current) return;
    running.current = true;
    setBusy(true);
    setProblem("");
    try {
      const got = await send(request);
      // What is to go and is gone already is gone.
      const gone = request.method === "DELETE" && got.status === 404;
      if (got.ok || gone) good(got);
      else setProblem(reasonOf(got));
    } catch {
      setProblem(NO_ANSWER);
    }
    running.current = false;
    setBusy(false);
  }
  return { busy, problem, setProblem, run };
}

export function RequestButton(props) {
  const { action, method, values, label, spoken, busyLabel, done, toldBy, className, children } = props;
  const { askTitle, askText, askLabel, askClass, focusAfter, onDone } = props;
  const { busy, problem, setProblem, run } = useRequest();
  const [asking, setAsking] = useState(false);
  const [told, setTold] = useState("");
  const [times, setTimes] = useState(0);
  // What was pressed may go with what it removed. The dialog has closed when this runs: effects
  // of children come first, and closing gives the focus back to the button.
  useEffect(() => {
    if (times && focusAfter) document.getElementById(focusAfter)?.focus();
  }, [times]);
  function go() {
    setTold("");
    run({ action, method, encoding: "json", values }, ({ answer }) => {
      setAsking(false);
      setTold((toldBy && answer[toldBy]) || (done ?? ""));
      setTimes((before) => before + 1);
      onDone?.();
    });
  }
  function press() {
    setProblem("");
    if (askTitle) setAsking(true);
    else go();
  }
  const wrong = (
    <span role="alert" className="request-told bad">
      {problem}
    </span>
  );
  return (
    <>
      <button
        type="button"
        className={className}
        aria-busy={busy}
        aria-label={spoken || undefined}
        onClick={press}
      >
        {children}
        {busy && !askTitle ? busyLabel || label : label}
      </button>
      <span role="status" className="request-told">
        {told}
      </span>
      {askTitle ? (
        <ModalDialog open={asking} title={askTitle} onClose={() => setAsking(false)}>
          <p className="muted">{askText}</p>
          {wrong}
          <div className="actions">
            <button type="button" className="btn" onClick={() => setAsking(false)}>
              Cancel
            </button>
            <button type="button" className={askClass} aria-busy={busy} onClick={go}>
              {busy ? busyLabel || askLabel : askLabel}
            </button>
          </div>
        </ModalDialog>
      ) : (
        wrong
      )}
    </>
  );
}

// A button that opens a dialog with whatever stands in it, such as a form with a password.
export function OpenDialog({ label, title, className, children }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className={className} aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {label}
      </button>
      <ModalDialog open={open} title={title} onClose={() => setOpen(false)}>
        {/* What was typed goes with the dialog. */}
        {open ? children : null}
        <button type="button" className="btn btn-wide" onClick={() => setOpen(false)}>
          Cancel
        </button>
      </ModalDialog>
    </>
  );
}

// Draws the middle of a picture as a square; rejects what is no picture.
async function preview(file, canvas) {
  const picture = await window.createImageBitmap(file);
  const side = Math.min(picture.width, picture.height);
  const left = (picture.width - side) / 2;
  const top = (picture.height - side) / 2;
  const pen = canvas.getContext("2d");
  pen.clearRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, left, top, side, side, 0, 0, canvas.width, canvas.height);
  picture.close();
}

export function PictureField({ src, initials, label, action, accept, maxBytes, onDone, children }) {
  const { busy, problem, setProblem, run } = useRequest();
  const [file, setFile] = useState(null);
  const [told, setTold] = useState("");
  const input = useRef(null);
  const canvas = useRef(null);
  const chooser = useRef(null);
  useEffect(() => {
    if (!file) return;
    preview(file, canvas.current).catch(() => {
      forget();
      setProblem("The browser cannot read this as a picture. Choose a JPEG, PNG or WebP file.");
    });
  }, [file]);
  function forget() {
    setFile(null);
    if (input.current) input.current.value = "";
  }
  function chosen(event) {
    const [first] = event.target.files;
    setTold("");
    setProblem("");
    if (!first) return;
    if (first.size > maxBytes) {
      forget();
      setProblem(`This picture is larger than ${Math.floor(maxBytes / 2 ** 20)} MB. Choose a smaller one.`);
    } else setFile(first);
  }
  function save() {
    run({ action, method: "PUT", encoding: "file", values: { file } }, () => {
      forget();
      setTold("Picture saved");
      onDone?.();
      chooser.current?.focus();
    });
  }
  function cancel() {
    forget();
    chooser.current?.focus();
  }
  return (
    <div className="picture" role="group" aria-label={label}>
      <canvas
        ref={canvas}
        width="144"
        height="144"
        hidden={!file}
        role="img"
        aria-label="The picture you chose, not saved yet"
        className="picture-shown"
      />
      {!file && src ? <img className="picture-shown" src={src} alt={label} width="72" height="72" /> : null}
      {!file && !src ? (
        <span className="avatar picture-shown" aria-hidden="true">
          {initials}
        </span>
      ) : null}
      <div className="stack stack-2 grow">
        <input ref={input} type="file" accept={accept} hidden aria-label={label} onChange={chosen} />
        <div className="row wrap">
          {file ? (
            <>
              <button type="button" className="btn btn-soft" aria-busy={busy} onClick={save}>
                {busy ? "Saving the picture" : "Save picture"}
              </button>
              <button type="button" className="btn btn-ghost" onClick={cancel}>
                Cancel
              </button>
            </>
          ) : null}
          <button
            ref={chooser}
            type="button"
            className={file ? "btn btn-ghost" : "btn"}
            onClick={() => input.current.click()}
          >
            {src || file ? "Choose another" : "Choose a picture"}
          </button>
          {file ? null : children}
        </div>
        <span role="status" className="request-told">
          {told}
        </span>
        <span role="alert" className="request-told bad">
          {problem}
        </span>
      </div>
    </div>
  );
}
