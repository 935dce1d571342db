// One answer under the microscope: its sound, words and marks on one line of time, with a player.
// The second that is played changes many times a second and goes straight to the canvas: nothing
// here is drawn anew by React while it plays.
import { useCallback, useEffect, useRef, useState } from "react";
import { PREFERENCES_CHANGED } from "./preferences.js";
import { NO_ANSWER, reasonOf, send } from "./send.js";
import { TimelineBar } from "./timeline_bar.jsx";
import { PLAY, SPEEDS, ZOOMS, clock, placeAt, prepare, stepFrom, tell } from "./timeline_data.js";
import { HEIGHT, LANES, drawLanes, drawNow, prepareNow } from "./timeline_drawing.js";
import { drawOverview, themeOf } from "./timeline_overview.js";
import { TimelineTable } from "./timeline_table.jsx";
import { belongsElsewhere } from "./window.jsx";

const PARTS = { situation: "S", task: "T", action: "A", result: "R" };
const LABELS = [
  ["time", "Time", ""],
  ["star", "Story", ""],
  ["sound", "Sound", "pauses, s"],
  ["words", "Words", ""],
  ["marks", "Marks", ""],
  ["pitch", "Pitch", "semitones"],
  ["loudness", "Loudness", "dB"],
];

function useTold(src, revision, playerId, duration) {
  const [data, setData] = useState(null);
  const [problem, setProblem] = useState("");
  const [tries, setTries] = useState(0);
  useEffect(() => {
    if (!src) return undefined;
    let gone = false;
    send({ action: src, method: "GET" })
      .then((got) => {
        if (gone) return;
        if (!got.ok) return setProblem(reasonOf(got));
        const ready = prepare(got.answer, duration);
        setProblem("");
        setData(ready);
        tell(playerId, { data: ready });
      })
      .catch(() => !gone && setProblem(NO_ANSWER));
    return () => {
      gone = true;
    };
  }, [src, revision, tries]);
  return { data, problem, again: () => setTries(tries + 1) };
}

// The colours, anew when the theme changes.
function useTheme(frame) {
  const theme = useRef(null);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const look = () => {
      theme.current = themeOf(frame.current);
      setTurn((before) => before + 1);
    };
    look();
    const dark = window.matchMedia("(prefers-color-scheme: dark)");
    const watcher = new MutationObserver(look);
    watcher.observe(document.documentElement, { attributes: true, attributeFilter: ["class", "style"] });
    dark.addEventListener("change", look);
    window.addEventListener(PREFERENCES_CHANGED, look);
    return () => {
      watcher.disconnect();
      dark.removeEventListener("change", look);
      window.removeEventListener(PREFERENCES_CHANGED, look);
    };
  }, []);
  return { theme, turn };
}

