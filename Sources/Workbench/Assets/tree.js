/**
 * The story as a tree: the likeliest course heavy, the odds on the branches. A branch can be pressed,
 * by mouse, finger or key.
 */

import { byId, debounce, element, setText } from "./dom.js";
import { isKnownMove, offerMove } from "./moves.js";

const box = byId("tree");
const canvas = byId("tree-canvas");
let drawn = null;
let drawnWidth = 0;

/** How many pixels wide a tree may be. */
export function treeWidth() {
  const width = Math.floor(box.clientWidth);
  // Out of sight the last width counts.
  if (width > 0) drawnWidth = width;
  return drawnWidth || 560;
}

/** Calls `redraw()` when a tree of another width is wanted. */
export function onResize(redraw) {
  let last = 0;
  const changed = debounce(() => {
    const width = Math.floor(box.clientWidth);
    if (width === 0 || Math.abs(width - last) < 24) return;
    const isFirst = last === 0;
    last = width;
    if (!isFirst) redraw();
  }, 250);
  new ResizeObserver(changed).observe(box);
}

/** Shows a tree; what has the focus keeps it. */
export function showTree(tree) {
  byId("tree-block").hidden = !tree;
  if (!tree || tree.svg === drawn) return;
  drawn = tree.svg;
  const focused = canvas.contains(document.activeElement) ? document.activeElement.dataset : null;
  const open = canvas.querySelector("[aria-expanded='true']")?.dataset;
  // The drawing is our own server's, with every text of the scenario escaped.
  canvas.innerHTML = tree.svg;
  setText(byId("tree-title"), tree.title);
  setText(byId("tree-caption"), tree.caption);
  byId("tree-table").replaceChildren(
    element(
      "thead", {},
      element("tr", {}, ...tree.table.columns.map((text) => element("th", { scope: "col" }, text)))),
    element(
      "tbody", {},
      ...tree.table.rows.map((row) =>
        element(
          "tr", {},
          ...row.map((text, index) =>
            index === 0 ? element("th", { scope: "row" }, text) : element("td", {}, text))))));
  for (const branch of branches()) {
    if (!isKnownMove(branch.dataset.step)) continue;
    branch.setAttribute("aria-haspopup", "menu");
    branch.setAttribute("aria-expanded", "false");
  }
  const wanted = focused ?? open;
  if (wanted) {
    branches().find(({ dataset }) => dataset.step === wanted.step && dataset.option === wanted.option)?.focus();
  }
}

const branches = () => [...canvas.querySelectorAll("[data-step]")];

canvas.addEventListener("click", (event) => {
  const branch = event.target.closest("[data-step]");
  if (branch) offerMove(branch, branch.dataset.step, branch.dataset.option);
});

canvas.addEventListener("keydown", (event) => {
  const branch = event.target.closest("[data-step]");
  if (!branch) return;
  const all = branches();
  const moves = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
  if (event.key === "Enter" || event.key === " ") {
    offerMove(branch, branch.dataset.step, branch.dataset.option);
  } else if (moves[event.key]) {
    all[(all.indexOf(branch) + moves[event.key] + all.length) % all.length].focus();
  } else {
    return;
  }
  event.preventDefault();
});
