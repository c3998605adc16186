/**
 * What lies behind the answer: the report's sections, as the server sends them. Tables sort by a
 * click on a heading.
 */

import { byId, element, setText } from "./dom.js";

let fresh = null;

/** A report has been asked for and is not complete. */
export const isReporting = () => fresh !== null;

/** Begins a report; the old one stays, dimmed, until the new one is there. */
export function beginReport() {
  fresh = [];
  byId("report").setAttribute("aria-busy", "true");
  byId("explain").disabled = true;
  setText(byId("report-hint"), "Looking for reasons, drivers, thresholds and deals…");
}

/** Takes one section. The HTML is our own server's, with every text of the scenario escaped. */
export function addSection({ id, heading, html }) {
  if (!fresh) return;
  const body = element("div", { class: "body" });
  body.innerHTML = html;
  body.querySelectorAll("table").forEach(makeSortable);
  body.querySelector('[id^="story-"]')?.closest("figure")?.classList.add("paper");
  fresh.push(
    element(
      "details", { class: "panel", id: `panel-${id}`, open: true },
      element("summary", {}, element("h3", {}, heading)), body));
}

/** The report is complete. */
export function endReport() {
  if (!fresh) return;
  byId("report").replaceChildren(...fresh);
  fresh = null;
  settle("For the state shown.");
}

/** The state has moved on: what is shown is about an earlier one. */
export function outdateReport() {
  const isShown = byId("report").childElementCount > 0;
  fresh = null;
  settle(
    isShown
      ? "This explains an earlier state. Explain again for the one shown."
      : "Reasons, drivers, thresholds and deals for the state shown. It takes some seconds.");
  byId("report").classList.toggle("outdated", isShown);
}

function settle(text) {
  byId("report").removeAttribute("aria-busy");
  byId("report").classList.remove("outdated");
  byId("explain").disabled = false;
  setText(byId("report-hint"), text);
}

const number = (text) => {
  const match = /-?\d[\d,]*(?:\.\d+)?/.exec(text.replace("−", "-"));
  return match ? Number(match[0].replaceAll(",", "")) : null;
};

function makeSortable(table) {
  const heads = [...table.querySelectorAll("thead th")];
  const body = table.tBodies[0];
  if (!body || body.rows.length < 5) return;
  heads.forEach((head, column) => {
    const button = element("button", { type: "button", class: "sort" }, ...head.childNodes);
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const isDown = head.getAttribute("aria-sort") === "descending";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", isDown ? "ascending" : "descending");
      const sign = isDown ? 1 : -1;
      const text = (row) => row.cells[column]?.textContent ?? "";
      const sorted = [...body.rows].sort((one, other) => {
        const [left, right] = [number(text(one)), number(text(other))];
        if (left !== null && right !== null && left !== right) return sign * (left - right);
        return sign * text(one).localeCompare(text(other));
      });
      body.append(...sorted);
    });
  });
}