function Overview({ data, label, canvas, windowBox, needle, slider, onSeek }) {
  const share = (seconds) => `${((seconds / data.length) * 100).toFixed(3)}%`;
  return (
    <div className="tl-ovw">
      <div className="tl-ov">
        <canvas ref={canvas} aria-hidden="true" />
        <i ref={windowBox} className="tl-win" aria-hidden="true" />
        <i ref={needle} className="tl-needle" aria-hidden="true" />
        <input
          ref={slider}
          type="range"
          min="0"
          max={data.length.toFixed(1)}
          step="1"
          defaultValue="0"
          aria-label={`Position in ${label}`}
          aria-valuetext={`0:00 of ${clock(data.length)}`}
          onChange={(event) => onSeek(Number(event.target.value))}
        />
      </div>
      {data.story.length > 0 && (
        <div className="tl-parts">
          {data.story.map((part) => (
            <button
              key={part.start}
              type="button"
              className={`sp sp-${PARTS[part.part]}`}
              style={{ left: share(part.start), width: share(part.end - part.start) }}
              title={`${part.part}, ${clock(part.start)} to ${clock(part.end)}`}
              aria-label={`${part.part}, ${clock(part.start)} to ${clock(part.end)}`}
              onClick={() => onSeek(part.start)}
            >
              <b>{part.part[0].toUpperCase() + part.part.slice(1)}</b>
              <span className="hide-phone">{Math.round(part.end - part.start)} s</span>
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

function Labels() {
  return (
    <div className="tl-labs" aria-hidden="true">
      {LABELS.map(([lane, name, unit]) => (
        <div key={lane} style={{ top: LANES[lane][0], height: LANES[lane][1] }}>
          <b>{name}</b>
          {unit && <span>{unit}</span>}
        </div>
      ))}
    </div>
  );
}

export function Timeline({ src, audioSrc, revision, label, playerId, duration, onReady }) {
  const sound = useRef(null);
  const frame = useRef(null);
  const canvas = useRef(null);
  const top = useRef(null);
  const small = useRef(null);
  const windowBox = useRef(null);
  const needle = useRef(null);
  const slider = useRef(null);
  const time = useRef(null);
  // What changes too often for React: the second, the word, whether the view follows.
  const live = useRef({ at: 0, word: -1, follows: true, waiting: 0, from: 0, width: 0, small: 0, told: "" });
  const [playing, setPlaying] = useState(false);
  const [speed, setSpeed] = useState(1);
  const [zoom, setZoom] = useState(2);
  const [help, setHelp] = useState(false);
  const [failed, setFailed] = useState(false);
  const { data, problem, again } = useTold(src, revision, playerId, duration);
  const { theme, turn } = useTheme(frame);
  const scale = ZOOMS[zoom];

  const drawMoving = useCallback(() => {
    const now = live.current;
    if (!data || !now.width || !theme.current) return;
    drawNow(top.current, theme.current, data, { ...now, scale, now: now.at });
    needle.current.style.transform = `translateX(${(now.at / data.length) * now.small}px)`;
  }, [data, scale]);

  // The lanes, which stand still while the sound plays, and then what moves over them.
  const drawAll = useCallback(() => {
    const scroller = frame.current?.querySelector(".tl-scr");
    if (!data || !scroller || !theme.current) return;
    const now = live.current;
    now.from = scroller.scrollLeft / scale;
    now.width = scroller.clientWidth;
    drawLanes(canvas.current, theme.current, data, { from: now.from, scale });
    prepareNow(top.current);
    const share = now.width / scale / data.length;
    windowBox.current.style.left = `${(now.from / data.length) * 100}%`;
    windowBox.current.style.width = `${Math.min(1, share) * 100}%`;
    drawMoving();
  }, [data, drawMoving, scale]);

  const later = useCallback(() => {
    if (live.current.waiting) return;
    live.current.waiting = window.requestAnimationFrame(() => {
      live.current.waiting = 0;
      drawAll();
    });
  }, [drawAll]);

  // Bring a second into view; far from the edges, so that what follows is seen too.
  const reveal = useCallback(
    (seconds) => {
      const { from, width } = live.current;
      const x = (seconds - from) * scale;
      if (width && x > width * 0.04 && x < width * 0.86) return;
      const scroller = frame.current?.querySelector(".tl-scr");
      if (scroller) scroller.scrollLeft = seconds * scale - scroller.clientWidth * 0.2;
    },
    [scale],
  );

  const moved = useCallback(
    (seconds) => {
      const now = live.current;
      now.at = seconds;
      const found = data ? placeAt(data.words, seconds) : -1;
      const word = found >= 0 && seconds <= data.words[found].end + 0.15 ? found : -1;
      if (word !== now.word) {
        now.word = word;
        tell(playerId, { at: seconds, word });
      }
      const tenths = clock(seconds, true);
      if (time.current && time.current.textContent !== tenths) time.current.textContent = tenths;
      const whole = clock(seconds);
      if (slider.current && now.told !== whole) {
        now.told = whole;
        slider.current.value = String(seconds);
        slider.current.setAttribute("aria-valuetext", `${whole} of ${clock(data?.length ?? 0)}`);
      }
      if (now.follows) reveal(seconds);
      drawMoving();
    },
    [data, drawMoving, reveal],
  );

  const seek = useCallback(
    (seconds) => {
      const wanted = Math.max(0, Math.min(seconds, data?.length ?? seconds));
      live.current.follows = true;
      if (sound.current && audioSrc) sound.current.currentTime = wanted;
      moved(wanted);
    },
    [audioSrc, data, moved],
  );

  const play = useCallback(
    async (from) => {
      if (from !== undefined) seek(from);
      live.current.follows = true;
      if (!audioSrc) return;
      setFailed(false);
      try {
        await sound.current.play();
      } catch (error) {
        if (error?.name !== "AbortError") setFailed(true);
      }
    },
    [audioSrc, seek],
  );

  const toggle = () => (sound.current?.paused === false ? sound.current.pause() : play());
  const faster = (step) => {
    const next = SPEEDS[Math.max(0, Math.min(SPEEDS.length - 1, SPEEDS.indexOf(speed) + step))];
    setSpeed(next);
  };
  const closer = (step) => setZoom((before) => Math.max(0, Math.min(ZOOMS.length - 1, before + step)));

  useEffect(() => {
    if (sound.current) sound.current.playbackRate = speed;
  }, [speed, audioSrc]);

  // Quotes and words anywhere in the page ask to be heard from their second on.
  useEffect(() => {
    const asked = (event) => {
      if (event.detail.player === playerId) play(event.detail.seconds);
    };
    window.addEventListener(PLAY, asked);
    return () => window.removeEventListener(PLAY, asked);
  }, [playerId, play]);

  useEffect(() => {
    if (!playing) return undefined;
    let request = window.requestAnimationFrame(function tick() {
      moved(sound.current?.currentTime ?? 0);
      request = window.requestAnimationFrame(tick);
    });
    return () => window.cancelAnimationFrame(request);
  }, [playing, moved]);

  // First drawing, and anew at another size, theme or zoom.
  useEffect(() => {
    if (!data) return undefined;
    const fresh = () => {
      if (theme.current && small.current) drawOverview(small.current, theme.current, data);
      live.current.small = small.current?.clientWidth ?? 0;
      live.current.width = 0; // unknown at another size or zoom: where the second stands is asked anew
      reveal(live.current.at);
      drawAll();
    };
    fresh();
    const sizes = new ResizeObserver(fresh);
    sizes.observe(frame.current);
    return () => sizes.disconnect();
  }, [data, drawAll, reveal, turn]);

  // An address may name the second to begin at: `?at=12.3`.
  useEffect(() => {
    if (!data) return;
    const wanted = Number(new URLSearchParams(window.location.search).get("at"));
    if (wanted > 0) seek(wanted);
    frame.current.dataset.ready = "true";
    onReady?.();
  }, [data]);

  useEffect(() => {
    const down = (event) => {
      if (!data || belongsElsewhere(event)) return;
      const pressable = event.target?.closest?.("button, a, summary");
      const keys = {
        " ": () => toggle(),
        ArrowLeft: () => seek(stepFrom(event.shiftKey ? data.stops : data.words, live.current.at, false)),
        ArrowRight: () => seek(stepFrom(event.shiftKey ? data.stops : data.words, live.current.at, true)),
        "[": () => faster(-1),
        "]": () => faster(1),
        "-": () => closer(-1),
        "+": () => closer(1),
        "?": () => setHelp(true),
      };
      if (!keys[event.key] || (event.key === " " && pressable)) return;
      event.preventDefault();
      keys[event.key]();
    };
    window.addEventListener("keydown", down);
    return () => window.removeEventListener("keydown", down);
  });

  // A press on a word plays it, anywhere else plays from there.
  function press(event) {
    const area = top.current.getBoundingClientRect();
    const seconds = live.current.from + (event.clientX - area.left) / scale;
    const y = event.clientY - area.top;
    const word = data.words[placeAt(data.words, seconds)];
    const on = word && y >= LANES.words[0] && y < LANES.words[0] + LANES.words[1];
    if (on) play(word.start);
    else if (sound.current?.paused === false) play(seconds);
    else seek(seconds);
  }
  const free = () => {
    live.current.follows = false;
  };

  return (
    <div ref={frame} className="tl" role="group" aria-label={label}>
      <audio
        ref={sound}
        src={audioSrc || undefined}
        preload="metadata"
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onEnded={() => setPlaying(false)}
        onError={() => audioSrc && setFailed(true)}
      />
      <TimelineBar
        playing={playing}
        silent={!audioSrc}
        speed={speed}
        time={time}
        length={clock(data?.length ?? duration ?? 0, true)}
        zoom={zoom}
        zooms={ZOOMS.length}
        onPlay={toggle}
        onStep={(forward) => data && seek(stepFrom(data.stops, live.current.at, forward))}
        onSpeed={setSpeed}
        onZoom={closer}
        help={help}
        setHelp={setHelp}
      />
      <p role="alert" className="tl-told">
        {failed ? "The recording could not be played. It is kept; try again." : ""}
        {problem}
        {problem && (
          <button type="button" className="btn btn-s" onClick={again}>
            Try again
          </button>
        )}
      </p>
      {data ? (
        <>
          <Overview data={data} label={label} canvas={small} windowBox={windowBox} needle={needle} slider={slider} onSeek={seek} />
          <div className="tl-det">
            <Labels />
            <div
              className="tl-scr"
              tabIndex={0}
              role="region"
              aria-label={`${label} over time, scrolls sideways; the same as a table below`}
              onScroll={later}
              onWheel={free}
              onTouchStart={free}
              onPointerDown={free}
            >
              <div style={{ width: Math.max(1, data.length * scale) }} className="tl-wide">
                <div className="tl-stage" style={{ height: HEIGHT }} onClick={press} aria-hidden="true">
                  <canvas ref={canvas} />
                  <canvas ref={top} />
                </div>
              </div>
            </div>
          </div>
          <TimelineTable data={data} label={label} onHear={audioSrc ? play : null} />
        </>
      ) : (
        <div className="tl-wait" aria-hidden="true" />
      )}
    </div>
  );
}
