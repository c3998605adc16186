/** The answer in the words of the command line: probability, words, band, date and criteria. */

import { byId, element, keepingFocus, setText } from "./dom.js";

const position = (share) => `${Math.min(100, Math.max(0, share * 100))}%`;

/** The shown answer and its numbers, of one question of a forecast. */
export function answerOf(forecast, id) {
  const index = id ? forecast.shown.findIndex((answer) => answer.id === id) : 0;
  const place = index < 0 ? 0 : index;
  return { ...forecast.shown[place], raw: forecast.ask.questions[place] };
}

/** Shows the first question's answer. `written` is the answer with nothing moved, if it is known. */
export function showHeadline(answer, asOf, written) {
  setText(byId("as-of"), asOf ? `As of ${asOf}` : "");
  setText(byId("question"), answer.ask);
  byId("conditions").replaceChildren(
    ...answer.conditions.map((text) => element("li", {}, text)));
  setText(byId("percent"), answer.percent);
  setText(byId("words"), answer.words);
  const { probability, band } = answer.raw;
  const scale = document.querySelector(".scale");
  scale.hidden = probability === null;
  if (probability !== null) {
    byId("scale-mark").style.left = position(probability);
    byId("scale-band").style.left = position(band.low);
    byId("scale-band").style.width = position(band.high - band.low);
  }
  const parts = [];
  if (answer.band) {
    parts.push(`Over the assumptions: ${answer.band} (5th to 95th percentile).`);
    parts.push(`Sampling error: ${answer.sampling} points.`);
  } else if (probability !== null) {
    parts.push("No range: every quantity is a single number.");
  }
  setText(byId("uncertainty"), [...parts, ...answer.notes].join(" "));
  setText(byId("criteria"), criteria(answer));
  const versus = byId("versus");
  const other = written?.raw.probability;
  const isMoved = other !== undefined && other !== null && probability !== null
    && written.percent !== answer.percent;
  versus.hidden = !isMoved;
  byId("before").hidden = !answer.before;
  setText(byId("before"), answer.before ? `Before the evidence: ${answer.before}.` : "");
  // The thin mark is where the answer was: as written, or else before the evidence.
  const prior = answer.raw.prior?.probability;
  const was = isMoved ? other : prior ?? null;
  byId("scale-written").hidden = was === null;
  if (was !== null) byId("scale-written").style.left = position(was);
  if (isMoved) {
    const points = (probability - other) * 100;
    const size = Math.abs(points) >= 10 ? Math.round(Math.abs(points)) : Math.abs(points).toFixed(1);
    setText(versus, `${written.percent} as written: ${points > 0 ? "up" : "down"} ${size} points.`);
  }
}

function criteria(answer) {
  if (answer.by) return `By ${answer.by}. ${answer.resolves ?? "What decides it is not stated."}`;
  return `In this story, undated. ${answer.resolves ?? ""}`.trim();
}

/** Shows the other questions; one that is chosen becomes the first. */
export function showOthers(forecast, first, choose) {
  const others = forecast.shown
    .map((answer, index) => ({ answer, raw: forecast.ask.questions[index] }))
    .filter(({ answer }) => answer.id !== first);
  byId("others-block").hidden = others.length === 0;
  const list = byId("others");
  keepingFocus(list, () => list.replaceChildren(
    ...others.map(({ answer, raw }) => {
      const bar = element("span", { class: "bar", "aria-hidden": "true" }, element("span"));
      bar.firstChild.style.width = position(raw.probability ?? 0);
      return element(
        "li", {},
        element(
          "button",
          {
            type: "button", title: "Ask this question first",
            on: { click: () => choose(answer.id) },
          },
          element("span", { class: "value" }, answer.percent),
          element(
            "span", { class: "ask" }, answer.ask,
            answer.conditions.length
              ? element("span", { class: "condition" }, answer.conditions.join("; ")) : null,
            element("span", { class: "words" }, answer.words + (answer.band ? ` · ${answer.band}` : ""))),
          bar));
    })));
}

/** Shows the likeliest course; `offer(anchor, step, value)` says what can be done with a move. */
export function showLine(forecast, canOffer, offer) {
  const { main_line: line } = forecast.ask;
  const list = byId("line");
  keepingFocus(list, () => list.replaceChildren(
    ...line.map((step, index) =>
      element(
        "li", {},
        element("span", { class: "value" }, forecast.line[index]),
        element("span", { class: step.party ? "party" : "party chance" }, step.party ?? "chance"),
        canOffer(step.step)
          ? element(
            "button",
            {
              type: "button", class: "link", "aria-haspopup": "menu", "aria-expanded": "false",
              on: { click: (event) => offer(event.currentTarget, step.step, step.value) },
            }, `${step.step}: ${step.value}`)
          : element("span", {}, `${step.step}: ${step.value}`)))));
}

/** Shows how it ends, all told. */
export function showOutcomes(forecast) {
  byId("outcomes").replaceChildren(
    element(
      "thead", { class: "hidden" },
      element(
        "tr", {}, element("th", { scope: "col" }, "Outcome"),
        element("th", { scope: "col" }, "Probability"), element("th", { scope: "col" }, "Bar"))),
    element(
      "tbody", {},
      ...forecast.ask.outcomes.map((outcome, index) => {
        const bar = element("span", { class: "bar", "aria-hidden": "true" }, element("span"));
        bar.firstChild.style.width = position(outcome.probability);
        return element(
          "tr", {}, element("th", { scope: "row" }, outcome.outcome),
          element("td", { class: "value" }, forecast.outcomes[index]), element("td", {}, bar));
      })));
}

/** Shows method and certificate, and the command that gives the same. */
export function showMethod(forecast, command) {
  setText(byId("method"), forecast.method);
  setText(byId("command"), command);
}
