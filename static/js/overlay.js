// What is drawn above the curves: axes' labels, rail, pins, now, names. Our own SVG, from the same
// geometry as Plotly's; renewed only where a shape has changed.

const NS = "http://www.w3.org/2000/svg";

/** Paints shapes [tag, attributes, text] into an SVG element. */
export function painter(svg) {
  let shown = "";
  return (shapes) => {
    const rounded = shapes.map(([tag, attributes, text]) => [tag, tidy(attributes), text]);
    const key = JSON.stringify(rounded);
    if (key === shown) return;
    shown = key;
    svg.replaceChildren(...rounded.map(element));
  };
}

function tidy(attributes) {
  const rounded = ([key, value]) => [key, typeof value === "number" ? Math.round(value * 10) / 10 : value];
  return Object.fromEntries(Object.entries(attributes).map(rounded));
}

function element([tag, attributes, text]) {
  const made = document.createElementNS(NS, tag);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  return made;
}

/** Measures texts as the SVG sets them: width in px of a text in a class. Figures are all alike. */
export function measurer(svg) {
  let known = new Map();
  let unit = 0;
  return (text, classes, rem) => {
    if (rem !== unit) [known, unit] = [new Map(), rem];
    const key = `${classes} ${text.replace(/[0-9]/g, "0")}`;
    if (!known.has(key)) {
      const probe = element(["text", { class: classes, visibility: "hidden" }, text]);
      svg.append(probe);
      known.set(key, probe.getComputedTextLength());
      probe.remove();
    }
    return known.get(key);
  };
}
