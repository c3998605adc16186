/**
 * The text: a plain text area above a mirror that carries colors and marks, with line numbers
 * beside it and the messages below. Both halves of the pair lay out the same characters in the same
 * type, so that a mark stands where its characters stand.
 */

import { byId, element, setText } from "./dom.js";
import { lineElement } from "./highlight.js";

const source = byId("source");
const mirror = byId("mirror");
const numbers = byId("numbers");
const list = byId("problems");
let shown = [];
let diagnostics = [];
let selected = -1;

/** Calls `typed(text)` as somebody types. */
export function startEditor(typed) {
  source.addEventListener("input", () => {
    draw();
    typed(source.value);
  });
  // The page has a history of its own, which knows the sliders, too.
  source.addEventListener("beforeinput", (event) => {
    if (event.inputType === "historyUndo" || event.inputType === "historyRedo") {
      event.preventDefault();
    }
  });
  source.addEventListener("scroll", follow, { passive: true });
  new ResizeObserver(follow).observe(source);
}

/** Shows a text that was not typed here. */
export function showText(text) {
  if (source.value === text) return;
  const { selectionStart, scrollTop, scrollLeft } = source;
  source.value = text;
  const caret = Math.min(selectionStart, text.length);
  source.setSelectionRange(caret, caret);
  source.scrollTop = scrollTop;
  source.scrollLeft = scrollLeft;
  draw();
}

function follow() {
  mirror.style.transform = `translate(${-source.scrollLeft}px, ${-source.scrollTop}px)`;
  numbers.style.transform = `translateY(${-source.scrollTop}px)`;
}

const marksOn = (line) =>
  diagnostics
    .filter((item) => item.line === line && item.column)
    .map(({ column, length, severity }) => ({ column, length, severity }));

/** Draws the lines that are not as they were. */
function draw() {
  const marked = new Map();
  for (const item of diagnostics) {
    if (item.line) marked.set(item.line, marksOn(item.line));
  }
  const lines = source.value.split("\n").map((text, index) => {
    const marks = marked.get(index + 1) ?? [];
    return { text, marks, key: text + "\u0000" + JSON.stringify(marks) };
  });
  let first = 0;
  while (first < lines.length && first < shown.length && lines[first].key === shown[first].key) {
    first += 1;
  }
  let tail = 0;
  while (
    tail < lines.length - first && tail < shown.length - first
    && lines[lines.length - 1 - tail].key === shown[shown.length - 1 - tail].key
  ) {
    tail += 1;
  }
  for (let count = shown.length - first - tail; count > 0; count -= 1) {
    mirror.children[first].remove();
  }
  const fresh = document.createDocumentFragment();
  for (const { text, marks } of lines.slice(first, lines.length - tail)) {
    fresh.append(lineElement(text, marks));
  }
  mirror.insertBefore(fresh, mirror.children[first] ?? null);
  drawNumbers(lines.length, marked);
  shown = lines;
  follow();
}

let numbered = "";

function drawNumbers(count, marked) {
  const key = count + ":" + [...marked.keys()].join();
  if (key === numbered) return;
  numbered = key;
  const rows = document.createDocumentFragment();
  for (let line = 1; line <= count; line += 1) {
    const marks = marked.get(line);
    const isError = diagnostics.some((item) => item.line === line && item.severity === "error");
    rows.append(
      element("div", { class: marks ? (isError ? "error" : "warning") : null }, String(line)));
  }
  numbers.replaceChildren(rows);
}

/** Shows what there is to say against the text. */
export function showProblems(found) {
  diagnostics = found;
  selected = -1;
  draw();
  list.replaceChildren(
    ...found.map((item, index) =>
      element(
        "li", {},
        element(
          "button",
          { type: "button", class: item.severity, on: { click: () => goTo(index) } },
          element("span", { class: "severity" }, item.severity === "error" ? "Error" : "Warning"),
          element("span", { class: "place" }, item.line ? `${item.line}:${item.column}` : "file"),
          element(
            "span", { class: "message" }, item.message,
            item.remedy ? element("span", { class: "remedy" }, item.remedy) : null)))));
  const errors = found.filter((item) => item.severity === "error").length;
  const warnings = found.length - errors;
  const count = (number, word) => `${number} ${word}${number === 1 ? "" : "s"}`;
  const parts = [];
  if (errors) parts.push(count(errors, "error"));
  if (warnings) parts.push(count(warnings, "warning"));
  setText(
    byId("problems-summary"), parts.length ? `${parts.join(", ")}. F8 goes through them.` : "Nothing to say against the text.");
  setText(byId("tab-errors"), errors ? ` (${errors})` : "");
}

/** Puts the caret where a message points to. */
export function goTo(index) {
  const item = diagnostics[index];
  if (!item) return;
  selected = index;
  for (const [place, row] of [...list.children].entries()) {
    row.firstChild.toggleAttribute("aria-current", place === index);
  }
  if (item.line) jump(item.line, item.column ?? 1, item.length ?? 1);
}

/** Goes to the next message, or back to the one before. */
export function nextProblem(step) {
  if (!diagnostics.length) return;
  const next = selected < 0 && step < 0 ? diagnostics.length - 1 : selected + step;
  goTo((next + diagnostics.length) % diagnostics.length);
}

/** Puts the caret at a place of the text and shows it. */
export function jump(line, column = 1, length = 0) {
  document.dispatchEvent(new CustomEvent("show-part", { detail: "text" }));
  const lines = source.value.split("\n");
  let offset = 0;
  for (let index = 0; index < Math.min(line - 1, lines.length); index += 1) {
    offset += lines[index].length + 1;
  }
  // Columns count characters; a text area counts UTF-16 code units.
  const characters = [...(lines[line - 1] ?? "")];
  const start = offset + characters.slice(0, column - 1).join("").length;
  const end = offset + characters.slice(0, column - 1 + length).join("").length;
  source.focus();
  source.setSelectionRange(start, end);
  const height = parseFloat(getComputedStyle(source).lineHeight);
  source.scrollTop = Math.max(0, (line - 1) * height - source.clientHeight / 3);
  follow();
}
