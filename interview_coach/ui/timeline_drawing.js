// Draws the lanes of an answer on a canvas: only what is seen, at most once a frame.
import { clock, within } from "./timeline_data.js";

export const HEIGHT = 366;
export const LANES = {
  time: [0, 22],
  star: [26, 22],
  sound: [56, 100],
  words: [160, 34],
  marks: [196, 34],
  pitch: [236, 62],
  loudness: [308, 50],
};
const EDGES = [22, 53, 158, 193, 230, 303];
const BAR = 3;
const PARTS = { situation: "star-s", task: "star-t", action: "star-a", result: "star-r" };
// Stripes in two directions, so that the two kinds of pause differ without their colour.
function hatched(context, colour, falling) {
  const tile = document.createElement("canvas");
  tile.width = 8;
  tile.height = 8;
  const pen = tile.getContext("2d");
  pen.strokeStyle = colour;
  pen.lineWidth = 1;
  pen.beginPath();
  for (const shift of [-8, 0, 8]) {
    pen.moveTo(shift, falling ? 0 : 8);
    pen.lineTo(shift + 8, falling ? 8 : 0);
  }
  pen.stroke();
  return context.createPattern(tile, "repeat");
}

function box(context, x, y, width, height, radius) {
  context.beginPath();
  context.roundRect(x, y, Math.max(1, width), height, radius);
}

const widths = new Map();

function widthOf(context, text) {
  const key = `${context.font}|${text}`;
  if (!widths.has(key)) {
    if (widths.size > 5000) widths.clear();
    widths.set(key, context.measureText(text).width);
  }
  return widths.get(key);
}

function grid(view) {
  const { context, theme, from, to, scale, width } = view;
  const step = scale >= 80 ? 1 : scale >= 40 ? 2 : 5;
  context.font = `11px ${theme.family}`;
  context.lineWidth = 1;
  context.textAlign = "left";
  for (let second = Math.floor(from / step) * step; second <= to; second += step) {
    const x = Math.round(view.x(second)) + 0.5;
    context.strokeStyle = theme["data-grid"];
    context.beginPath();
    context.moveTo(x, 18);
    context.lineTo(x, HEIGHT);
    context.stroke();
    context.fillStyle = theme["text-2"];
    context.fillText(clock(second), x + 4, 12);
  }
  context.strokeStyle = theme.line;
  context.beginPath();
  for (const edge of EDGES) {
    context.moveTo(0, edge + 0.5);
    context.lineTo(width, edge + 0.5);
  }
  context.stroke();
}

function story(view, data) {
  const { context, theme } = view;
  context.font = `600 11px ${theme.family}`;
  for (const part of within(data.story, view.from, view.to)) {
    const left = Math.max(-4, view.x(part.start) + 1);
    const right = Math.min(view.width + 4, view.x(part.end) - 1);
    context.fillStyle = theme[PARTS[part.part]];
    box(context, left, LANES.star[0], right - left, LANES.star[1], 4);
    context.fill();
    const name = part.part[0].toUpperCase() + part.part.slice(1);
    const at = Math.max(left, 0) + 9;
    if (at + widthOf(context, name) + 4 < right) {
      context.fillStyle = theme["star-on"];
      context.fillText(name, at, LANES.star[0] + 15);
    }
  }
}

function pauses(view, data) {
  const { context, theme, scale } = view;
  theme.hatch ??= hatched(context, theme["line-strong"], false);
  theme.hatchInside ??= hatched(context, theme["mid-solid"], true);
  const [top] = LANES.sound;
  for (const pause of within(data.pauses, view.from, view.to)) {
    const left = view.x(pause.start);
    const width = view.x(pause.end) - left;
    context.globalAlpha = pause.inside_clause ? 0.38 : 0.6;
    context.fillStyle = pause.inside_clause ? theme.hatchInside : theme.hatch;
    context.fillRect(left, top, width, 136);
    context.globalAlpha = 1;
    if (scale < 50) continue;
    context.strokeStyle = pause.inside_clause ? theme["mid-solid"] : theme["data-2"];
    context.beginPath();
    context.moveTo(left + 0.5, top + 16);
    context.lineTo(left + 0.5, top + 26);
    context.moveTo(left + width - 0.5, top + 16);
    context.lineTo(left + width - 0.5, top + 26);
    context.moveTo(left, top + 21.5);
    context.lineTo(left + width, top + 21.5);
    context.stroke();
    context.font = `${pause.inside_clause ? "600 " : ""}11px ${theme.family}`;
    const text = (pause.end - pause.start).toFixed(2);
    const room = widthOf(context, text) + 6;
    context.fillStyle = theme.surface;
    context.fillRect(left + width / 2 - room / 2, top + 1, room, 13);
    context.fillStyle = pause.inside_clause ? theme["mid-text"] : theme["text-2"];
    context.textAlign = "center";
    context.fillText(text, left + width / 2, top + 12);
    context.textAlign = "left";
  }
}

