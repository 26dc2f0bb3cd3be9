// Notices on the page, and, if asked for, as the browser's own: each of those once, whatever number of
// tabs are open. A browser is never asked for its permission but by the button.

import { at, el, put, show } from "./dom.js";
import { icon } from "./icons.js";
import { read, write } from "./keepsake.js";
import { noticesOf, onlyNew } from "./notices.js";

const MOST = 4, LASTS = 60_000, REMEMBERED = 300;
const TOLD = "gmv-told";

/** Those of `notices` that no tab of this browser has told; from then on they are. */
export function unclaimed(notices, open, slug) {
  const told = read(open, `${TOLD}-${slug}`) ?? [];
  const fresh = notices.filter(({ id }) => !told.includes(id));
  write(open, `${TOLD}-${slug}`, () => [...told, ...fresh.map(({ id }) => id)].slice(-REMEMBERED));
  return fresh;
}

/** Tells of each state what is new in it; `words` are those of the posts, `onPage` says what the page shows. */
export function noticePanel({ words, slug, title, onPage = () => true }) {
  const fresh = onlyNew();
  const storage = () => localStorage;
  const own = globalThis.Notification;
  askWith(at("notify"), own, words);
  return {
    update(state) {
      const news = fresh(noticesOf(state, words));
      for (const notice of news.filter(onPage)) shown(notice);
      if (news.length && own?.permission === "granted") alone(() => tell(unclaimed(news, storage, slug)));
    },
  };

  function shown({ text, grave }) {
    const close = el("button", "plain", words.dismiss);
    const line = el("li", grave ? "grave" : "", ...(grave ? [icon("critical")] : []), el("span", "", text), close);
    close.type = "button";
    close.addEventListener("click", () => line.remove());
    setTimeout(() => line.remove(), LASTS);
    at("notices").prepend(line);
    while (at("notices").children.length > MOST) at("notices").lastChild.remove();
  }

  function tell(some) {
    for (const { id, text } of some) {
      try {
        new own(title, { body: text, tag: `${slug}:${id}`, lang: words.lang });
      } catch {
        // a phone's browser shows them by a service worker alone: the page's own line is there
      }
    }
  }
}

/** One tab at a time, where the browser can keep order between them. */
const alone = (call) => (navigator.locks ? navigator.locks.request(TOLD, call) : call());

/** The button that asks for the permission; there is none where the browser has no notifications. */
function askWith(button, own, words) {
  if (!own) return;
  const label = () => {
    const said = { granted: words.notifyOn, denied: words.notifyBlocked }[own.permission];
    put(button, said ?? words.notify);
    button.disabled = Boolean(said);
  };
  button.addEventListener("click", () => own.requestPermission().then(label));
  label();
  show(button, true);
}
