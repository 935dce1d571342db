// Asks for a number from 0 to 100. Nothing is set before somebody has moved it: a slider that
// stands in the middle would suggest the middle.
import { useId, useState } from "react";

export function RatingSlider({ label, low, high, saveLabel, skipLabel, onRate, onSkip }) {
  const id = useId();
  const [value, setValue] = useState(null);
  function send(event) {
    event.preventDefault();
    if (value !== null) onRate?.(value);
  }
  function move(event) {
    setValue(Number(event.target.value));
  }
  return (
    <form className="stack stack-3" onSubmit={send}>
      <div className="rating">
        <label htmlFor={id}>{label}</label>
        <output htmlFor={id} className="num">
          {value === null ? "-" : value}
        </output>
        <input
          id={id}
          type="range"
          min="0"
          max="100"
          step="1"
          defaultValue="50"
          data-set={value !== null}
          aria-valuetext={value === null ? "not set" : `${value} of 100`}
          onChange={move}
          onClick={move}
        />
        <span className="small muted">{low}</span>
        <span className="small muted right">{high}</span>
      </div>
      <div className="row wrap">
        <button type="submit" className="btn btn-primary" disabled={value === null}>
          {saveLabel}
        </button>
        <button type="button" className="btn btn-ghost" onClick={() => onSkip?.()}>
          {skipLabel}
        </button>
      </div>
    </form>
  );
}
