// How a post's state looks: an icon, a word, and amber or red only where a person has to act.

import { el } from "./dom.js";
import { icon } from "./icons.js";

const ICONS = {
  proposed: "waiting", approved: "tick", sending: "going", sent: "normal",
  unknown: "warning", failed: "critical", expired: "none", withdrawn: "none",
};

/** The icon and the word of a state. */
export function stateMark({ state, left }, names) {
  const alarm = left ? "" : { unknown: " warn", failed: " grave" }[state] ?? "";
  return el("b", `state-mark${alarm}`, icon(ICONS[state]), ` ${names[state]}`);
}

/** Marks a feed that sends nothing. */
export function dryMark(words) {
  return el("b", "plate", words.dryRun);
}

/** A link that leads out, only to an address of the web; its text else. */
export function outward(address, text) {
  if (!/^https?:\/\//i.test(address)) return el("span", "", text);
  const link = el("a", "", text);
  link.href = address;
  link.target = "_blank";
  link.rel = "noopener noreferrer";
  return link;
}
