// Plays one recording: button, waveform that seeks, time, speed. Buttons anywhere in the page can
// make it play from a second by the event "interview-coach:play".
import { useEffect, useMemo, useRef, useState } from "react";

const PLAY = "interview-coach:play";
const SPEEDS = [1, 1.25, 1.5, 2, 0.5, 0.75];
const BARS = 120;

// Seconds as m:ss.
function clock(seconds) {
  const whole = Number.isFinite(seconds) ? Math.max(0, Math.floor(seconds)) : 0;
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

// One path of upright strokes; peaks are 0 to 1, any number of them, shown as at most BARS.
function strokes(peaks) {
  const count = Math.min(BARS, peaks.length);
  const parts = [];
  for (let bar = 0; bar < count; bar += 1) {
    const from = Math.floor((bar * peaks.length) / count);
    const to = Math.max(from + 1, Math.floor(((bar + 1) * peaks.length) / count));
    const loudest = Math.max(...peaks.slice(from, to));
    const half = 0.7 + Math.min(1, Math.max(0, loudest)) * 13.3;
    const x = ((bar + 0.5) * 400) / count;
    parts.push(`M${x.toFixed(1)} ${(16 - half).toFixed(1)}V${(16 + half).toFixed(1)}`);
  }
  return parts.join("");
}

function Triangle() {
  return (
    <path d="M5 5a2 2 0 0 1 3.008-1.728l11.997 6.998a2 2 0 0 1 .003 3.458l-12 7A2 2 0 0 1 5 19z" />
  );
}

function Bars() {
  return (
    <>
      <rect x="14" y="3" width="5" height="18" rx="1" />
      <rect x="5" y="3" width="5" height="18" rx="1" />
    </>
  );
}

export function AudioPlayer({ src, label, playerId, peaks, duration, className }) {
  const sound = useRef(null);
  const [playing, setPlaying] = useState(false);
  const [at, setAt] = useState(0);
  const [length, setLength] = useState(duration || 0);
  const [speed, setSpeed] = useState(1);
  const [failed, setFailed] = useState(false);
  const drawing = useMemo(() => strokes(peaks ?? []), [peaks]);

  // A recording made in a browser may not know its own length: then the given one holds.
  function learnLength() {
    const known = sound.current.duration;
    if (Number.isFinite(known) && known > 0) setLength(known);
  }
  // The element may have loaded before this code came alive, and then tells nothing more.
  useEffect(() => {
    if (sound.current.readyState >= 1) learnLength();
    if (src && sound.current.error) setFailed(true);
  }, [src]);
  async function play(from) {
    setFailed(false);
    try {
      if (from !== undefined) sound.current.currentTime = from;
      sound.current.playbackRate = speed;
      await sound.current.play();
    } catch (error) {
      if (error?.name !== "AbortError") setFailed(true);
    }
  }
  useEffect(() => {
    function asked(event) {
      if (event.detail.player === playerId) play(event.detail.seconds);
    }
    window.addEventListener(PLAY, asked);
    return () => window.removeEventListener(PLAY, asked);
  });
  // Time runs smoothly only by frames; the audio's own event comes four times a second.
  useEffect(() => {
    if (!playing) return undefined;
    let frame = window.requestAnimationFrame(function tick() {
      setAt(sound.current?.currentTime ?? 0);
      frame = window.requestAnimationFrame(tick);
    });
    return () => window.cancelAnimationFrame(frame);
  }, [playing]);

  function seek(event) {
    const seconds = Number(event.target.value);
    sound.current.currentTime = seconds;
    setAt(seconds);
  }
  function faster() {
    const next = SPEEDS[(SPEEDS.indexOf(speed) + 1) % SPEEDS.length];
    setSpeed(next);
    sound.current.playbackRate = next;
  }
  const done = length > 0 ? Math.min(1, at / length) : 0;
  return (
    <div className={`player ${className ?? ""}`} role="group" aria-label={label}>
      <audio
        ref={sound}
        src={src || undefined}
        preload="metadata"
        onLoadedMetadata={learnLength}
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onEnded={() => setPlaying(false)}
        onTimeUpdate={() => setAt(sound.current?.currentTime ?? 0)}
        onError={() => src && setFailed(true)}
      />
      <button
        type="button"
        className="btn btn-primary btn-icon btn-round"
        aria-label={playing ? "Pause" : "Play"}
        onClick={() => (playing ? sound.current.pause() : play())}
      >
        <svg className="i" viewBox="0 0 24 24" aria-hidden="true">
          {playing ? <Bars /> : <Triangle />}
        </svg>
      </button>
      <div className="seek">
        {drawing ? (
          <svg className="wave" viewBox="0 0 400 32" preserveAspectRatio="none" aria-hidden="true">
            <path d={drawing} />
            <path className="done" d={drawing} style={{ clipPath: `inset(0 ${(1 - done) * 100}% 0 0)` }} />
          </svg>
        ) : (
          <div className="bar" aria-hidden="true">
            <i style={{ width: `${done * 100}%` }} />
          </div>
        )}
        <input
          type="range"
          min="0"
          max={length || 0}
          step="0.1"
          value={at}
          aria-label={`Position in ${label}`}
          aria-valuetext={`${clock(at)} of ${clock(length)}`}
          onChange={seek}
        />
      </div>
      <span className="num nowrap">
        {clock(at)} <span className="muted">/ {clock(length)}</span>
      </span>
      <button type="button" className="btn btn-s" aria-label={`${speed}x speed`} onClick={faster}>
        {speed}x
      </button>
      <span role="alert" className="player-told">
        {failed ? "The recording could not be played. It is kept; try again." : ""}
      </span>
    </div>
  );
}

export function PlayAt({ playerId, seconds, label }) {
  function press() {
    window.dispatchEvent(new CustomEvent(PLAY, { detail: { player: playerId, seconds } }));
  }
  return (
    <button type="button" className="at" title="Hear it" onClick={press}>
      <svg className="i i-14" viewBox="0 0 24 24" aria-hidden="true">
        <Triangle />
      </svg>
      {label}
    </button>
  );
}
