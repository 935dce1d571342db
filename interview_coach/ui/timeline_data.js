// What the timeline knows of an answer: prepared once, asked many times a second. No drawing here.

export const PLAY = "interview-coach:play"; // asks a player of the page to play from a second
export const SPEEDS = [0.5, 0.75, 1, 1.25, 1.5, 2];
export const ZOOMS = [27, 54, 108, 216]; // px a second
const LOUDEST_SHOWN_GAP = 0.35;

// Seconds as m:ss, or m:ss.d.
export function clock(seconds, tenths) {
  const known = Number.isFinite(seconds) ? Math.max(0, seconds) : 0;
  const rounded = tenths ? Math.round(known * 10) / 10 : Math.floor(known);
  const minutes = Math.floor(rounded / 60);
  const rest = rounded - minutes * 60;
  return `${minutes}:${(tenths ? rest.toFixed(1) : String(rest)).padStart(tenths ? 4 : 2, "0")}`;
}

// The place of the last item that starts at or before a second; -1 when none does.
export function placeAt(items, seconds) {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (items[middle].start <= seconds) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

// The items that touch a stretch of time; they are in order of their start.
export function within(items, from, to) {
  const found = [];
  for (let place = Math.max(0, placeAt(items, from)); place < items.length; place += 1) {
    if (items[place].start > to) break;
    if (items[place].end >= from) found.push(items[place]);
  }
  return found;
}

// Everything between two marks that one may want to jump to, in order of time.
function marksOf(told) {
  return [
    ...told.fillers.map((one) => ({
      start: one.start,
      end: one.end,
      kind: one.certain ? "filler" : "probable",
      label: one.certain ? `filler "${one.text}"` : `probable filler, ${(one.end - one.start).toFixed(2)} s`,
    })),
    ...told.repeats.map((one) => ({
      start: one.start,
      end: one.end,
      kind: "repeat",
      label: "repeat",
      text: one.text,
    })),
  ].sort((one, other) => one.start - other.start);
}

// The answer of the timeline's address, ready to be drawn. length: seconds, of the sound where it
// is known.
export function prepare(told, given) {
  const words = told.words.map((word, place) => ({ ...word, place }));
  const marks = marksOf(told);
  const last = words.length ? words[words.length - 1].end : 0;
  const stops = [...marks, ...told.pauses.map((one) => ({ ...one, kind: "pause" }))];
  return {
    words,
    marks,
    pauses: told.pauses,
    story: told.story,
    lanes: told.lanes,
    length: Math.max(told.duration_seconds ?? 0, given ?? 0, last),
    stops: stops.sort((one, other) => one.start - other.start),
  };
}

// Where a key leads from a second: the next or the last start among the items.
export function stepFrom(items, seconds, forward) {
  if (!items.length) return seconds;
  if (forward) {
    const place = placeAt(items, seconds + 0.01) + 1;
    return items[Math.min(place, items.length - 1)].start;
  }
  // Shortly after a start one wants the one before it.
  const place = placeAt(items, seconds - LOUDEST_SHOWN_GAP);
  return place < 0 ? 0 : items[place].start;
}

function mean(values) {
  return values.length ? values.reduce((sum, value) => sum + value, 0) / values.length : null;
}

// Pitch in semitones and loudness in dB of a stretch, as words for a table; a dash without.
function soundOf(lanes, start, end) {
  if (!lanes) return { pitch: "-", loudness: "-" };
  const from = Math.round(start / lanes.step_seconds);
  const to = Math.max(from + 1, Math.round(end / lanes.step_seconds));
  const pitches = (lanes.pitch ?? []).slice(from, to).filter((value) => value !== null);
  const pitch = mean(pitches);
  const loudness = mean(lanes.loudness.slice(from, to));
  const signed = (value) => `${value > 0 ? "+" : ""}${value.toFixed(1)}`;
  return {
    pitch: pitch === null ? "-" : signed(pitch / 10),
    loudness: loudness === null ? "-" : signed(loudness),
  };
}

const NAMES = { fill: "filler", repeat: "repeat", hedge: "hedge", low: "uncertain word" };

function stretchRow(words, data) {
  const start = words[0].start;
  const end = words[words.length - 1].end;
  const told = [];
  for (const word of words) {
    if (NAMES[word.mark]) told.push(`${NAMES[word.mark]} "${word.text.replace(/[.,;:!?]+$/, "")}"`);
  }
  const part = data.story[placeAt(data.story, start + 0.01)];
  return {
    start,
    end,
    what: "Words",
    text: words.map((word) => word.text).join(" "),
    marks: told.join(", "),
    part: part && part.end >= start ? part.part : "",
    ...soundOf(data.lanes, start, end),
  };
}

// The timeline as rows of a table: stretches of words, and the pauses and probable fillers between.
export function tableRows(data) {
  const between = [
    ...data.pauses.map((one) => ({
      ...one,
      what: one.inside_clause ? "Pause inside a clause" : "Pause",
    })),
    ...data.marks.filter((one) => one.kind === "probable").map((one) => ({ ...one, what: "Probable filler" })),
  ].sort((one, other) => one.start - other.start);
  const rows = between.map((one) => ({
    start: one.start,
    end: one.end,
    what: one.what,
    text: "",
    marks: "",
    part: "",
    pitch: "-",
    loudness: "-",
  }));
  let stretch = [];
  let gap = 0;
  const close = () => {
    if (stretch.length) rows.push(stretchRow(stretch, data));
    stretch = [];
  };
  for (const word of data.words) {
    const middle = (word.start + word.end) / 2;
    let passed = false;
    while (gap < between.length && (between[gap].start + between[gap].end) / 2 < middle) {
      gap += 1;
      passed = true;
    }
    if (passed) close();
    stretch.push(word);
  }
  close();
  return rows.sort((one, other) => one.start - other.start);
}

// What the parts that show one answer share: the data, and the second that is played. Several
// components stand on a page for one player, and none of them is drawn anew as time goes on.
const known = new Map();

export function shared(playerId) {
  if (!known.has(playerId)) known.set(playerId, { data: null, at: 0, listeners: new Set() });
  return known.get(playerId);
}

export function listen(playerId, listener) {
  const mine = shared(playerId);
  mine.listeners.add(listener);
  return () => {
    mine.listeners.delete(listener);
    if (!mine.listeners.size) known.delete(playerId);
  };
}

export function tell(playerId, values) {
  const mine = shared(playerId);
  Object.assign(mine, values);
  for (const listener of mine.listeners) listener(mine);
}
