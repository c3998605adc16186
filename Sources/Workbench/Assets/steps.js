/** Suppositions: for each choice of a party, what if it had only one way to go. */

import { byId, element } from "./dom.js";
import { observe } from "./evidence.js";
import { offerMove } from "./moves.js";
import { state, suppose } from "./state.js";

let shownKey = "";
const selects = new Map();

/** Builds the list of choices of a scenario. */
export function buildSteps(scenario) {
  const choices = scenario.steps.filter((step) => step.party);
  const key = JSON.stringify(choices);
  if (key === shownKey) return;
  shownKey = key;
  selects.clear();
  byId("steps").replaceChildren(
    ...choices.map((step, index) => {
      const id = `step-${index}`;
      const few = step.options.length <= 4;
      const box = few ? buttonsOf(step, id) : menuOf(step, id);
      return element(
        "div", { class: "step" },
        element(
          few ? "span" : "label", few ? { id, class: "label" } : { for: id, class: "label" },
          element("span", { class: "party" }, step.party), ` ${step.name}`),
        box);
    }));
  showSuppositions();
}

function buttonsOf(step, id) {
  const buttons = step.options.map((option) =>
    element(
      "button",
      {
        type: "button", "aria-pressed": "false", "aria-haspopup": "menu", "aria-expanded": "false",
        on: { click: (event) => offerMove(event.currentTarget, step.name, option) },
      }, option));
  selects.set(step.name, {
    focus: () => buttons[0].focus(),
    show: (chosen) => {
      for (const [index, button] of buttons.entries()) {
        button.setAttribute("aria-pressed", String(step.options[index] === chosen));
      }
    },
  });
  return element("div", { class: "options", role: "group", "aria-labelledby": id }, ...buttons);
}

function menuOf(step, id) {
  const select = element(
    "select", { id, on: { change: () => suppose(step.name, select.value || null) } },
    element("option", { value: "" }, "as it chooses"),
    ...step.options.map((option) => element("option", { value: option }, option)));
  selects.set(step.name, {
    focus: () => select.focus(),
    show: (chosen) => {
      select.value = chosen ?? "";
    },
  });
  return element(
    "div", { class: "choice" }, select,
    element(
      "button",
      {
        type: "button", "aria-label": `Observed: ${step.name}`,
        on: { click: () => observe(step.name, select.value || null) },
      }, "Observed…"));
}

/** Shows what is supposed. */
export function showSuppositions() {
  const { supposing } = state();
  for (const [name, select] of selects) select.show(supposing[name]);
  byId("unsuppose").disabled = Object.keys(supposing).length === 0;
}
