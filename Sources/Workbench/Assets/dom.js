/** Small helpers for building and finding elements. Text is always set as text. */

/** The element with an id. */
export const byId = (id) => document.getElementById(id);

/**
 * A new element. `attributes` whose value is null or false are left out; `on` holds listeners.
 */
export function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key === "on") {
      for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
    } else if (key === "class") {
      node.className = value;
    } else {
      node.setAttribute(key, value === true ? "" : value);
    }
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** Sets an element's text, if it is another one: what is unchanged is not announced again. */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** Draws a part of the page anew; the control that had the focus keeps it. */
export function keepingFocus(box, draw) {
  const controls = () => [...box.querySelectorAll("button, input, select")];
  const place = box.contains(document.activeElement) ? controls().indexOf(document.activeElement) : -1;
  draw();
  if (place >= 0) controls()[place]?.focus();
}

/** Calls `action` once, `wait` milliseconds after the last call. */
export function debounce(action, wait) {
  let timer = 0;
  const call = () => {
    clearTimeout(timer);
    timer = setTimeout(action, wait);
  };
  call.cancel = () => clearTimeout(timer);
  return call;
}
