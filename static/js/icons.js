// The states' icons. Shape tells them apart, never colour alone: ring, triangle, octagon, tick.

const NS = "http://www.w3.org/2000/svg";

const SHAPES = {
  normal: [["circle", { cx: 12, cy: 12, r: 9.5, class: "line" }], ["path", { d: "M7.5 12.5l3 3 6-6.5", class: "line" }]],
  waiting: [["circle", { cx: 12, cy: 12, r: 9.5, class: "line" }], ["path", { d: "M12 6.5v6l4 2.5", class: "line" }]],
  going: [["path", { d: "M3 12h15M12 5.5L18.5 12L12 18.5", class: "line" }]],
  none: [["circle", { cx: 12, cy: 12, r: 9.5, class: "line" }], ["path", { d: "M7.5 12h9", class: "line" }]],
  tick: [["path", { d: "M4 12.5l5.5 5.5L20 6.5", class: "line" }]],
  warning: [["path", { d: "M12 2.5L23 21.5H1Z", class: "fill" }], ["path", { d: "M12 9v6M12 17v2.2", class: "cut-out" }]],
  critical: [["path", { d: "M7.5 1.5h9l6 6v9l-6 6h-9l-6-6v-9Z", class: "fill" }], ["path", { d: "M12 6v7.5M12 16v2.4", class: "cut-out" }]],
};

/** An icon of a state, in the colour of the text around it. */
export function icon(name, classes = "icon") {
  const svg = document.createElementNS(NS, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `${classes} icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  for (const [tag, attributes] of SHAPES[name]) {
    const shape = document.createElementNS(NS, tag);
    for (const [key, value] of Object.entries(attributes)) shape.setAttribute(key, value);
    svg.append(shape);
  }
  return svg;
}
