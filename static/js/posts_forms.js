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
  Object.assign(input, { type, required: true, maxLength: type === "url" ? 500 : 300, autocomplete: "off" });
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

/** The words in a field: `save(text, approve)`; `measure(text)` promises {used, most}. */
export function textForm({ post, words }, save, measure, close) {
  const area = el("textarea");
  Object.assign(area, { value: post.text, rows: 6, lang: post.lang, ariaLabel: words.text });
  const used = el("span", "used");
  const both = button(words.saveAndApprove, "strong", () => save(area.value, true));
  const form = el("div", "asked", area, used, both, button(words.save, "", () => save(area.value, false)), button(words.cancel, "", close));
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
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) save(area.value, false);
  });
  closing(form, close);
  count();
  return { element: form, focus: () => area.focus() };
}

function closing(form, close) {
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    close();
  });
}
