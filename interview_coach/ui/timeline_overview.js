// The colours of the theme, and the whole answer drawn small.

const COLOURS = [
  "surface", "line", "line-strong", "text", "text-2", "accent", "accent-on", "accent-line", "sunken",
  "mid-solid", "mid-text", "mid-soft", "mid-line", "bad-solid", "data-1", "data-2", "data-grid",
  "wave", "hover", "star-s", "star-t", "star-a", "star-r", "star-on",
];

// The colours of the theme as a canvas takes them: custom properties alone say `light-dark(...)`.
export function themeOf(place) {
  const probe = document.createElement("i");
  place.append(probe);
  const colours = {};
  for (const name of COLOURS) {
    probe.style.color = `var(--${name})`;
    colours[name] = getComputedStyle(probe).color;
  }
  const family = getComputedStyle(place).fontFamily;
  probe.remove();
  return { ...colours, family, hatch: null, hatchInside: null };
}

// The whole answer small: its waveform with the pauses left white and a tick for each mark.
export function drawOverview(canvas, theme, data) {
  const ratio = Math.min(2, window.devicePixelRatio || 1);
  const width = canvas.clientWidth;
  const height = canvas.clientHeight;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  if (!data.length) return;
  const middle = height / 2 + 3;
  const row = data.lanes?.wave;
  context.fillStyle = theme.wave;
  context.beginPath();
  for (let x = 0; x < width; x += 4) {
    let highest = 0;
    if (row) {
      const from = Math.floor(((x / width) * data.length) / data.lanes.wave_step_seconds);
      const to = Math.ceil((((x + 4) / width) * data.length) / data.lanes.wave_step_seconds);
      for (let place = from; place < to && place < row.length; place += 1) highest = Math.max(highest, row[place]);
    }
    const tall = Math.max(0.75, (highest / 100) * (middle - 9));
    context.rect(x, middle - tall, 1.8, 2 * tall);
  }
  context.fill();
  for (const mark of data.marks) {
    if (mark.kind === "repeat") continue;
    const x = (mark.start / data.length) * width;
    context.strokeStyle = theme["mid-solid"];
    context.fillStyle = theme["mid-solid"];
    if (mark.kind === "filler") context.fillRect(x - 1, 0, 2.5, 6);
    else context.strokeRect(x - 1, 0.5, 3, 5);
  }
}
