// Writing to the page: by textContent alone, and only what has changed.

import { otherLanguage } from "./names.js";

const named = new Map();

/** The element that a template names with data-at; it is looked for once, as it stays for good. */
export function at(name) {
  if (!named.has(name)) named.set(name, document.querySelector(`[data-at="${name}"]`));
  return named.get(name);
}

/** What the server wrote into the page for its scripts, under an id. */
export function told(id) {
  return JSON.parse(document.getElementById(id).textContent);
}

export function put(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Puts a name, and says in which language it is where that is not the page's. */
export function putName(element, name) {
  put(element, name);
  const lang = otherLanguage(name, document.documentElement.lang);
  if (lang && element.lang !== lang) element.lang = lang;
  if (!lang) element.removeAttribute("lang");
  return element;
}

/** Shows an element or hides it; an SVG's has the attribute, and no property of that name. */
export function show(element, on) {
  if (element.hasAttribute("hidden") === on) element.toggleAttribute("hidden", !on);
}

/** Sets variables of a style, where they change: each one set has every element's style worked out anew. */
export function vary({ style }, values) {
  for (const [name, value] of Object.entries(values)) {
    if (style.getPropertyValue(name) !== String(value)) style.setProperty(name, value);
  }
}

/** A new element: its classes, then text or children. */
export function el(tag, classes, ...inside) {
  const made = document.createElement(tag);
  if (classes) made.className = classes;
  made.append(...inside);
  return made;
}

/** Puts a figure of parts {sign, number, unit}; the unit in a smaller size. */
export function putFigure(element, { sign, number, unit }) {
  const said = `${sign}${number}|${unit}`;
  if (element.dataset.said === said) return;
  element.dataset.said = said;
  element.replaceChildren(sign + number, ...(unit ? [el("span", "unit", unit)] : []));
}

/** Replaces an element's children only where `key`, all that they depend on, is a new one. */
export function renew(element, key, make) {
  const text = JSON.stringify(key);
  if (element.dataset.key === text) return;
  element.dataset.key = text;
  element.replaceChildren(...make());
}
