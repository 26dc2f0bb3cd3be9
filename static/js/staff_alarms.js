// What operators are told of stands on the staff page too, under the alarm of the figures: it is asked
// for on its own, so that it is told where there are no figures at all.

import { at, el, renew, show } from "./dom.js";
import { icon } from "./icons.js";

const EVERY = 5_000, PATIENCE = 4_000;

/** The alarms that stand, or null where that cannot be known just now. */
export async function standing(get, url) {
  try {
    const answer = await get(url, { cache: "no-store", redirect: "error", signal: AbortSignal.timeout(PATIENCE) });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

/** Asks now and every 5 s; what was told last stays while nobody answers. */
export function watchAlarms({ alarms, lang }) {
  const url = `${alarms}?lang=${lang}`;
  const look = async () => {
    const found = await standing((...given) => fetch(...given), url);
    if (found) tell(found);
  };
  look();
  setInterval(look, EVERY);
}

function tell(found) {
  const box = at("operator-alarms");
  show(box, found.length > 0);
  renew(box, found, () => found.map(({ text }) => el("p", "", icon("warning"), text)));
}
