// The row above the lanes: play, jump, time, speed, zoom, keys.
import { ModalDialog } from "./dialog.jsx";
import { SPEEDS } from "./timeline_data.js";

const KEYS = [
  ["Space", "Play or pause"],
  ["← →", "The word before or after"],
  ["Shift ← →", "The mark before or after: pause, filler, repeat"],
  ["[ ]", "Slower, faster"],
  ["− +", "Less or more in view"],
  ["?", "These keys"],
];
const ICONS = {
  back: ["M17.971 4.285A2 2 0 0 1 21 6v12a2 2 0 0 1-3.029 1.715l-9.997-5.998a2 2 0 0 1-.003-3.432z", "M3 20V4"],
  forward: ["M21 4v16", "M6.029 4.285A2 2 0 0 0 3 6v12a2 2 0 0 0 3.029 1.715l9.997-5.998a2 2 0 0 0 .003-3.432z"],
  out: ["m21 21-4.34-4.34", "M8 11h6", "M3 11a8 8 0 1 0 16 0a8 8 0 1 0-16 0"],
  in: ["m21 21-4.34-4.34", "M11 8v6", "M8 11h6", "M3 11a8 8 0 1 0 16 0a8 8 0 1 0-16 0"],
  play: ["M5 5a2 2 0 0 1 3.008-1.728l11.997 6.998a2 2 0 0 1 .003 3.458l-12 7A2 2 0 0 1 5 19z"],
  pause: ["M14 4h5v16h-5z", "M5 4h5v16H5z"],
  keys: ["M9.09 9a3 3 0 0 1 5.83 1c0 2-3 3-3 3", "M12 17h.01", "M2 12a10 10 0 1 0 20 0a10 10 0 1 0-20 0"],
};

function Icon({ name }) {
  return (
    <svg className="i" viewBox="0 0 24 24" aria-hidden="true">
      {ICONS[name].map((path) => (
        <path key={path} d={path} />
      ))}
    </svg>
  );
}

function IconButton({ name, label, onClick, disabled }) {
  return (
    <button type="button" className="btn btn-ghost btn-icon" aria-label={label} title={label} onClick={onClick} disabled={disabled}>
      <Icon name={name} />
    </button>
  );
}

function KeyHelp({ open, onClose }) {
  return (
    <ModalDialog open={open} title="Keys of the timeline" onClose={onClose}>
      <dl className="keys">
        {KEYS.map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd className="kbd">{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <div className="actions">
        <button type="button" className="btn" onClick={onClose}>
          Close
        </button>
      </div>
    </ModalDialog>
  );
}

// `time` is the element whose text the player sets itself, many times a second.
export function TimelineBar({ playing, silent, speed, time, length, zoom, zooms, onPlay, onStep, onSpeed, onZoom, help, setHelp }) {
  return (
    <div className="tl-bar">
      {!silent && (
        <>
          <button
            type="button"
            className="btn btn-primary btn-icon btn-round pl"
            aria-label={playing ? "Pause" : "Play"}
            onClick={onPlay}
          >
            <Icon name={playing ? "pause" : "play"} />
          </button>
          <div className="row">
            <IconButton name="back" label="Mark before" onClick={() => onStep(false)} />
            <IconButton name="forward" label="Next mark" onClick={() => onStep(true)} />
          </div>
          <span className="tl-time num nowrap">
            <b ref={time}>0:00.0</b> <span className="muted">/ {length}</span>
          </span>
          <div className="seg seg-s tl-speeds" role="group" aria-label="Speed">
            {SPEEDS.map((one) => (
              <button key={one} type="button" aria-pressed={one === speed} onClick={() => onSpeed(one)}>
                {one}x
              </button>
            ))}
          </div>
        </>
      )}
      <div className="legend tl-legend">
        <span>
          <i className="hatch" aria-hidden="true" />
          Pause between clauses
        </span>
        <span>
          <i className="hatch hatch-in" aria-hidden="true" />
          Pause inside a clause
        </span>
      </div>
      <div className="row">
        <IconButton name="out" label="Show more time" onClick={() => onZoom(-1)} disabled={zoom === 0} />
        <IconButton name="in" label="Look closer" onClick={() => onZoom(1)} disabled={zoom === zooms - 1} />
        <IconButton name="keys" label="Keys" onClick={() => setHelp(true)} />
      </div>
      <KeyHelp open={help} onClose={() => setHelp(false)} />
    </div>
  );
}

