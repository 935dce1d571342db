// The words of an answer to be read: each can be pressed and is heard; the one that is said is lit.
import { Fragment, useEffect, useRef, useState } from "react";
import { PLAY, clock, listen, placeAt, shared } from "./timeline_data.js";

const SHOWN_PAUSE_SECONDS = 0.5;
const LOOKS = { fill: "fill", repeat: "rep", hedge: "hedge", low: "low" };
const TITLES = {
  fill: "Filler",
  repeat: "Repeated or restarted",
  hedge: "Hedge",
  low: "The recogniser was not sure of this",
};
const PARTS = { situation: "S", task: "T", action: "A", result: "R" };

function hear(playerId, seconds) {
  window.dispatchEvent(new CustomEvent(PLAY, { detail: { player: playerId, seconds } }));
}

// A stretch of words for each part of the story; one without a name where there is no story.
function stretches(data) {
  const found = [];
  for (const word of data.words) {
    const at = placeAt(data.story, (word.start + word.end) / 2);
    // What comes before the first part belongs to it, so that nothing hangs loose.
    const part = data.story[Math.max(0, at)] ?? null;
    const last = found[found.length - 1];
    if (last && last.part === part) last.words.push(word);
    else found.push({ part, words: [word] });
  }
  return found;
}

function Word({ word }) {
  const look = LOOKS[word.mark];
  const bare = look ? word.text.replace(/[.,;:!?]+$/, "") : word.text;
  return (
    <>
      <span className="w" data-word={word.place} title={TITLES[word.mark]}>
        {look ? <span className={look}>{bare}</span> : bare}
      </span>
      {word.text.slice(bare.length)}{" "}
    </>
  );
}

function Between({ one }) {
  if (one.kind === "probable") {
    return (
      <>
        <span className="fill-p" title="Heard in the sound, not in the words: probably a filler">
          probable um
        </span>{" "}
      </>
    );
  }
  return (
    <>
      <span className="pz" title={one.inside_clause ? "Pause inside a clause" : "Pause"}>
        {(one.end - one.start).toFixed(1)} s
      </span>{" "}
    </>
  );
}

// The longer pauses and the probable fillers, each after the word it follows.
function betweenWords(data) {
  const after = new Map();
  for (const one of data.stops) {
    const shown = one.kind === "pause" ? one.end - one.start >= SHOWN_PAUSE_SECONDS : one.kind === "probable";
    if (!shown) continue;
    const middle = (one.start + one.end) / 2;
    let place = placeAt(data.words, middle);
    // A recogniser lets a word last over the pause that follows it.
    if (place >= 0 && data.words[place].end > middle && data.words[place].start > one.start) place -= 1;
    after.set(place, [...(after.get(place) ?? []), one]);
  }
  return after;
}

function WordParts({ data, playerId, audible }) {
  const between = betweenWords(data);
  return stretches(data).map(({ part, words }, number) => (
    <div key={words[0].place} className={part ? "tp" : ""}>
      {part && (
        <div className="tl-part">
          <i className={`sw sw-${PARTS[part.part]}`} aria-hidden="true" />
          <div>
            <b>{part.part[0].toUpperCase() + part.part.slice(1)}</b>
            {audible ? (
              <button
                type="button"
                className="at"
                aria-label={`Hear ${part.part} from ${clock(part.start)}`}
                onClick={() => hear(playerId, part.start)}
              >
                {clock(part.start)}
              </button>
            ) : (
              <span className="small muted num">{clock(part.start)}</span>
            )}
          </div>
        </div>
      )}
      <p className="tx">
        {number === 0 && between.get(-1)?.map((one) => <Between key={one.start} one={one} />)}
        {words.map((word) => (
          <Fragment key={word.place}>
            <Word word={word} />
            {between.get(word.place)?.map((one) => (
              <Between key={one.start} one={one} />
            ))}
          </Fragment>
        ))}
      </p>
    </div>
  ));
}

export function TimelineWords({ playerId, audible, className }) {
  const box = useRef(null);
  const [data, setData] = useState(null);
  useEffect(() => {
    let lit = null;
    const follow = (told) => {
      setData(told.data);
      lit?.classList.remove("now");
      lit = told.word >= 0 ? box.current?.querySelector(`[data-word="${told.word}"]`) : null;
      lit?.classList.add("now");
    };
    follow(shared(playerId));
    return listen(playerId, follow);
  }, [playerId]);
  // What a press does here the arrow keys do too, and the buttons with a time beside each part.
  function press(event) {
    const place = event.target.closest?.("[data-word]")?.dataset.word;
    if (place !== undefined && audible) hear(playerId, data.words[Number(place)].start);
  }
  return (
    <div ref={box} className={`tl-words ${audible ? "can-hear" : ""} ${className ?? ""}`} onClick={press}>
      {data && <WordParts data={data} playerId={playerId} audible={audible} />}
    </div>
  );
}

// Where a word stands in a text that may have been changed since: of all its places the one nearest
// to where it stood.
function findWord(text, word, expected) {
  let best = -1;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (best < 0 || Math.abs(at - expected) < Math.abs(best - expected)) best = at;
  }
  return best;
}

export function UncertainWords({ playerId, fieldId }) {
  const [data, setData] = useState(null);
  useEffect(() => {
    const follow = (told) => setData(told.data);
    follow(shared(playerId));
    return listen(playerId, follow);
  }, [playerId]);
  const words = (data?.words ?? []).filter((word) => word.mark === "low");
  if (!words.length) return null;
  function press(word) {
    hear(playerId, word.start);
    const field = document.getElementById(fieldId);
    const bare = word.text.replace(/[.,;:!?]+$/, "");
    const before = data.words.slice(0, word.place).reduce((sum, one) => sum + one.text.length + 1, 0);
    const at = field ? findWord(field.value, bare, before) : -1;
    if (at < 0) return;
    field.focus();
    field.setSelectionRange(at, at + bare.length);
  }
  return (
    <div className="row wrap" role="group" aria-label="Uncertain words">
      <span className="small muted">Not sure of {words.length === 1 ? "one word" : `${words.length} words`}:</span>
      {words.map((word) => (
        <button
          key={word.place}
          type="button"
          className="btn btn-s"
          title={`Hear it at ${clock(word.start)} and mark it in the text`}
          onClick={() => press(word)}
        >
          <span className="low">{word.text}</span>
        </button>
      ))}
    </div>
  );
}
