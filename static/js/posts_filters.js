// Which posts are shown: of which feed, in which state.

import { at, el, put, renew } from "./dom.js";

/** The filters; `onChange()` after each choice. `filter` is {feed, state}, "" for all. */
export function filterBar({ words }, onChange) {
  const feed = at("filter-feed"), state = at("filter-state");
  put(at("filter-feed-label"), words.filterFeed);
  put(at("filter-state-label"), words.filterState);
  state.append(choice("", words.allStates), ...Object.entries(words.shortStates).map(([name, said]) => choice(name, said)));
  for (const one of [feed, state]) one.addEventListener("change", onChange);
  return {
    update({ feeds }) {
      const chosen = feed.value;
      renew(feed, feeds.map(({ id, title, name }) => [id, title, name]), () => [
        choice("", words.allFeeds), ...feeds.map(({ id, title, name }) => choice(String(id), `${title} · ${name}`)),
      ]);
      if (feed.value !== chosen) feed.value = feeds.some(({ id }) => String(id) === chosen) ? chosen : "";
    },
    get filter() {
      return { feed: feed.value, state: state.value };
    },
  };
}

function choice(value, said) {
  const made = el("option", "", said);
  made.value = value;
  return made;
}
