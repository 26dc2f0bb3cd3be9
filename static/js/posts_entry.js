// One post of the queue: its state, the preview, what may be done, and what that asks for.

import { el, put, renew, show } from "./dom.js";
import { lineForm, sureForm, textForm } from "./posts_forms.js";
import { dryMark, stateMark } from "./posts_marks.js";
import { actsOf, lastMoved, titleOfPost } from "./posts_order.js";
import { previewOf } from "./posts_preview.js";
import { waitOf } from "./posts_times.js";

const ASKING = ["edit", "withdraw", "found", "again"];

/** Makes the entry; `act(post, name, body)` promises whether it was done, `measure` a length. */
export function entryOf(page, act, measure) {
  const { words, config, fell } = page;
  const head = el("header", "about"), wait = el("span", "wait"), shown = el("div", "shown"), facts = el("dl", "facts-of");
  const asked = el("div", "answer"), acts = el("div", "acts");
  const beside = el("div", "beside", facts, acts, asked);
  const element = el("article", "entry", el("div", "line", head, wait), el("div", "content", shown, beside));
  element.tabIndex = -1;
  let post = null, said = null, form = null;

  function close() {
    form?.element.remove();
    form = null;
    show(acts, true);
    if (said) said.hidden = false;
    element.focus({ preventScroll: true });
  }

  async function send(name, body = {}) {
    if (element.ariaBusy === "true") return;
    busy(true);
    const done = await act(post, name, { seen: post.text, ...body });
    busy(false);
    if (done && form) close();
  }

  function busy(on) {
    element.ariaBusy = String(on);
    for (const button of element.querySelectorAll("button")) button.disabled = on;
  }

  function ask(name) {
    const seen = post.text;
    const forms = {
      edit: () => textForm(page.with(post), (text, approve, seen) => send(approve ? "edit-and-approve" : "edit", { seen, text }), (text) => measure(post, text), close),
      withdraw: () => lineForm({ label: words.reason, confirm: words.confirmWithdraw, words }, (reason) => send(name, { reason }), close),
      again: () => sureForm({ label: words.sureAgain, confirm: words.confirmAgain, words }, () => send(name, { seen }), close),
      found: () => lineForm({ label: words.address, confirm: words.confirmFound, type: "url", words }, (address) => send(name, { address }), close),
    };
    form = { ...forms[name](), act: name };
    if (name === "edit") said.hidden = true;
    show(acts, false);
    (name === "edit" ? said.parentElement : asked).append(form.element);
    if (name === "edit") said.after(form.element);
    form.focus();
  }

  function begin(name) {
    if (!config.may_approve || !actsOf(post).includes(name) || form) return;
    if (ASKING.includes(name)) ask(name);
    else send(name);
  }

  function update(next, feed, view) {
    const first = !post;
    post = next;
    element.ariaLabel = [titleOfPost(post, words), feed.title, feed.name, words.states[post.state]].join(", ");
    renew(head, [post.state, post.left, feed.title, feed.name, feed.dry_run, post.goal, post.kind], () => heading(feed));
    put(wait, waitOf(post, feed, view.state.stopped, view.now, page));
    if (form && !actsOf(post).includes(form.act)) close();
    form?.update?.(post.text);
    if (first || !form) {
      renew(shown, [post.text, post.link, post.alt, post.poster && lastMoved(post), feed.title, feed.name, feed.pictures], () => preview(feed));
      renew(facts, [post.used, post.lang, post.alt, post.error, feed], () => rows(feed));
      renew(acts, [...actsOf(post), config.may_approve], buttons);
    }
  }

  function heading(feed) {
    const title = el("h3", "", titleOfPost(post, words));
    const { goal } = post;
    const when = goal?.crossed_ms ? words.fellAt(fell(goal.crossed_ms)) : "";
    const notes = [when, goal?.late && words.late].filter(Boolean).join(" · ");
    return [stateMark(post, words.states), title, el("span", "aside", notes), ...(feed.dry_run ? [dryMark(words)] : [])];
  }

  function preview(feed) {
    const made = previewOf(post, feed, config);
    said = made.words;
    return [made.element];
  }

  function rows(feed) {
    const over = post.used > feed.most;
    const told = [
      [words.filterFeed, `${feed.title} · ${words.langs[post.lang] ?? post.lang}`],
      [words.characters, words.used(post.used, feed.most), over && "grave"],
      post.alt && post.poster && feed.pictures && [words.alt, post.alt],
      feed.dry_run && [words.dryRun, words.dryRunAbout],
      post.error && [words.why, post.error, "warn"],
    ].filter(Boolean);
    return told.flatMap(([name, value, mark]) => [el("dt", mark || "", name), el("dd", mark || "", value)]);
  }

  function buttons() {
    if (!config.may_approve) return [];
    return actsOf(post).map((name, index) => {
      const button = el("button", index || post.state === "unknown" ? "" : "strong", post.state === "failed" && name === "approve" ? words.tryAgain : words[name]);
      button.type = "button";
      button.dataset.act = name;
      button.addEventListener("click", () => begin(name));
      return button;
    });
  }

  return { element, update, begin };
}
