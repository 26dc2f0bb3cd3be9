// What is over: when, how, where, in which words, by whom; each with its link and its whole record.

import { at, el, put, renew, show } from "./dom.js";
import { dryMark, outward, stateMark } from "./posts_marks.js";
import { filtered, historyOf, lastMoved, titleOfPost } from "./posts_order.js";

export function historyPanel({ words, config, clock }) {
  const did = ({ by, action }) => words.byWhom(by === "outbox" ? words.outbox : by, words.actions[action] ?? action);
  put(at("history-label"), words.history);
  return {
    update({ state, filter, now }) {
      const all = historyOf(state.posts, now), shown = filtered(all, filter);
      const feeds = new Map(state.feeds.map((feed) => [feed.id, feed]));
      renew(at("history"), [shown, state.feeds.map(({ title, name }) => [title, name])], () => shown.map((post) => row(post, feeds.get(post.feed))));
      put(at("history-empty"), all.length ? words.noneMatch : words.historyEmpty);
      show(at("history-empty"), !shown.length);
    },
  };

  function row(post, feed) {
    const text = el("p", "text", post.text);
    text.lang = post.lang;
    const about = [el("b", "", titleOfPost(post, words)), ` · ${feed.title}`, el("span", "aside", ` ${feed.name}`)];
    return el("li", "", el("span", "time figure-in-line", clock(lastMoved(post))), stateMark(post, words.shortStates),
      el("div", "what", el("p", "", ...about, ...(post.dry_run ? [" ", dryMark(words)] : [])), text, record(post)),
      post.remote_url ? outward(post.remote_url, words.open) : el("span", "aside", post.remote_id));
  }

  /** The whole record, the newest last; its last line is seen while it is closed. */
  function record({ id, notes, error }) {
    const last = notes.at(-1);
    const line = last ? did(last) : words.whoDid;
    const lines = notes.map((note) => el("li", "", el("span", "time", clock(note.at_ms)), ` ${did(note)}`,
      ...more(note.reason ?? note.error), ...(note.was ? [el("p", "aside", `${words.was}: ${note.was}`)] : [])));
    const whole = el("a", "", words.inAdmin);
    whole.href = `${config.admin}${id}/change/`;
    return el("details", "", el("summary", "", line), el("ol", "", ...lines), whole, ...(error && !notes.some((note) => note.error) ? [el("p", "aside", error)] : []));
  }

  function more(text) {
    return text ? [el("span", "aside", ` · ${text}`)] : [];
  }
}
