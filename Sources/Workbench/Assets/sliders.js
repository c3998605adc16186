/** A slider for each uncertain quantity, with its unit, estimate, reason and source. */

import { byId, element, setText } from "./dom.js";
import { endGroup, setQuantity, state } from "./state.js";
import { jump } from "./editor.js";

const steps = 400;
const rows = new Map();
let shownKey = "";

const grades = {
  cited: "cited", "cited and judgment": "cited and judgment", judgment: "judgment",
  UNSOURCED: "no source",
};

/** A number with about three digits, as `--set` reads it. */
function written(value, quantity) {
  const scaled = quantity.percent ? value * 100 : value;
  const range = (quantity.high - quantity.low) * (quantity.percent ? 100 : 1);
  const decimals = Math.max(0, Math.min(6, Math.ceil(2.3 - Math.log10(range || 1))));
  const text = scaled.toFixed(decimals).replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "");
  return (text === "-0" ? "0" : text) + (quantity.percent ? "%" : "");
}

/** The number that a setting stands for; null if it is a range. */
function parsed(text, quantity) {
  const match = /^\s*(-?[\d.]+(?:e[-+]?\d+)?)\s*(%?)\s*$/i.exec(text);
  if (!match) return null;
  const value = Number(match[1]) / (match[2] || (quantity.percent && Number(match[1]) > 1) ? 100 : 1);
  return Number.isFinite(value) ? value : null;
}

/** Builds the sliders of a scenario, and keeps those that are as they were. */
export function buildSliders(scenario) {
  const key = JSON.stringify(scenario.quantities);
  if (key === shownKey) return;
  shownKey = key;
  rows.clear();
  const open = scenario.quantities.filter((quantity) => !quantity.fixed && quantity.high > quantity.low);
  const fixed = scenario.quantities.filter((quantity) => quantity.fixed);
  byId("sliders").replaceChildren(
    ...open.map(slider),
    ...(open.length ? [] : [element("p", { class: "hint" }, "No quantity has a range.")]),
    ...(fixed.length
      ? [
        element(
          "details", { class: "fixed" },
          element("summary", {}, `${fixed.length} fixed ${fixed.length === 1 ? "number" : "numbers"}`),
          element(
            "ul", {},
            ...fixed.map((quantity) =>
              element(
                "li", {},
                element(
                  "button",
                  { type: "button", class: "link", on: { click: () => jump(quantity.line, quantity.column) } },
                  quantity.name),
                ` ${quantity.is}${quantity.unit ? ` ${quantity.unit}` : ""}`)))),
      ]
      : []));
  filter();
  showSettings();
}

function slider(quantity) {
  const id = `quantity-${rows.size}`;
  const { name, low, high } = quantity;
  const unit = quantity.unit ? ` ${quantity.unit}` : "";
  const value = element("output", { for: id, class: "value" });
  const valueAt = (place) => low + ((high - low) * place) / steps;
  const placeOf = (number) => Math.round(((number - low) / (high - low)) * steps);
  const input = element("input", {
    type: "range", id, min: 0, max: steps, step: 1, "aria-describedby": `${id}-about`,
    on: {
      input: () => setQuantity(name, written(valueAt(Number(input.value)), quantity), `slider ${name}`),
      change: endGroup,
      dblclick: () => setQuantity(name, null),
      keydown: (event) => {
        if (event.key !== "Delete" && event.key !== "Backspace") return;
        event.preventDefault();
        setQuantity(name, null);
      },
    },
  });
  const reset = element(
    "button",
    {
      type: "button", class: "reset", "aria-label": `Restore the estimate of ${name}`,
      title: "Restore the estimate (double click, or Delete)",
      on: {
        click: () => {
          setQuantity(name, null);
          input.focus();
        },
      },
    }, "↺");
  const source = quantity.grade === "UNSOURCED" ? "no source" : quantity.source;
  const node = element(
    "div", { class: "slider" },
    element("div", { class: "slider-head" }, element("label", { for: id }, name), reset, value),
    element(
      "div", { class: "track" },
      element("div", { class: "ruler", "aria-hidden": "true" }, element("span", { class: "best" })),
      input),
    element(
      "p", { class: "slider-ends", "aria-hidden": "true" },
      element("span", {}, written(low, quantity)),
      element("span", {}, `${quantity.is}${unit}`), element("span", {}, written(high, quantity))),
    element(
      "p", { class: "about", id: `${id}-about` },
      element(
        "button",
        {
          type: "button", class: `grade ${quantity.grade === "UNSOURCED" ? "unsourced" : ""}`,
          title: `Line ${quantity.line} of the text`,
          on: { click: () => jump(quantity.line, quantity.column) },
        }, source ?? grades[quantity.grade]),
      quantity.because ? ` ${quantity.because}` : " No reason given."));
  node.querySelector(".best").style.left = `${((quantity.best - low) / (high - low)) * 100}%`;
  rows.set(name, {
    quantity, node, input, value, reset, unit, placeOf,
    words: [name, quantity.because, source].join(" ").toLowerCase(),
  });
  return node;
}

/** Puts the sliders where the state says. */
export function showSettings() {
  const { settings } = state();
  for (const [name, row] of rows) {
    const setting = settings[name];
    const number = setting === undefined ? row.quantity.best : parsed(setting, row.quantity);
    const place = String(number === null ? steps / 2 : row.placeOf(number));
    if (row.input.value !== place) row.input.value = place;
    const text = (setting ?? written(row.quantity.best, row.quantity)) + row.unit;
    setText(row.value, text);
    row.input.setAttribute(
      "aria-valuetext", setting === undefined ? `estimate ${row.quantity.is}${row.unit}` : text);
    row.node.classList.toggle("moved", setting !== undefined);
    row.reset.disabled = setting === undefined;
  }
  byId("restore").disabled = Object.keys(settings).length === 0;
}

function filter() {
  const wanted = byId("filter").value.trim().toLowerCase();
  for (const row of rows.values()) row.node.hidden = wanted !== "" && !row.words.includes(wanted);
}

byId("filter").addEventListener("input", filter);
