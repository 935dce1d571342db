// The timeline as a table: the same for who cannot see it.
import { useMemo, useState } from "react";
import { clock, tableRows } from "./timeline_data.js";

function Row({ row, onHear }) {
  const part = row.part ? row.part[0].toUpperCase() + row.part.slice(1) : "";
  return (
    <tr>
      <td className="num nowrap">
        {onHear ? (
          <button type="button" className="at" aria-label={`Hear ${clock(row.start, true)}`} onClick={() => onHear(row.start)}>
            {clock(row.start, true)}
          </button>
        ) : (
          clock(row.start, true)
        )}
      </td>
      <td className="num right">{(row.end - row.start).toFixed(2)}</td>
      <td className="nowrap">{row.what}</td>
      <td>
        {row.text}
        {row.marks && <span className="small muted blk">{row.marks}</span>}
      </td>
      <td>{part}</td>
      <td className="num right">{row.pitch}</td>
      <td className="num right">{row.loudness}</td>
    </tr>
  );
}

export function TimelineTable({ data, onHear, label }) {
  const [open, setOpen] = useState(false);
  // A long answer has hundreds of rows: they are made when somebody asks for them.
  const rows = useMemo(() => (open && data ? tableRows(data) : []), [open, data]);
  return (
    <details className="fold" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        Show as table
        <svg className="i i-s" viewBox="0 0 24 24" aria-hidden="true">
          <path d="m6 9 6 6 6-6" />
        </svg>
      </summary>
      {open && (
        <div className="scroll-x tl-table" tabIndex={0} role="region" aria-label={`${label} as a table`}>
          <table className="tbl">
            <thead>
              <tr>
                <th scope="col">From</th>
                <th scope="col" className="right">Seconds</th>
                <th scope="col">What</th>
                <th scope="col">Words and their marks</th>
                <th scope="col">Story</th>
                <th scope="col" className="right">Pitch, semitones</th>
                <th scope="col" className="right">Loudness, dB</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <Row key={`${row.start}-${row.what}`} row={row} onHear={onHear} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </details>
  );
}
