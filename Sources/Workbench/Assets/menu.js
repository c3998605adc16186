/** A small menu beside what was pressed. Escape, Tab or a press elsewhere closes it. */

import { byId, element } from "./dom.js";

const box = byId("menu");
let owner = null;

/** Opens a menu of `{text, act}` beside `anchor`, an element of the page or of a drawing. */
export function openMenu(anchor, label, items) {
  closeMenu(false);
  owner = anchor;
  box.setAttribute("aria-label", label);
  box.replaceChildren(
    element("p", { class: "menu-label", "aria-hidden": "true" }, label),
    ...items.map(({ text, act }) =>
      element(
        "button",
        {
          type: "button", role: "menuitem", tabindex: -1,
          on: {
            click: () => {
              closeMenu(true);
              act();
            },
          },
        }, text)));
  anchor.setAttribute("aria-expanded", "true");
  box.showPopover();
  place(anchor);
  box.querySelector("button").focus();
}

function closeMenu(givesFocusBack) {
  if (!owner) return;
  const anchor = owner;
  owner = null;
  anchor.setAttribute("aria-expanded", "false");
  if (box.matches(":popover-open")) box.hidePopover();
  if (givesFocusBack && anchor.isConnected) anchor.focus({ preventScroll: true });
}

/** Below what was pressed, or above where there is no room; never outside the window. */
function place(anchor) {
  const at = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = box;
  const left = Math.max(8, Math.min(at.left, window.innerWidth - width - 8));
  const below = at.bottom + 4;
  const top = below + height > window.innerHeight - 8 ? Math.max(8, at.top - height - 4) : below;
  box.style.left = `${left}px`;
  box.style.top = `${top}px`;
}

box.addEventListener("keydown", (event) => {
  const items = [...box.querySelectorAll("button")];
  const index = items.indexOf(document.activeElement);
  const goTo = (next) => items[(next + items.length) % items.length].focus();
  const moves = {
    ArrowDown: () => goTo(index + 1),
    ArrowUp: () => goTo(index - 1),
    Home: () => goTo(0),
    End: () => goTo(-1),
    Tab: () => closeMenu(true),
    Escape: () => closeMenu(true),
  };
  if (!moves[event.key]) return;
  if (event.key !== "Tab") event.preventDefault();
  event.stopPropagation();
  moves[event.key]();
});

// A press elsewhere.
box.addEventListener("toggle", (event) => {
  if (event.newState === "closed") closeMenu(false);
});
