// A wall that waits to be paired: asks where it stands and shows the code, until the answer is that
// staff have confirmed it. Then the same address is the wall.

import { at, put, told } from "./dom.js";
import { keepAwake, wander } from "./kiosk.js";
import { after, EMPTY, shown, wait } from "./pairing_state.js";
import { serves } from "./version.js";
import { wordsFor } from "./words.js";

const TIMEOUT = 4_000, LOOK = 500;

const config = told("config");
const words = wordsFor(config.lang);
let state = EMPTY;

function look() {
  const { code, note } = shown(state, performance.now(), words);
  put(at("code"), code);
  put(at("note"), note);
  if (config.orbit) wander(document.documentElement, Math.floor(Date.now() / 60_000));
}

/** The server's answer, as `after` takes it; null where there is none. */
async function answer() {
  try {
    const headers = { "X-CSRFToken": config.csrf };
    const signal = AbortSignal.timeout(TIMEOUT);
    const given = await fetch(config.pairing, { method: "POST", headers, signal });
    const body = given.ok ? await given.json() : {};
    return { ...body, status: given.status, retryAfter: Number(given.headers.get("Retry-After")) };
  } catch {
    return null;
  }
}

async function ask() {
  const answered = await answer();
  state = after(state, answered, performance.now());
  look();
  // In a deploy the address may not be served: a browser's own page of an error would never ask again.
  if (state.reload && await serves(fetch, location.href)) location.reload();
  else setTimeout(ask, wait(answered));
}

put(at("label"), words.pairingCode);
put(at("confirm-label"), words.confirmAt);
put(at("where"), config.confirm);
keepAwake();
setInterval(look, LOOK);
ask();
