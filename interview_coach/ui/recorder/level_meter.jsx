// The 32-step level meter with its word, and the waveform: drawn outside React's cycle.

import { useEffect, useRef, useState } from "react";

import { METER_STEPS, PEAKS_PER_SECOND, stepsOf } from "./audio_meter.js";
import { Verdict } from "./recorder_icons.jsx";
import { LEVELS } from "./recorder_words.js";

const HOT_STEP = 29;
const WORD_MILLISECONDS = 500;

/** Calls `draw()` once a frame while mounted. */
export function useFrames(draw) {
  const latest = useRef(draw);
  latest.current = draw;
  useEffect(() => {
    let frame = requestAnimationFrame(function next() {
      latest.current();
      frame = requestAnimationFrame(next);
    });
    return () => cancelAnimationFrame(frame);
  }, []);
}

function light(element, steps) {
  if (!element || element.dataset.steps === String(steps)) return;
  element.dataset.steps = String(steps);
  [...element.children].forEach((step, index) => {
    step.className = index >= steps ? "" : index >= HOT_STEP ? "hot" : "on";
  });
}

/** `meterOf()` gives the AudioMeter that is listening now, or null. */
export function LevelMeter({ meterOf }) {
  const steps = useRef(null);
  const [word, setWord] = useState("off");
  const [level, setLevel] = useState(-60);
  useFrames(() => {
    const meter = meterOf();
    light(steps.current, meter ? stepsOf(meter.level.rms) : 0);
  });
  const latest = useRef(meterOf);
  latest.current = meterOf;
  useEffect(() => {
    const timer = setInterval(() => {
      const meter = latest.current();
      setWord(meter ? meter.word : "off");
      setLevel(meter ? Math.round(Math.min(0, Math.max(-60, meter.level.rms))) : -60);
    }, WORD_MILLISECONDS);
    return () => clearInterval(timer);
  }, []);
  const [kind, words] = LEVELS[word];
  return (
    <div className="rec-level">
      <span className="small muted">Level</span>
      <div
        className="meter"
        ref={steps}
        role="meter"
        aria-label="Input level"
        aria-valuemin={-60}
        aria-valuemax={0}
        aria-valuenow={level}
        aria-valuetext={words}
      >
        {Array.from({ length: METER_STEPS }, (_, index) => (
          <i key={index} />
        ))}
      </div>
      <Verdict kind={kind}>{words}</Verdict>
    </div>
  );
}

const WIDTH = 1000;
const MIDDLE = 60;
const WINDOW_SECONDS = 40;
const BARS = WINDOW_SECONDS * PEAKS_PER_SECOND;
const BAR = WIDTH / BARS;
const CURSOR_BAR = Math.round(BARS * 0.893);
const NEWEST_BARS = 9 * PEAKS_PER_SECOND;
const RECENT_BARS = 25 * PEAKS_PER_SECOND;

function bars(heights, first, width = BAR) {
  return heights
    .map((height, index) => {
      const x = ((first + index + 0.5) * width).toFixed(1);
      const half = Math.max(1.7, height * 50).toFixed(1);
      return `M${x} ${MIDDLE - half}V${MIDDLE + Number(half)}`;
    })
    .join("");
}

/** The path data of a live waveform: {old, recent, newest, cursor, rest}. */
export function livePaths(peaks) {
  const shown = peaks.slice(-CURSOR_BAR);
  const newest = Math.max(0, shown.length - NEWEST_BARS);
  const recent = Math.max(0, shown.length - RECENT_BARS);
  const x = shown.length * BAR;
  // Nothing said yet: a quiet line of dots over the whole width, as calm as the room.
  if (shown.length === 0) {
    const dots = bars(new Array(BARS).fill(0), 0);
    return { old: dots, recent: "", newest: "", cursor: "", rest: "" };
  }
  return {
    old: bars(shown.slice(0, recent), 0),
    recent: bars(shown.slice(recent, newest), recent),
    newest: bars(shown.slice(newest), newest),
    cursor: `M${x} 8V112`,
    rest: `M${x + 4} ${MIDDLE}H${WIDTH}`,
  };
}

/** The path data of a whole take, squeezed to the frame: {played, rest}. */
export function wholePaths(peaks, share) {
  const count = Math.min(BARS, Math.max(peaks.length, 1));
  const size = peaks.length / count;
  const squeezed = Array.from({ length: count }, (_, index) =>
    Math.max(0, ...peaks.slice(Math.floor(index * size), Math.floor((index + 1) * size))),
  );
  const played = Math.round(share * count);
  const width = WIDTH / count;
  return {
    played: bars(squeezed.slice(0, played), 0, width),
    rest: bars(squeezed.slice(played), played, width),
  };
}

function draw(svg, paths) {
  for (const [name, data] of Object.entries(paths)) {
    const path = svg.querySelector(`[data-path="${name}"]`);
    if (path.getAttribute("d") !== data) path.setAttribute("d", data);
  }
}

/** `mode`: live, still (not recording) or whole. `peaksOf()` heights, `shareOf()` 0 to 1 played. */
export function Waveform({ mode, peaksOf, shareOf, label }) {
  const svg = useRef(null);
  const drawn = useRef("");
  useFrames(() => {
    const peaks = peaksOf();
    const share = mode === "whole" ? shareOf() : 0;
    const key = `${mode} ${peaks.length} ${share.toFixed(3)}`;
    if (!svg.current || drawn.current === key) return;
    drawn.current = key;
    draw(svg.current, mode === "whole" ? wholePaths(peaks, share) : livePaths(peaks));
  });
  return (
    <svg
      key={mode === "whole" ? "whole" : "live"}
      ref={svg}
      className={`wave rec-wave-${mode}`}
      viewBox="0 0 1000 120"
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      {(mode === "whole" ? ["played", "rest"] : ["old", "recent", "newest", "rest", "cursor"]).map(
        (name) => (
          <path key={name} data-path={name} className={`rec-path-${name}`} d="" />
        ),
      )}
    </svg>
  );
}
