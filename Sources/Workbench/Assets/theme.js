/** Light or dark: as the system says, until somebody chooses. */

import { byId, setText } from "./dom.js";

const order = ["system", "light", "dark"];
const stored = () => {
  try {
    return localStorage.getItem("entente-theme");
  } catch {
    return null;
  }
};
let theme = order.includes(stored()) ? stored() : "system";

function apply() {
  const root = document.documentElement;
  if (theme === "system") root.removeAttribute("data-theme");
  else root.setAttribute("data-theme", theme);
  setText(byId("theme-name"), theme);
  byId("theme").title = `Theme: ${theme} (T)`;
}

/** Goes from system to light to dark. */
export function nextTheme() {
  theme = order[(order.indexOf(theme) + 1) % order.length];
  try {
    localStorage.setItem("entente-theme", theme);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
  apply();
}

apply();
