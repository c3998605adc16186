/** What the keyboard does; `?` shows it. */

import { byId, element } from "./dom.js";

const isMac = navigator.platform.startsWith("Mac");
const control = isMac ? "⌘" : "Ctrl";
let bindings = [];

const isTyping = (target) =>
  target.matches?.("textarea, select, input:not([type=range])") ?? false;

/**
 * Binds keys: `{key, shift, control, anywhere, name, text, act}`. Single letters work where nobody
 * types.
 */
export function startKeys(list) {
  bindings = list;
  byId("keys-list").replaceChildren(
    ...list.filter((binding) => binding.text).flatMap((binding) => [
      element("dt", {}, element("kbd", {}, binding.name.replace("Ctrl", control))),
      element("dd", {}, binding.text),
    ]),
    element("dt", {}, element("kbd", {}, "← →")),
    element("dd", {}, "Move a slider; Delete gives it its estimate back"),
    element("dt", {}, element("kbd", {}, "Tab")),
    element("dd", {}, "Go through everything else"));
  document.addEventListener("keydown", (event) => {
    const isControl = isMac ? event.metaKey : event.ctrlKey;
    if (event.altKey || document.querySelector("dialog[open], :popover-open")) return;
    for (const binding of bindings) {
      if (binding.key.toLowerCase() !== event.key.toLowerCase()) continue;
      if (Boolean(binding.control) !== isControl) continue;
      if (binding.shift !== undefined && binding.shift !== event.shiftKey) continue;
      if (!binding.control && !binding.anywhere && isTyping(event.target)) continue;
      event.preventDefault();
      binding.act();
      return;
    }
  });
}

/** Shows the list. */
export function showKeys() {
  byId("keys").showModal();
}