// The upright bars of the sound between two seconds.
function bars(view, lanes, from, to, colour) {
  const { context, scale } = view;
  const [top, height] = LANES.sound;
  const middle = top + 30 + (height - 30) / 2;
  const half = (height - 34) / 2;
  const step = lanes.wave_step_seconds;
  const seconds = BAR / scale;
  const last = Math.ceil(to / seconds);
  context.fillStyle = colour;
  context.beginPath();
  for (let bar = Math.max(0, Math.floor(from / seconds)); bar < last; bar += 1) {
    const start = Math.floor((bar * seconds) / step);
    const end = Math.max(start + 1, Math.floor(((bar + 1) * seconds) / step));
    if (start >= lanes.wave.length) break;
    let highest = 0;
    for (let place = start; place < end && place < lanes.wave.length; place += 1) {
      if (lanes.wave[place] > highest) highest = lanes.wave[place];
    }
    const tall = Math.max(0.75, (highest / 100) * half);
    context.rect(view.x(bar * seconds), middle - tall, 1.6, 2 * tall);
  }
  context.fill();
}

function wave(view, data) {
  const { context, theme } = view;
  if (data.lanes) return bars(view, data.lanes, view.from, view.to, theme.wave);
  context.fillStyle = theme["text-2"];
  context.font = `12px ${theme.family}`;
  return context.fillText("not drawn", 12, LANES.sound[0] + 66);
}

function wordBox(view, word, current) {
  const { context, theme, scale } = view;
  const [top, height] = LANES.words;
  const middle = top + height / 2;
  const left = view.x(word.start);
  const room = view.x(word.end) - left - 2;
  const filler = word.mark === "fill";
  context.fillStyle = current ? theme.accent : filler ? theme["mid-soft"] : theme.hover;
  box(context, left + 1, top + 6, room, height - 12, 4);
  context.fill();
  if (filler && !current) {
    context.strokeStyle = theme["mid-line"];
    context.stroke();
  }
  if (scale < 50) return;
  context.font = `12px ${theme.family}`;
  const wide = widthOf(context, word.text);
  if (wide * 0.72 > room - 2) return;
  const at = left + 1 + Math.max(1, (room - Math.min(wide, room - 2)) / 2);
  context.fillStyle = current ? theme["accent-on"] : filler ? theme["mid-text"] : theme.text;
  if (word.mark === "repeat" && !current) context.fillStyle = theme["text-2"];
  context.fillText(word.text, at, middle + 4, room - 2);
  if (!current) underline(view, word.mark, at, Math.min(wide, room - 2), middle);
}

// One form a mark: strike for a repeat, line for a hedge, dots for an uncertain word.
function underline(view, mark, left, width, middle) {
  const { context, theme } = view;
  if (mark !== "repeat" && mark !== "hedge" && mark !== "low") return;
  const y = mark === "repeat" ? middle + 0.5 : middle + 8.5;
  context.strokeStyle = mark === "hedge" ? theme["bad-solid"] : theme["text-2"];
  context.lineWidth = mark === "hedge" ? 2 : 1;
  context.setLineDash(mark === "low" ? [1.5, 2.5] : []);
  context.beginPath();
  context.moveTo(left, y);
  context.lineTo(left + width, y);
  context.stroke();
  context.setLineDash([]);
  context.lineWidth = 1;
}

function marks(view, data) {
  const { context, theme, scale } = view;
  const [top, height] = LANES.marks;
  context.font = `600 11px ${theme.family}`;
  let free = -Infinity;
  for (const mark of within(data.marks, view.from - 3, view.to)) {
    const left = view.x(mark.start);
    const width = view.x(mark.end) - left;
    const probable = mark.kind === "probable";
    if (probable) {
      context.strokeStyle = theme["mid-solid"];
      context.setLineDash([3, 2]);
      box(context, left, LANES.sound[0] + 28, width, LANES.sound[1] - 28 + 34, 4);
      context.stroke();
      context.setLineDash([]);
    }
    const label = scale < 50 ? "" : mark.label;
    const room = label ? widthOf(context, label) + 14 : 10;
    const start = Math.max(left + width / 2 - room / 2, 2 - room);
    context.strokeStyle = mark.kind === "repeat" ? theme["text-2"] : theme["mid-solid"];
    context.beginPath();
    context.moveTo(left + width / 2, LANES.words[0] + 30);
    context.lineTo(left + width / 2, top + 6);
    context.stroke();
    if (start < free) continue; // what stands close is told in the table and under the pointer
    free = start + room + 3;
    if (mark.kind !== "repeat") {
      context.setLineDash(probable ? [3, 2] : []);
      box(context, start, top + 6, room, height - 12, 5);
      context.fillStyle = probable ? theme.surface : theme["mid-soft"];
      context.fill();
      context.stroke();
      context.setLineDash([]);
    }
    if (!label) continue;
    context.fillStyle = mark.kind === "repeat" ? theme.text : theme["mid-text"];
    context.fillText(label, start + 7, top + height / 2 + 4);
  }
}

