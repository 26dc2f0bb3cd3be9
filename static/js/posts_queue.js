// The queue: an entry a post, in order; the one that has the focus keeps it while others come and go.

import { at, put, show } from "./dom.js";
import { entryOf } from "./posts_entry.js";
import { moved } from "./posts_keys.js";
import { filtered, queueOf, toDecide } from "./posts_order.js";

export function queuePanel(page, act, measure) {
  const { words } = page;
  const list = at("queue"), entries = new Map();
  let order = [];
  put(at("queue-label"), words.queue);

  const holder = () => document.activeElement?.closest?.(".entry");
  const place = () => order.findIndex((id) => entries.get(id)?.element === holder());

  function focus(index) {
    const entry = entries.get(order[Math.min(index, order.length - 1)]);
    if (!entry) return;
    entry.element.focus({ preventScroll: true });
    entry.element.scrollIntoView({ block: "nearest" });
  }

  /** After an act the next post has the focus, where this one stood. */
  async function actAt(post, name, body) {
    const index = order.indexOf(post.id);
    const done = await act(post, name, body);
    if (done) focus(index);
    return done;
  }

  function update(view) {
    const { state } = view;
    const waiting = queueOf(state.posts, view.now), shown = filtered(waiting, view.filter);
    const feeds = new Map(state.feeds.map((feed) => [feed.id, feed]));
    const before = place();
    drop(new Set(shown.map(({ id }) => id)));
    for (const post of shown) {
      if (!entries.has(post.id)) entries.set(post.id, entryOf(page, actAt, measure));
      entries.get(post.id).update(post, feeds.get(post.feed), view);
    }
    arrange(shown.map(({ id }) => id));
    if (before >= 0 && !holder()) focus(before);
    put(at("to-decide"), words.toDecide(toDecide(state.posts, view.now)));
    put(at("queue-empty"), waiting.length ? words.noneMatch : words.queueEmpty);
    show(at("queue-empty"), !shown.length);
  }

  function drop(kept) {
    for (const [id, { element }] of entries) {
      if (kept.has(id)) continue;
      element.remove();
      entries.delete(id);
    }
  }

  /** Moves what is out of place alone: whatever is moved loses the focus. */
  function arrange(ids) {
    const held = document.activeElement;
    ids.forEach((id, index) => {
      const { element } = entries.get(id);
      if (list.children[index] !== element) list.insertBefore(element, list.children[index] ?? null);
      element.tabIndex = index ? -1 : 0;
    });
    if (held?.isConnected && held !== document.activeElement) held.focus({ preventScroll: true });
    order = ids;
  }

  return {
    update,
    move: (by) => order.length && focus(moved(place(), by, order.length)),
    /** Begins an act on the post that has the focus; where none has, the first one gets it, and nothing is done. */
    begin: (name) => (place() < 0 ? focus(0) : entries.get(order[place()]).begin(name)),
  };
}
