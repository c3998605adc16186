/** Puts the page together: state, requests, and what is drawn when an answer comes. */

import { byId, debounce, element, setText } from "./dom.js";
import { answerOf, showHeadline, showLine, showMethod, showOthers, showOutcomes } from "./answer.js";
import { keepColumn, keptColumns, restoreColumns, showColumns, startColumns } from "./columns.js";
import { ask, latest, on, open } from "./connection.js";
import { nextProblem, showProblems, showText, startEditor } from "./editor.js";
import { buildEvidence, observe, showEvidence } from "./evidence.js";
import { showKeys, startKeys } from "./keys.js";
import { isKnownMove, knowSteps, offerMove } from "./moves.js";
import { addSection, beginReport, endReport, isReporting, outdateReport } from "./panels.js";
import { download, fileName, load, save, savedText, showFileState } from "./saving.js";
import { buildSliders, showSettings } from "./sliders.js";
import {
  begin, canRedo, canUndo, change, fromFragment, onChange, redo, settingsList, state, supposed,
  toFragment, undo,
} from "./state.js";
import { buildSteps, showSuppositions } from "./steps.js";
import { nextTheme } from "./theme.js";
import { onResize, showTree, treeWidth } from "./tree.js";

/** Draws while something moves, and once it rests. */
const liveDraws = 1000;
const settledDraws = 4096;

let scenario = null;
let forecast = null;
/** The answers with nothing moved, for the text as it is. */
let written = null;
/** A request whose headline has not come; the next one waits for it. */
let pending = { number: 0, isOpen: false, since: 0 };
let isWaiting = false;
/** The text of which the sliders and steps are. */
let knownText = null;
/** What the newest request was about. */
let asked = null;

// MARK: Asking

function request(stage, draws) {
  const { text, question } = state();
  asked = state();
  return ask({
    stage, text, known: text === knownText, question, draws, settings: settingsList(),
    supposing: supposed(), width: treeWidth(),
    ...("timing" in document.body.dataset ? { timing: true } : {}),
  });
}

/** Asks for the state as it is; while an answer is on its way the newest state waits for it. */
function askLive() {
  settle.cancel();
  explainCheck.cancel();
  const isStuck = performance.now() - pending.since > 2000;
  if (pending.isOpen && asked?.text === state().text && !isStuck) {
    isWaiting = true;
    return;
  }
  isWaiting = false;
  byId("headline").setAttribute("aria-busy", "true");
  pending = { number: request("live", liveDraws), isOpen: true, since: performance.now() };
}

/** The headline is there: what was moved meanwhile goes next. */
function headlineDone() {
  pending.isOpen = false;
  if (isWaiting) askLive();
}

const settle = debounce(() => {
  setText(byId("progress"), `Refining with ${settledDraws.toLocaleString("en")} draws…`);
  request("settled", settledDraws);
}, 350);

const explainCheck = debounce(() => request("check", null), 600);
const typed = debounce(askLive, 180);

// MARK: Drawing

function firstQuestion() {
  const asking = scenario?.questions.filter((question) => question.probability) ?? [];
  const { question } = state();
  return asking.find((item) => item.id === question)?.id ?? asking[0]?.id ?? null;
}

const isMoved = (of) =>
  Object.keys(of.settings).length > 0 || Object.keys(of.supposing).length > 0;

function drawHeadline(found) {
  const id = firstQuestion();
  const answer = answerOf(found, id);
  const base = written && asked && isMoved(asked) ? answerOf(written, id) : null;
  showHeadline(answer, found.ask.as_of, base);
  byId("headline").dataset.probability = answer.raw.probability ?? "";
  byId("headline").dataset.number = latest();
}

function drawAll({ forecast: found, tree }) {
  forecast = found;
  if (asked && !isMoved(asked)) written = found;
  drawHeadline(found);
  showOthers(found, firstQuestion(), (question) => {
    change({ question }, null);
    byId("answer").focus();
  });
  showMissing(found);
  showEvidence(found, asked.text);
  showLine(found, isKnownMove, offerMove);
  showTree(tree);
  showOutcomes(found);
  showMethod(found, command(found));
  drawColumns();
}

/** Some questions make no sense under a supposition. */
function showMissing(found) {
  const all = scenario.questions.filter((question) => question.probability).length;
  const missing = all - found.shown.length;
  byId("others-missing").hidden = missing <= 0;
  setText(
    byId("others-missing"),
    missing > 0
      ? `${missing} ${missing === 1 ? "question cannot" : "questions cannot"} be asked under what is supposed.`
      : "");
  if (missing > 0) byId("others-block").hidden = false;
}

