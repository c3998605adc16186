/** Suppositions: for each choice of a party, what if it had only one way to go. */

import { byId, element } from "./dom.js";
import { state, suppose } from "./state.js";

let shownKey = "";
const selects = new Map();

/** Builds the list of choices of a scenario. */
export function buildSteps(scenario) {
  const key = JSON.stringify(scenario.steps);
  if (key === shownKey) return;
  shownKey = key;
  selects.clear();
  byId("steps").replaceChildren(
    ...scenario.steps.map((step, index) => {
      const id = `step-${index}`;
      const few = step.options.length <= 4;
      const box = few ? choices(step, id) : menu(step, id);
      return element(
        "div", { class: "step" },
        element(
          few ? "span" : "label", few ? { id, class: "label" } : { for: id, class: "label" },
          element("span", { class: "party" }, step.party), ` ${step.name}`),
        box);
    }));
  showSuppositions();
}

function choices(step, id) {
  const buttons = step.options.map((option) =>
    element(
      "button",
      {
        type: "button", "aria-pressed": "false",
        on: {
          click: () => suppose(step.name, state().supposing[step.name] === option ? null : option),
        },
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

function menu(step, id) {
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
  return select;
}

/** Shows what is supposed. */
export function showSuppositions() {
  const { supposing } = state();
  for (const [name, select] of selects) select.show(supposing[name]);
  byId("unsuppose").disabled = Object.keys(supposing).length === 0;
}

/** Leads to a step's options, whatever round of it is meant. */
export function goToStep(name) {
  const known = selects.get(name) ?? selects.get(name.replace(/ of \S+$/, ""));
  if (!known) return;
  document.dispatchEvent(new CustomEvent("show-part", { detail: "assumptions" }));
  known.focus();
}
