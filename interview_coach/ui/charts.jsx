// Bars and lines over days, drawn by Plotly in the colours of the page.
import { useEffect, useRef, useState } from "react";

const COLOURS = ["--accent", "--mid-solid", "--data-2", "--good-solid"];
// Told apart without colour too.
const PATTERNS = ["", "/", ".", "x"];
const LINE = "--bad-solid";

// The colours as the browser shows them now: custom properties alone stay as they are written.
function colourReader(node) {
  const probe = document.createElement("span");
  node.append(probe);
  const read = (name) => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  };
  return { read, done: () => probe.remove() };
}

function figure(labels, series, read, phone) {
  const text = read("--text-2");
  const grid = read("--line");
  const bars = series.filter((one) => !one.as_line);
  const data = series.map((one) => {
    const place = bars.indexOf(one) % COLOURS.length;
    const shared = { x: labels, y: one.values, name: one.name };
    const hovertemplate = `%{y:${one.as_line ? ",.4f" : ","}}<extra>${one.name}</extra>`;
    if (one.as_line) {
      const line = { color: read(LINE), width: 2 };
      const mode = labels.length > 60 ? "lines" : "lines+markers";
      return { ...shared, type: "scatter", mode, line, yaxis: "y2", hovertemplate };
    }
    const color = read(COLOURS[place]);
    const pattern = {
      shape: PATTERNS[place],
      fillmode: "overlay",
      fgcolor: read("--surface"),
      fgopacity: 1,
      size: 6,
      solidity: 0.25,
    };
    return { ...shared, type: "bar", marker: { color, pattern }, hovertemplate };
  });
  const line = series.find((one) => one.as_line);
  const axis = { gridcolor: grid, linecolor: grid, zeroline: false, fixedrange: true, automargin: true };
  const layout = {
    barmode: "stack",
    bargap: 0.25,
    height: 280,
    margin: { l: 8, r: 8, t: 40, b: 8 },
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    font: { family: getComputedStyle(document.body).fontFamily, size: 12, color: text },
    legend: { orientation: "h", x: 0, y: 1.02, yanchor: "bottom", itemclick: false, itemdoubleclick: false },
    hovermode: "x unified",
    hoverlabel: { bgcolor: read("--surface"), bordercolor: grid, font: { color: read("--text") } },
    xaxis: { ...axis, type: "category", nticks: phone ? 4 : 10, tickangle: 0, showgrid: false },
    yaxis: { ...axis, rangemode: "tozero", nticks: 5, tickformat: ",d" },
  };
  if (line) {
    layout.yaxis2 = {
      ...axis,
      overlaying: "y",
      side: "right",
      rangemode: "tozero",
      showgrid: false,
      nticks: 5,
      tickprefix: line.before,
    };
  }
  return { data, layout };
}

export function Plot({ labels, series, spoken }) {
  const place = useRef(null);
  const [failed, setFailed] = useState(false);
  const told = JSON.stringify([labels, series]);
  useEffect(() => {
    const node = place.current;
    let plotly = null;
    let left = false;
    function draw() {
      if (left || !plotly) return;
      const { read, done } = colourReader(document.body);
      const { data, layout } = figure(labels, series, read, node.clientWidth < 520);
      done();
      plotly.react(node, data, layout, { displayModeBar: false, responsive: true });
    }
    import("plotly.js-basic-dist-min").then(
      (loaded) => {
        plotly = loaded.default ?? loaded;
        draw();
      },
      () => setFailed(true),
    );
    const scheme = window.matchMedia("(prefers-color-scheme: dark)");
    const watcher = new MutationObserver(draw);
    watcher.observe(document.documentElement, { attributes: true, attributeFilter: ["class"] });
    scheme.addEventListener("change", draw);
    return () => {
      left = true;
      watcher.disconnect();
      scheme.removeEventListener("change", draw);
      if (plotly) plotly.purge(node);
    };
  }, [told]);
  return (
    <>
      {/* Plotly takes the whole width of what it draws in, so the room around it is another's. */}
      <div className="plot">
        <div ref={place} role="img" aria-label={spoken} />
      </div>
      {failed ? (
        <p role="status" className="small muted plot-told">
          The chart could not be loaded. The table below holds the same figures.
        </p>
      ) : null}
    </>
  );
}