function command(found) {
  const quote = (text) => `"${text.replaceAll('"', '\\"')}"`;
  const name = fileName();
  return [
    `entente ask ${/^[\w./-]+$/.test(name) ? name : quote(name)}`,
    ...settingsList().map(({ name, value }) => `--set ${quote(`${name}=${value}`)}`),
    ...supposed().map((text) => `--supposing ${quote(text)}`),
    `--draws ${found.ask.draws} --seed ${found.ask.seed}`,
  ].join(" \\\n  ");
}

function drawColumns() {
  showColumns(scenario, state(), forecast, ({ settings, supposing }) =>
    change({ settings, supposing }, null));
}

function drawGrades() {
  const open = scenario.quantities;
  const unsourced = open.filter((item) => item.grade === "UNSOURCED");
  const box = byId("unsourced");
  box.hidden = unsourced.length === 0;
  if (!unsourced.length) return;
  const names = unsourced.slice(0, 4).map((item) => item.name).join(", ");
  const more = unsourced.length > 4 ? ` and ${unsourced.length - 4} more` : "";
  setText(
    box,
    `This answer rests on ${unsourced.length} of ${open.length} numbers without any source: ${names}${more}.`);
}

function showFailure(diagnostics) {
  const box = byId("failure");
  box.hidden = !diagnostics;
  if (!diagnostics) return;
  box.replaceChildren(
    element("p", {}, "No answer for this state."),
    element(
      "ul", {},
      ...diagnostics.slice(0, 5).map((item) =>
        element(
          "li", {}, item.line ? `${item.line}:${item.column} ` : "", item.message,
          item.remedy ? `; ${item.remedy}` : ""))));
}

function keepAddress() {
  const fragment = toFragment(state(), savedText(), keptColumns());
  if (location.hash !== fragment) {
    history.replaceState(null, "", fragment || location.pathname);
  }
}

const keepAddressSoon = debounce(keepAddress, 400);

// MARK: What the server says

const isNewest = (data) => data.number === latest();

/** Tells a benchmark when an answer arrives, and how long the server took for it. */
function tellTiming(name, data) {
  if (!data.seconds) return;
  const detail = { name, done: data.done !== false, ...data.seconds };
  document.dispatchEvent(new CustomEvent("timing", { detail }));
}

on("checked", (data) => {
  if (!isNewest(data)) return;
  showProblems(data.diagnostics);
  if (!data.scenario) {
    knownText = null;
    pending.isOpen = false;
    byId("headline").removeAttribute("aria-busy");
    byId("headline").classList.add("outdated");
    setText(byId("progress"), "The text has errors; this is the answer to the last one without.");
    if (isWaiting) askLive();
    return;
  }
  if (data.full) return;
  scenario = data.scenario;
  knownText = asked.text;
  written = null;
  knowSteps(scenario);
  buildSliders(scenario);
  buildSteps(scenario);
  buildEvidence(scenario);
  buildVariants();
  drawGrades();
});

on("headline", (data) => {
  if (!isNewest(data)) return;
  tellTiming("headline", data);
  showFailure(null);
  byId("headline").classList.remove("outdated");
  drawHeadline(data.forecast);
  setText(byId("progress"), `${data.forecast.ask.draws.toLocaleString("en")} draws so far…`);
  if (!data.done) return;
  byId("headline").removeAttribute("aria-busy");
  if (!forecast) showMethod(data.forecast, command(data.forecast));
  headlineDone();
});

on("answers", (data) => {
  if (!isNewest(data)) return;
  tellTiming("answers", data);
  showFailure(null);
  byId("headline").classList.remove("outdated");
  byId("headline").removeAttribute("aria-busy");
  drawAll(data);
  setText(byId("progress"), `${data.forecast.ask.draws.toLocaleString("en")} draws.`);
  headlineDone();
  if (isNewest(data)) settle();
});

on("settled", (data) => {
  if (!isNewest(data)) return;
  drawAll(data);
  setText(byId("progress"), `${data.forecast.ask.draws.toLocaleString("en")} draws, seed ${data.forecast.ask.seed}.`);
  document.body.dataset.settled = String(data.number);
  if (checkedText !== state().text) {
    checkedText = state().text;
    explainCheck();
  }
});

/** The text that has been checked in full. */
let checkedText = null;

on("failed", (data) => {
  if (!isNewest(data)) return;
  byId("headline").removeAttribute("aria-busy");
  outdateReport();
  showFailure(data.diagnostics);
  headlineDone();
});

