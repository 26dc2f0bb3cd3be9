// Light or dark: as the system has it, until the switch says otherwise; the choice is remembered
// where the browser lets us.

import { read, write } from "./keepsake.js";

const KEPT = "gmv-theme"; // the admin keeps a "theme" of its own

/** Follows the system's theme and the switch, a button. */
export function followTheme(button) {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const storage = () => localStorage;
  let chosen = read(storage, KEPT);
  const apply = () => {
    const light = (chosen ?? (dark.matches ? "dark" : "light")) === "light";
    document.documentElement.classList.toggle("light", light);
    button.setAttribute("aria-pressed", !light);
  };
  button.addEventListener("click", () => {
    chosen = document.documentElement.classList.contains("light") ? "dark" : "light";
    write(storage, KEPT, () => chosen);
    apply();
  });
  dark.addEventListener("change", apply);
  apply();
}
