// Where the chart's plot lies in its box, and how instants and amounts become places in it. The
// same margins are given to Plotly and used by what is drawn above it.

const TOP = 0.5, BOTTOM = 1.07; // rem: hour labels above, the rail's labels below

/** The geometry of a box (px): `rem` in px, `gutter` in rem for the axis labels at the right. */
export function geometryOf({ width, height, rem, gutter, span: [from, to], top }) {
  const left = 0, upper = TOP * rem;
  const inner = width - gutter * rem, depth = height - (TOP + BOTTOM) * rem;
  return {
    width, height, rem, left, upper,
    right: left + inner,
    lower: upper + depth,
    margin: { l: left, r: gutter * rem, t: upper, b: BOTTOM * rem, pad: 0 },
    from, to, top,
    x: (at) => left + (inner * (at - from)) / (to - from),
    y: (value) => upper + depth * (1 - value / top),
  };
}

/** Whether two boxes {x, y, w, h} come closer than `gap`. */
export function near(a, b, gap = 0) {
  return a.x < b.x + b.w + gap && b.x < a.x + a.w + gap && a.y < b.y + b.h + gap && b.y < a.y + a.h + gap;
}
