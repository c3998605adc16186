/** Colors for the text of a scenario: comments, keys, quoted text, numbers. Line by line. */

import { element } from "./dom.js";

const token =
  /(#.*$)|("(?:[^"\\]|\\.)*"?)|((?:^\s*(?:- )?|[{,]\s*)[^\s:{}[\],#"'][^:{}[\],#"]*?(?=:(?:\s|$)))|(\b\d+(?:\.\d+)?%?|\.\.)/g;
const kinds = ["", "comment", "quoted", "key", "figure"];

/** One line as an element; `marks` are `{column, length, severity}`, columns from 1. */
export function lineElement(line, marks) {
  const node = element("div", { class: marks.length ? `row ${worst(marks)}` : "row" });
  if (!line && !marks.length) {
    node.append("\n");
    return node;
  }
  const pieces = split(line);
  const characters = marks.length ? covered(line, marks) : null;
  let place = 0;
  for (const { text, kind } of pieces) {
    if (!characters) {
      node.append(kind ? element("span", { class: kind }, text) : text);
      continue;
    }
    // A piece is cut where a mark begins or ends.
    let start = 0;
    for (let index = 1; index <= text.length; index += 1) {
      const isEnd = index === text.length;
      if (!isEnd && characters[place + index] === characters[place + start]) continue;
      const mark = characters[place + start];
      const classes = [kind, mark && `mark ${mark}`].filter(Boolean).join(" ");
      const part = text.slice(start, index);
      node.append(classes ? element("span", { class: classes }, part) : part);
      start = index;
    }
    place += text.length;
  }
  if (marks.some((mark) => mark.column > line.length)) {
    node.append(element("span", { class: `mark ${worst(marks)}` }, " "));
  }
  return node;
}

const worst = (marks) =>
  marks.some((mark) => mark.severity === "error") ? "error" : "warning";

function covered(line, marks) {
  const result = new Array(line.length).fill("");
  for (const { column, length, severity } of marks) {
    const end = Math.min(line.length, column - 1 + length);
    for (let index = Math.max(0, column - 1); index < end; index += 1) {
      if (result[index] !== "error") result[index] = severity;
    }
  }
  return result;
}

function split(line) {
  const pieces = [];
  // What is very long is nobody's prose.
  if (line.length > 2000) return [{ text: line, kind: "" }];
  let end = 0;
  for (const match of line.matchAll(token)) {
    if (match.index > end) pieces.push({ text: line.slice(end, match.index), kind: "" });
    const kind = kinds[match.slice(1).findIndex((group) => group !== undefined) + 1];
    pieces.push({ text: match[0], kind });
    end = match.index + match[0].length;
  }
  if (end < line.length) pieces.push({ text: line.slice(end), kind: "" });
  return pieces;
}
