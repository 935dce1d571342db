// Lucide icons (ISC licence) as far as the recorder needs them, and the verdict shapes.

const PATHS = {
  "arrow-right": ["M5 12h14", "m12 5 7 7-7 7"],
  check: ["M20 6 9 17l-5-5"],
  "circle-x": ["M22 12a10 10 0 1 1-20 0 10 10 0 0 1 20 0", "m15 9-6 6", "m9 9 6 6"],
  download: ["M12 15V3", "M21 15v4a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-4", "m7 10 5 5 5-5"],
  hand: [
    "M18 11V6a2 2 0 0 0-2-2a2 2 0 0 0-2 2",
    "M14 10V4a2 2 0 0 0-2-2a2 2 0 0 0-2 2v2",
    "M10 10.5V6a2 2 0 0 0-2-2a2 2 0 0 0-2 2v8",
    "M18 8a2 2 0 1 1 4 0v6a8 8 0 0 1-8 8h-2c-2.8 0-4.5-.86-5.99-2.34l-3.6-3.6a2 2 0 0 1 2.83-2.82L7 15",
  ],
  "hard-drive": [
    "M10 16h.01",
    "M2.212 11.577a2 2 0 0 0-.212.896V18a2 2 0 0 0 2 2h16a2 2 0 0 0 2-2v-5.527a2 2 0 0 0-.212-.896L18.55 5.11A2 2 0 0 0 16.76 4H7.24a2 2 0 0 0-1.79 1.11z",
    "M21.946 12.013H2.054",
    "M6 16h.01",
  ],
  keyboard: [
    "M10 8h.01M14 8h.01M18 8h.01M6 8h.01M8 12h.01M12 12h.01M16 12h.01M7 16h10",
    "M4 4h16a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2z",
  ],
  lock: [
    "M7 11V7a5 5 0 0 1 10 0v4",
    "M5 11h14a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-7a2 2 0 0 1 2-2z",
  ],
  mic: [
    "M12 19v3",
    "M19 10v2a7 7 0 0 1-14 0v-2",
    "M12 2a3 3 0 0 1 3 3v7a3 3 0 0 1-6 0V5a3 3 0 0 1 3-3z",
  ],
  "mic-off": [
    "M12 19v3",
    "M15 9.34V5a3 3 0 0 0-5.68-1.33",
    "M16.95 16.95A7 7 0 0 1 5 12v-2",
    "M18.89 13.23A7 7 0 0 0 19 12v-2",
    "m2 2 20 20",
    "M9 9v3a3 3 0 0 0 5.12 2.12",
  ],
  pause: [
    "M15 3h3a1 1 0 0 1 1 1v16a1 1 0 0 1-1 1h-3a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1z",
    "M6 3h3a1 1 0 0 1 1 1v16a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1z",
  ],
  play: ["M5 5a2 2 0 0 1 3.008-1.728l11.997 6.998a2 2 0 0 1 .003 3.458l-12 7A2 2 0 0 1 5 19z"],
  "refresh-cw": [
    "M3 12a9 9 0 0 1 9-9 9.75 9.75 0 0 1 6.74 2.74L21 8",
    "M21 3v5h-5",
    "M21 12a9 9 0 0 1-9 9 9.75 9.75 0 0 1-6.74-2.74L3 16",
    "M8 16H3v5",
  ],
  "rotate-ccw": ["M3 12a9 9 0 1 0 9-9 9.75 9.75 0 0 0-6.74 2.74L3 8", "M3 3v5h5"],
  "skip-forward": [
    "M21 4v16",
    "M6.029 4.285A2 2 0 0 0 3 6v12a2 2 0 0 0 3.029 1.715l9.997-5.998a2 2 0 0 0 .003-3.432z",
  ],
  square: ["M5 3h14a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2z"],
  upload: ["M12 3v12", "m17 8-5-5-5 5", "M21 15v4a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-4"],
  "wifi-off": [
    "M12 20h.01",
    "M8.5 16.429a5 5 0 0 1 7 0",
    "M5 12.859a10 10 0 0 1 5.17-2.69",
    "M19 12.859a10 10 0 0 0-2.007-1.523",
    "M2 8.82a15 15 0 0 1 4.177-2.643",
    "M22 8.82a15 15 0 0 0-11.288-3.764",
    "m2 2 20 20",
  ],
};

export function Icon({ name, size }) {
  return (
    <svg className={size ? `i i-${size}` : "i"} viewBox="0 0 24 24" aria-hidden="true">
      {PATHS[name].map((path) => (
        <path key={path} d={path} />
      ))}
    </svg>
  );
}

const stroke = { fill: "none", stroke: "var(--surface)", strokeWidth: 1.6, strokeLinecap: "round" };

const SHAPES = {
  "v-good": (
    <>
      <circle cx="7" cy="7" r="6.5" fill="currentColor" />
      <path d="M4.2 7.2 6.2 9.2 9.9 5.2" strokeLinejoin="round" {...stroke} />
    </>
  ),
  "v-mid": (
    <>
      <path d="M7 .2 13.8 7 7 13.8.2 7z" fill="currentColor" />
      <path d="M4.6 7h4.8" {...stroke} />
    </>
  ),
  "v-none": (
    <circle
      cx="7"
      cy="7"
      r="5.6"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeDasharray="2.2 2.2"
    />
  ),
};

/** A shape and a word: never colour alone. */
export function Verdict({ kind, children }) {
  return (
    <span className={`v ${kind} v-s`}>
      <svg viewBox="0 0 14 14" aria-hidden="true">
        {SHAPES[kind]}
      </svg>
      {children}
    </span>
  );
}
