/** What-if copies: states that were kept, beside the text as written and the state as it is. */

import { byId, element, keepingFocus } from "./dom.js";

let columns = [];
let changed = () => {};

/** Calls `listener()` whenever columns are kept, named or removed. */
export function startColumns(listener) {
  changed = listener;
}

/** The columns as the address keeps them. */
export const keptColumns = () => columns;

/** Takes columns from an address. */
export function restoreColumns(kept) {
  columns = kept.filter(
    (column) => column && typeof column.name === "string" && Array.isArray(column.answers)
      && column.answers.every((answer) => typeof answer?.id === "string"));
}

/** Keeps a state with its answers. */
export function keepColumn(state, forecast) {
  columns = [
    ...columns,
    {
      name: nameOf(state), settings: state.settings, supposing: state.supposing,
      answers: forecast.shown.map(({ id, percent }) => ({ id, percent })),
    },
  ];
  changed();
}

function nameOf(state) {
  const parts = [
    ...Object.entries(state.supposing).map(([step, option]) => `${step} = ${option}`),
    ...Object.entries(state.settings).map(([name, value]) => `${name} = ${value}`),
  ];
  if (!parts.length) return "As written";
  const more = parts.length > 2 ? `, ${parts.length - 2} more` : "";
  const name = parts.slice(0, 2).join(", ") + more;
  return columns.some((column) => column.name === name) ? `${name} (${columns.length + 1})` : name;
}

/** Draws the table; `use(column)` makes a kept state the present one. */
export function showColumns(scenario, state, forecast, use) {
  const box = byId("columns");
  box.hidden = columns.length === 0;
  byId("columns-hint").hidden = columns.length > 0;
  if (!columns.length || !forecast) return;
  const now = {
    name: "Now", settings: state.settings, supposing: state.supposing,
    answers: forecast.shown.map(({ id, percent }) => ({ id, percent })), isNow: true,
  };
  const all = [...columns, now];
  const head = element(
    "tr", {}, element("th", { scope: "col" }, "What differs"),
    ...all.map((column, index) =>
      element(
        "th", { scope: "col", class: column.isNow ? "now" : null },
        column.isNow ? "Now" : nameField(column),
        column.isNow ? null : element(
          "span", { class: "column-tools" },
          element(
            "button", { type: "button", class: "link", on: { click: () => use(column) } }, "Use"),
          element(
            "button",
            {
              type: "button", class: "link", "aria-label": `Remove the column ${column.name}`,
              on: { click: () => remove(index) },
            }, "Remove")))));
  const rows = forecast.shown.map((answer) =>
    row(answer.ask, all, (column) =>
      column.answers.find((item) => item.id === answer.id)?.percent ?? "—", "value"));
  const names = (key) => [...new Set(all.flatMap((column) => Object.keys(column[key] ?? {})))];
  for (const name of names("settings")) {
    const written = scenario?.quantities.find((item) => item.name === name)?.is ?? "";
    rows.push(row(name, all, (column) => column.settings[name] ?? written, "setting"));
  }
  for (const step of names("supposing")) {
    rows.push(row(`suppose ${step}`, all, (column) => column.supposing[step] ?? "—", "setting"));
  }
  const table = element(
    "table", { class: "columns" }, element("thead", {}, head), element("tbody", {}, ...rows));
  keepingFocus(box, () => box.replaceChildren(table));
}

function row(head, all, cell, kind) {
  const texts = all.map(cell);
  return element(
    "tr", { class: kind }, element("th", { scope: "row" }, head),
    ...texts.map((text, index) =>
      element(
        "td",
        { class: [all[index].isNow && "now", text !== texts[0] && "differs"].filter(Boolean).join(" ") },
        text)));
}

function nameField(column) {
  return element("input", {
    type: "text", value: column.name, "aria-label": `Name of the column ${column.name}`,
    on: {
      change: (event) => {
        column.name = event.target.value.trim() || column.name;
        changed();
      },
    },
  });
}

function remove(index) {
  columns = columns.filter((_, place) => place !== index);
  changed();
  byId("keep").focus();
}
