// What an act asks for before it is done, in its place: other words, a reason, an address.

import { el, put } from "./dom.js";

const PAUSE = 250; // ms: a text is measured once the typing pauses

function button(label, classes, call) {
  const made = el("button", classes, label);
  made.type = "button";
  made.addEventListener("click", call);
  return made;
}

/** One line to be filled in: `done(text)` when it is sent, `close()` when it is given up. */
export function lineForm({ label, confirm, type = "text", words }, done, close) {
  const input = el("input");
  Object.assign(input, { type, required: type !== "url", maxLength: type === "url" ? 500 : 300, autocomplete: "off" });
  const form = el("form", "asked", el("label", "", label, input), el("button", "strong", confirm), button(words.cancel, "", close));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    done(input.value);
  });
  closing(form, close);
  return { element: form, focus: () => input.focus() };
}

/** A question: `done()` on yes, `close()` when it is given up. */
export function sureForm({ label, confirm, words }, done, close) {
  const yes = button(confirm, "strong", done);
  const form = el("div", "asked", el("span", "", label), yes, button(words.cancel, "", close));
  closing(form, close);
  return { element: form, focus: () => yes.focus() };
}

/** What the words are by now, where somebody has changed them; `keep()`: one's own stand for them. */
function meanwhile({ lang }, words, keep) {
  const told = el("p", "warn"), now = el("p", "said");
  told.role = "status";
  now.lang = lang;
  const element = el("div", "meanwhile", told, now, button(words.useMine, "", keep));
  element.hidden = true;
  return {
    element,
    update(text, seen) {
      put(now, text);
      put(told, text === seen ? "" : words.changedMeanwhile);
      element.hidden = text === seen;
    },
  };
}

/** The words in a field: `save(text, approve, seen)`; `measure(text)` promises {used, most}; `update(text)`: what they are now. */
export function textForm({ post, words }, save, measure, close) {
  let seen = post.text, now = post.text; // what is saved stands for what was seen, not for what came meanwhile
  const area = el("textarea");
  Object.assign(area, { value: post.text, rows: 6, lang: post.lang, ariaLabel: words.text });
  const used = el("span", "used");
  const changed = meanwhile(post, words, () => {
    seen = now;
    changed.update(now, seen);
    area.focus();
  });
  const saving = (approve) => save(area.value, approve, seen);
  const both = button(words.saveAndApprove, "strong", () => saving(true));
  const form = el("div", "asked", area, used, changed.element, both, button(words.save, "", () => saving(false)), button(words.cancel, "", close));
  const count = async () => {
    const typed = area.value, told = await measure(typed);
    if (!told || area.value !== typed) return;
    const over = told.used - told.most;
    put(used, words.used(told.used, told.most) + (over > 0 ? ` · ${words.tooLong(over)}` : ""));
    used.classList.toggle("grave", over > 0);
  };
  let pause = 0;
  area.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(count, PAUSE);
  });
  area.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) saving(false);
  });
  closing(form, close);
  count();
  const update = (text) => changed.update((now = text), seen);
  return { element: form, focus: () => area.focus(), update };
}

function closing(form, close) {
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    close();
  });
}