on("section", (data) => isNewest(data) && addSection(data));
on("reported", (data) => isNewest(data) && endReport());
on("lost", (error) => {
  setText(byId("progress"), `The server does not answer (${error.message}). Trying again…`);
  pending.isOpen = false;
});
let wasFound = false;
on("found", () => {
  // After a break the server knows nothing of this page.
  if (wasFound) {
    outdateReport();
    askLive();
  }
  wasFound = true;
});

// MARK: What the author does

onChange((now, before, origin) => {
  byId("undo").disabled = !canUndo();
  byId("redo").disabled = !canRedo();
  showText(now.text);
  showFileState();
  showSettings();
  showSuppositions();
  outdateReport();
  keepAddressSoon();
  if (origin === "begin") return;
  if (now.text !== before.text && origin === "change") typed();
  else askLive();
});

function buildVariants() {
  const box = byId("variants");
  box.hidden = scenario.variants.length === 0;
  box.replaceChildren(
    element("p", { class: "hint", id: "variants-label" }, "The author's variants:"),
    element(
      "div", { class: "options", role: "group", "aria-labelledby": "variants-label" },
      ...scenario.variants.map((variant) =>
        element(
          "button",
          {
            type: "button",
            on: {
              click: () =>
                change(
                  {
                    settings: Object.fromEntries(
                      variant.settings.map(({ name, value }) => [name, value])),
                  }, null),
            },
          }, variant.name))));
}

function showPart(part) {
  document.body.dataset.tab = part;
  for (const button of document.querySelectorAll(".tabs button")) {
    button.setAttribute("aria-pressed", String(button.dataset.tab === part));
  }
}

function explain() {
  settle.cancel();
  explainCheck.cancel();
  beginReport();
  request("report", liveDraws);
}

function keep() {
  if (forecast) keepColumn(state(), forecast);
}

function goTo(part, id) {
  showPart(part);
  byId(id).focus();
}

const acts = {
  undo, redo, save, download, explain, keep, theme: nextTheme, help: showKeys,
  restore: () => change({ settings: {} }, null),
  unsuppose: () => change({ supposing: {} }, null),
};
for (const [id, act] of Object.entries(acts)) byId(id).addEventListener("click", act);
for (const button of document.querySelectorAll(".tabs button")) {
  button.addEventListener("click", () => showPart(button.dataset.tab));
}
document.addEventListener("show-part", (event) => showPart(event.detail));

startKeys([
  { key: "z", control: true, shift: false, name: "Ctrl Z", text: "Undo, text and sliders alike", act: undo },
  { key: "z", control: true, shift: true, name: "Ctrl Shift Z", text: "Redo", act: redo },
  { key: "y", control: true, act: redo },
  { key: "s", control: true, name: "Ctrl S", text: "Save", act: save },
  { key: "F8", anywhere: true, shift: false, name: "F8", text: "Next message about the text", act: () => nextProblem(1) },
  { key: "F8", anywhere: true, shift: true, name: "Shift F8", text: "Message before", act: () => nextProblem(-1) },
  { key: "e", name: "E", text: "Go to the text", act: () => goTo("text", "source") },
  { key: "a", name: "A", text: "Go to the answer", act: () => goTo("answer", "answer") },
  { key: "/", name: "/", text: "Filter the assumptions", act: () => goTo("assumptions", "filter") },
  { key: "Escape", anywhere: true, name: "Esc", text: "Leave the text or a field", act: () => byId("answer").focus() },
  { key: "k", name: "K", text: "Keep this state as a column", act: keep },
  { key: "o", name: "O", text: "Write down what was observed", act: () => observe() },
  { key: "r", name: "R", text: "Restore all estimates", act: acts.restore },
  { key: "w", name: "W", text: "Explain this answer", act: explain },
  { key: "t", name: "T", text: "Light, dark or as the system says", act: nextTheme },
  { key: "?", name: "?", text: "Show this list", act: showKeys },
]);

// A report on its way is not given up for a wider tree.
onResize(() => forecast && !isReporting() && askLive());
startEditor((text) => change({ text }, "typing"));
startColumns(() => {
  drawColumns();
  keepAddressSoon();
});

async function start() {
  try {
    const [text] = await Promise.all([load(), open()]);
    const kept = fromFragment(location.hash);
    restoreColumns(kept.columns);
    begin({
      text: kept.text ?? text, settings: kept.settings, supposing: kept.supposing,
      question: kept.question,
    });
    askLive();
  } catch (error) {
    showFailure([{ message: error.message }]);
    setText(byId("problems-summary"), "No text.");
  }
}

start();
