// A dialog on the browser's own <dialog>: it keeps the focus inside, closes by Esc, and the page
// behind it cannot be reached.
import { useEffect, useId, useRef } from "react";

export function ModalDialog({ open, title, onClose, className, children }) {
  const box = useRef(null);
  const id = useId();

  useEffect(() => {
    const dialog = box.current;
    if (open && !dialog.open) dialog.showModal();
    if (!open && dialog.open) dialog.close();
  }, [open]);

  // The dialog asks to be closed; the state that opened it decides, so both stay the same.
  function ask(event) {
    event.preventDefault();
    onClose?.();
  }
  function outside(event) {
    if (event.target === box.current) onClose?.();
  }
  return (
    <dialog ref={box} className="modal" aria-labelledby={id} onCancel={ask} onClick={outside}>
      <div className={`dialog ${className ?? ""}`}>
        <h2 id={id}>{title}</h2>
        {children}
      </div>
    </dialog>
  );
}
