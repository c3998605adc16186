/**
 * What has been observed: the pieces that the text holds, what they changed, and a form that writes
 * another one into the text. Nothing is written that the form has not shown.
 */

import { byId, element, keepingFocus, setText } from "./dom.js";
import { jump } from "./editor.js";
import { addedLines, usualRationality, withObservation, withoutObservation } from "./observing.js";
import { change, state } from "./state.js";

const dialog = byId("observe");
const mostChanges = 8;
const mostQuestions = 4;
let scenario = null;

/** Takes a scenario's steps and observations. */
export function buildEvidence(found) {
  scenario = found;
  byId("observe-open").disabled = scenario.steps.length === 0;
}

// MARK: The list

/** Shows the evidence of a text and what it did in a forecast. */
export function showEvidence(forecast, text) {
  const items = scenario.evidence;
  const did = forecast.evidence;
  byId("evidence-hint").hidden = items.length > 0;
  const list = byId("evidence-list");
  list.hidden = items.length === 0;
  keepingFocus(list, () =>
    list.replaceChildren(...items.map((item, index) => piece(item, did?.items[index], text))));
  const result = byId("evidence-result");
  result.hidden = !did;
  const parts = did ? [...said(did), changes(did), timeline(did, forecast)] : [];
  keepingFocus(result, () => result.replaceChildren(...parts.filter(Boolean)));
}

function piece(item, did, text) {
  const isMove = item.kind === "happened";
  const before = did?.before ? `odds before: ${did.before}` : null;
  const about = [isMove ? null : "reported", before, item.source].filter(Boolean).join(" · ");
  const shorter = withoutObservation(text, item.line);
  return element(
    "li", {},
    element("span", { class: "date" }, item.on ?? "undated"),
    element(
      "span", {},
      element(
        "button",
        {
          type: "button", class: "link", title: `Line ${item.line} of the text`,
          on: { click: () => jump(item.line, 1) },
        }, item.observed),
      about ? element("span", { class: "words" }, about) : null),
    shorter !== null
      ? element(
        "button",
        {
          type: "button", class: "reset", "aria-label": `Remove from the text: ${item.observed}`,
          title: "Remove from the text",
          // What has been typed meanwhile is not thrown away.
          on: { click: () => state().text === text && change({ text: shorter }, null) },
        }, "×")
      : null);
}

const said = (did) => [
  ...did.conflicts.map((text) => element("p", { class: "notice" }, text)),
  did.weight ? element("p", { class: "hint" }, did.weight) : null,
];

function table(caption, heads, rows, numeric) {
  const kind = (index) => (numeric.includes(index) ? "number" : null);
  return element(
    "div", { class: "scroll", tabindex: 0, role: "group", "aria-label": caption },
    element(
      "table", { class: "facts" }, element("caption", {}, caption),
      element(
        "thead", {},
        element(
          "tr", {},
          ...heads.map((text, index) => element("th", { scope: "col", class: kind(index) }, text)))),
      element(
        "tbody", {},
        ...rows.map((row) =>
          element(
            "tr", {},
            ...row.map((text, index) =>
              index === 0
                ? element("th", { scope: "row" }, text)
                : element("td", { class: kind(index) }, text)))))));
}

function changes(did) {
  if (!did.changes.length) return element("p", { class: "hint" }, "It changes hardly anything.");
  const shown = did.changes.slice(0, mostChanges);
  const left = did.changes.length - shown.length;
  const rest = [
    left > 0 ? `${left} more moved less` : null,
    did.unchanged > 0 ? `${did.unchanged} hardly moved` : null,
  ].filter(Boolean).join("; ");
  return element(
    "div", {},
    table(
      "What it changed, most first", ["", "Before", "After", "That is"],
      shown.map(({ name, before, after, word }) => [name, before, after, word]), []),
    rest ? element("p", { class: "hint" }, `${rest}.`) : null);
}

function timeline(did, forecast) {
  if (did.timeline.length < 3) return null;
  const ids = forecast.ask.questions.slice(0, mostQuestions).map((question) => question.id);
  return table(
    "Day by day, with the evidence up to each", ["", ...ids],
    did.timeline.map(({ on, percents }) => [on ?? "before", ...percents.slice(0, mostQuestions)]),
    ids.map((_, index) => index + 1));
}

// MARK: The form

const form = { step: byId("observe-step"), option: byId("observe-option"), date: byId("observe-date") };
let choices = [];
let written = null;

/** Opens the form, perhaps with a step and what happened there. */
export function observe(stepName = null, option = null) {
  if (!scenario) return;
  choices = scenario.steps.flatMap((step) =>
    step.rounds.length
      ? step.rounds.map((round) => ({ ...step, fact: `${step.name} of ${round}` }))
      : [{ ...step, fact: step.name }]);
  form.step.replaceChildren(
    ...choices.map(({ fact, party }, index) =>
      element("option", { value: index }, party ? `${party}: ${fact}` : `Chance: ${fact}`)));
  const place = choices.findIndex(({ fact, name }) => fact === stepName || name === stepName);
  form.step.value = String(Math.max(0, place));
  fillOptions(option);
  form.date.value = usualDate();
  preview();
  dialog.showModal();
  (option === null ? form.step : form.date).focus();
}

/** The scenario's own day, or that of the last observation; today where neither is stated. */
function usualDate() {
  const days = [scenario.as_of, ...scenario.evidence.map((item) => item.on)].filter(Boolean).sort();
  const now = new Date();
  const two = (number) => String(number).padStart(2, "0");
  return days.at(-1) ?? `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

function fillOptions(option) {
  const { options } = choices[Number(form.step.value)];
  form.option.replaceChildren(
    ...options.map((text) => element("option", { value: text }, text)));
  if (option !== null && options.includes(option)) form.option.value = option;
}

function preview() {
  const { text } = state();
  const { fact } = choices[Number(form.step.value)];
  const needsRationality = !scenario.rationality;
  written = form.date.value
    ? withObservation(
      text, { on: form.date.value, happened: `${fact} = ${form.option.value}` }, needsRationality)
    : null;
  byId("observe-add").disabled = written === null;
  byId("observe-rationality").hidden = !needsRationality;
  setText(
    byId("observe-preview"),
    written !== null
      ? addedLines(text, written).filter(({ text: added }) => added.trim() !== "")
        .map(({ line, text: added }) => `${String(line).padStart(4)}  ${added}`).join("\n")
      : form.date.value
        ? "The text writes 'evidence' in a way in which no place for it is found. Write it there by hand."
        : "A day is wanted.");
}

form.step.addEventListener("change", () => {
  fillOptions(null);
  preview();
});
form.option.addEventListener("change", preview);
form.date.addEventListener("input", preview);
setText(byId("observe-usual"), usualRationality);
byId("observe-open").addEventListener("click", () => observe());
byId("observe-cancel").addEventListener("click", () => dialog.close());
dialog.querySelector("form").addEventListener("submit", () => {
  if (written !== null) change({ text: written }, null);
});