function pitch(view, data) {
  const { context, theme } = view;
  const [top, height] = LANES.pitch;
  const middle = top + height / 2;
  context.fillStyle = theme.sunken;
  context.fillRect(0, middle - 9, view.width, 18);
  const row = data.lanes?.pitch;
  if (!row) return;
  const step = data.lanes.step_seconds;
  const tall = height / 2 / 80; // eight semitones up and down
  context.strokeStyle = theme["data-1"];
  context.lineWidth = 1.6;
  context.beginPath();
  let drawing = false;
  const last = Math.min(row.length - 1, Math.ceil(view.to / step));
  for (let place = Math.max(0, Math.floor(view.from / step)); place <= last; place += 1) {
    if (row[place] === null) {
      drawing = false;
      continue;
    }
    const x = view.x((place + 0.5) * step);
    const y = middle - Math.max(-80, Math.min(80, row[place])) * tall;
    if (drawing) context.lineTo(x, y);
    else context.moveTo(x, y);
    drawing = true;
  }
  context.stroke();
  context.lineWidth = 1;
}

function loudness(view, data) {
  const { context, theme } = view;
  const [top, height] = LANES.loudness;
  const row = data.lanes?.loudness;
  if (!row) return;
  const step = data.lanes.step_seconds;
  const first = Math.max(0, Math.floor(view.from / step));
  const last = Math.min(row.length - 1, Math.ceil(view.to / step));
  if (last <= first) return;
  const bottom = top + height;
  // From 40 dB under the answer's own loud speech to 5 dB above it.
  const y = (value) => bottom - Math.max(0, Math.min(1, (value + 40) / 45)) * height;
  context.beginPath();
  context.moveTo(view.x((first + 0.5) * step), y(row[first]));
  for (let place = first + 1; place <= last; place += 1) context.lineTo(view.x((place + 0.5) * step), y(row[place]));
  context.strokeStyle = theme.wave;
  context.stroke();
  context.lineTo(view.x((last + 0.5) * step), bottom);
  context.lineTo(view.x((first + 0.5) * step), bottom);
  context.fillStyle = theme.wave;
  context.globalAlpha = 0.22;
  context.fill();
  context.globalAlpha = 1;
}

function playhead(view, now) {
  const { context, theme } = view;
  const x = Math.round(view.x(now)) + 0.5;
  if (x < -30 || x > view.width + 30) return;
  context.strokeStyle = theme.text;
  context.lineWidth = 1.5;
  context.beginPath();
  context.moveTo(x, 18);
  context.lineTo(x, HEIGHT - 6);
  context.stroke();
  context.lineWidth = 1;
  const text = clock(now, true);
  context.font = `600 11px ${theme.family}`;
  const room = widthOf(context, text) + 12;
  const left = Math.max(0, Math.min(view.width - room, x - room / 2));
  context.fillStyle = theme.text;
  box(context, left, 0, room, 18, 5);
  context.fill();
  context.fillStyle = theme.surface;
  context.fillText(text, left + 6, 13);
}

// A canvas made ready: its pixels fit the screen, and it is empty.
function pen(canvas, from, scale, theme) {
  const ratio = Math.min(2, window.devicePixelRatio || 1);
  const width = canvas.clientWidth;
  if (canvas.width !== Math.round(width * ratio) || canvas.height !== HEIGHT * ratio) {
    canvas.width = Math.round(width * ratio);
    canvas.height = HEIGHT * ratio;
  }
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, HEIGHT);
  context.textAlign = "left";
  return { context, theme, from, to: from + width / scale, scale, width, x: (at) => (at - from) * scale };
}

// Draw what is seen from the second `from` on, at `scale` px a second.
export function drawLanes(canvas, theme, data, { from, scale }) {
  const view = pen(canvas, from, scale, theme);
  grid(view);
  story(view, data);
  pauses(view, data);
  wave(view, data);
  for (const word of within(data.words, view.from, view.to)) wordBox(view, word, false);
  pitch(view, data);
  loudness(view, data);
  marks(view, data);
}

// Draw what moves, over the lanes: what was played, the word that is said, the playhead. `width`
// is known, so that nothing is asked of the page many times a second.
export function drawNow(canvas, theme, data, { from, scale, width, now, word }) {
  const context = canvas.getContext("2d");
  context.clearRect(0, 0, width, HEIGHT);
  const view = { context, theme, from, to: from + width / scale, scale, width, x: (at) => (at - from) * scale };
  if (data.lanes && now > from) bars(view, data.lanes, from, Math.min(now, view.to), theme["data-1"]);
  if (word >= 0) wordBox(view, data.words[word], true);
  playhead(view, now);
}

// Make the canvas of `drawNow` ready; once, and at another size.
export function prepareNow(canvas) {
  pen(canvas, 0, 1, null);
}
