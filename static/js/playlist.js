// The playlist: walls in turn, each a page of its own in a frame. Two at most are alive: the one that
// is shown, and for some seconds the next. A frame that goes takes its socket along.

import { at, put, show, told } from "./dom.js";
import { keepAwake } from "./kiosk.js";
import { moves } from "./odometer.js";
import { BEGIN, step } from "./rotation.js";
import { serves, versionKeeper } from "./version.js";
import { wordsFor } from "./words.js";

const LOOK = 500;
const ASK = 60_000, PATIENCE = 8_000; // ms: between two questions for another list or version; for an answer
const FADE = { duration: 600 };
const UNSEEN = { drawn: false, taken: false, flagged: false };

const config = told("config");
const words = wordsFor(config.lang);
const keepVersion = versionKeeper(() => serves(fetch, location.href), () => location.reload());
let state = BEGIN, front = null, back = null, failed = false, newest = versionOf(document);

/** The list of walls, and the files, whose addresses name their version. */
function versionOf(page) {
  const parts = [...page.querySelectorAll("script, link")];
  return parts.map((one) => one.src || one.href || one.textContent).join("\n");
}

/** Asks which walls there are by now, and which version the page is of. */
async function ask() {
  try {
    const answer = await fetch(location.href, { cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (answer.ok && page.getElementById("config")) newest = versionOf(page); // else it is not ours
  } catch {
    // no network: the walls say so themselves
  }
}

/** What a wall in a frame looks like; it is of our own origin, so that its page can be asked. */
function lookAt(frame) {
  const page = frame?.contentDocument, main = page?.querySelector("main.wall");
  if (!main) return UNSEEN; // still loading, no network, or not for this browser
  return {
    drawn: main.dataset.phase !== "waiting" && Boolean(page.querySelector(".plot svg")),
    taken: main.classList.contains("taken"),
    flagged: !page.querySelector("[data-at=flag]").hidden,
  };
}

const acts = {
  load() {
    back = document.createElement("iframe");
    back.className = "coming";
    back.inert = true;
    back.src = config.walls[state.coming];
    at("walls").append(back);
  },
  drop() {
    back.remove();
    [back, failed] = [null, true];
  },
  turn() {
    const left = front;
    if (left) left.className = "leaving";
    [front, back] = [back, null];
    front.inert = false;
    front.className = "";
    document.title = front.title = front.contentDocument.title;
    document.documentElement.lang = front.contentDocument.documentElement.lang;
    if (left && moves(config)) front.animate([{ opacity: 0 }, { opacity: 1 }], FADE).onfinish = () => left.remove();
    else left?.remove();
  },
};

function look() {
  const seen = { front: lookAt(front), back: lookAt(back) };
  const now = performance.now();
  const next = step(state, { count: config.walls.length, every: config.every * 1_000, at: now, ...seen });
  state = next.state;
  acts[next.act]?.();
  show(at("none"), !front && failed);
  keepVersion(newest, seen.front.taken || seen.front.flagged || seen.back.taken, now);
}

put(at("none"), words.noWall);
keepAwake();
look();
setInterval(look, LOOK);
setInterval(ask, ASK);
