// The two curves, drawn by Plotly: last year's area over the whole day, this year's to now. Plotly
// redraws when a minute is finished, not with each frame; all else is the overlay's.

import { change, fingerprint } from "./series.js";

const THIS = 1; // its trace: last year's lies under it

/** A drawer for an element: `draw({mine, other, g, gridX, gridY})`; colours from the style sheet. */
export function curveDrawer(element, Plotly, { still = true } = {}) {
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(`--${name}`).trim();
  let drawn = null;

  function traces({ mine, other, g, widths = [0.03, 0.05] }) {
    const line = (token, width) => ({ color: colour(token), width: width * g.rem, shape: "linear", simplify: true });
    const area = { type: "scatter", mode: "lines", fill: "tozeroy" };
    return [
      { ...area, ...other, hoverinfo: "skip", line: line("last-year", widths[0]), fillcolor: colour("last-year-fill") },
      { ...area, ...mine, hoverinfo: "skip", line: line("accent", widths[1]), fillcolor: colour("accent-fill") },
    ];
  }

  function layout({ g, gridX, gridY }) {
    const fixed = { fixedrange: true, autorange: false, zeroline: false, ticks: "", showticklabels: false, automargin: false };
    const grid = { gridcolor: colour("rule"), gridwidth: Math.max(1, 0.02 * g.rem), tickmode: "array", type: "linear" };
    return {
      width: g.width, height: g.height, margin: g.margin, autosize: false,
      paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)",
      showlegend: false, hovermode: false, dragmode: false, uirevision: "kept",
      font: { family: "Barlow Semi Condensed" },
      xaxis: { ...fixed, ...grid, range: [g.from, g.to], tickvals: gridX },
      yaxis: { ...fixed, ...grid, range: [0, g.top], tickvals: gridY },
    };
  }

  const config = { staticPlot: still, displayModeBar: false, responsive: false };
  const keyOf = ({ g, gridX, gridY, other }) =>
    JSON.stringify([colour("accent"), g.width, g.height, g.rem, g.from, g.to, g.top, gridX, gridY, other.y.length, fingerprint(other.y)]);

  return {
    /** Draws what has changed; returns how: "new", "react", "extend", "restyle" or "none". */
    draw(scene) {
      const key = keyOf(scene);
      const { x, y } = scene.mine; // Plotly adds to the arrays that it is given: it gets copies
      const found = drawn?.key === key ? change(drawn.mine, scene.mine) : { how: drawn ? "react" : "new" };
      if (found.how === "none") return "none";
      if (found.how === "extend") {
        Plotly.extendTraces(element, { x: [x.slice(found.from)], y: [y.slice(found.from)] }, [THIS]);
      } else if (found.how === "restyle") {
        Plotly.restyle(element, { x: [[...x]], y: [[...y]] }, [THIS]);
      } else {
        const copy = { ...scene, mine: { x: [...x], y: [...y] } };
        Plotly[drawn ? "react" : "newPlot"](element, traces(copy), layout(scene), config);
      }
      drawn = { key, mine: scene.mine };
      return found.how;
    },
  };
}
