// Light or dark: as the system has it, until the switch says otherwise; the choice is remembered.

const KEPT = "gmv-theme"; // the admin keeps a "theme" of its own

/** Follows the system's theme and the switch, a button. */
export function followTheme(button) {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const apply = () => {
    const light = (localStorage.getItem(KEPT) ?? (dark.matches ? "dark" : "light")) === "light";
    document.documentElement.classList.toggle("light", light);
    button.setAttribute("aria-pressed", !light);
    document.dispatchEvent(new Event("theme"));
  };
  button.addEventListener("click", () => {
    localStorage.setItem(KEPT, document.documentElement.classList.contains("light") ? "dark" : "light");
    apply();
  });
  dark.addEventListener("change", apply);
  apply();
}
