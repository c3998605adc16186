/**
 * Writes observations into a scenario's text and takes them out again. Lines that are about
 * something else stay as they are.
 */

/** What is added to `solve` where it does not say how closely play follows gain. */
export const usualRationality = "rationality: 2 .. 8 .. 30";

/** A value as YAML reads it back, inside braces or not. */
const scalar = (text) =>
  /^[\p{L}\p{N}(][^,[\]{}:#"'&*!|>%@`\n]*$/u.test(text) && text.trim() === text
    ? text : `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;

const isTop = (line) => /^[^\s#-]/.test(line) || /^-\S/.test(line);

/** The lines of a key at the left margin: where it stands and where what it holds ends. */
function section(lines, key) {
  const start = lines.findIndex((line) => new RegExp(`^${key}\\s*:(\\s|$)`).test(line));
  if (start < 0) return null;
  let next = start + 1;
  while (next < lines.length && !isTop(lines[next])) next += 1;
  // What stands before the next key, empty or a remark, belongs to that one.
  let end = next;
  while (end > start + 1 && /^(\s*$|#)/.test(lines[end - 1])) end -= 1;
  const value = lines[start].replace(/^[^:]*:/, "").replace(/(^|\s)#.*$/, "").trim();
  const bracket = /^[[{]/.test(value) ? lines[start].search(/:\s*[[{]/) + 1 : null;
  if (bracket !== null) {
    const close = closing(lines, start, bracket + lines[start].slice(bracket).search(/[[{]/));
    return close && { start, end: close.row + 1, value, close };
  }
  return { start, end, value };
}

/**
 * Where the bracket that opens at a place is closed, and after which character, remarks and spaces
 * aside; null if it is not.
 */
function closing(lines, line, column) {
  const pairs = { "[": "]", "{": "}" };
  const open = [];
  let quote = null;
  let last = "";
  for (let row = line; row < lines.length; row += 1) {
    for (let index = row === line ? column : 0; index < lines[row].length; index += 1) {
      const character = lines[row][index];
      if (quote) {
        if (character === "\\" && quote === '"') index += 1;
        else if (character === quote) quote = null;
      } else if (/["']/.test(character) && /[\s,[{:]/.test(lines[row][index - 1] ?? " ")) {
        quote = character;
      } else if (character === "#" && /\s/.test(lines[row][index - 1] ?? " ")) {
        break;
      } else if (pairs[character]) {
        open.push(pairs[character]);
      } else if (character === open.at(-1)) {
        open.pop();
        if (!open.length) return { row, index, last };
      }
      if (/\S/.test(character)) last = character;
    }
  }
  return null;
}

/** The lines with something added before the bracket that closes a value. */
function addedInside(lines, { close }, added) {
  const before = lines[close.row].slice(0, close.index).trimEnd();
  const comma = /[[{]/.test(close.last) ? "" : close.last === "," ? " " : ", ";
  const result = [...lines];
  result[close.row] = before + comma + added + lines[close.row].slice(close.index);
  return result;
}

/** Where a new key goes: before `solve` and `record` with the remarks above them, else last. */
function newPlace(lines) {
  const places = ["solve", "record"].map((key) => section(lines, key)?.start ?? Infinity);
  let place = Math.min(...places, lines.length);
  while (place > 0 && /^(#.*|\s*)$/.test(lines[place - 1])) place -= 1;
  return place;
}

function withRationality(lines) {
  const found = section(lines, "solve");
  if (!found) {
    const evidence = section(lines, "evidence");
    return [
      ...lines.slice(0, evidence.end), `solve: {${usualRationality}}`, ...lines.slice(evidence.end),
    ];
  }
  if (found.value.startsWith("{")) return addedInside(lines, found, usualRationality);
  if (found.value !== "") return null;
  const indent = /^\s+/.exec(lines[found.start + 1] ?? "")?.[0] ?? "  ";
  return [...lines.slice(0, found.start + 1), indent + usualRationality, ...lines.slice(found.start + 1)];
}

/**
 * The text with one more move that happened. `needsRationality` adds how closely play follows gain.
 * Null where the text is written in a way in which no place for it is found.
 */
export function withObservation(text, { on, happened }, needsRationality) {
  const flow = `{on: ${on}, happened: ${scalar(happened)}}`;
  let lines = text.split("\n");
  const found = section(lines, "evidence");
  if (!found || /^(\[\s*\]|)$/.test(found.value)) {
    const entry = [`  - on: ${on}`, `    happened: ${scalar(happened)}`];
    if (!found) {
      const place = newPlace(lines);
      const rest = lines.slice(place);
      const isLast = rest.every((line) => line.trim() === "");
      lines = [
        ...lines.slice(0, place), "", "evidence:", ...entry, ...(isLast ? [""] : rest),
      ];
    } else {
      const body = lines.slice(found.start + 1, found.end);
      const dash = body.find((line) => /^\s*-(\s|$)/.test(line));
      const indent = dash === undefined ? "  " : /^\s*/.exec(dash)[0];
      const isFlow = dash !== undefined && /^\s*-\s+\{/.test(dash);
      const added = isFlow ? [`${indent}- ${flow}`] : entry.map((line) => indent + line.slice(2));
      const head = found.value === "" ? lines[found.start] : "evidence:";
      lines = [...lines.slice(0, found.start), head, ...body, ...added, ...lines.slice(found.end)];
    }
  } else if (found.value.startsWith("[")) {
    lines = addedInside(lines, found, flow);
  } else {
    return null;
  }
  if (lines && needsRationality) lines = withRationality(lines);
  return lines ? lines.join("\n") : null;
}

/** The text without the observation that begins at a line, counted from 1; null if it is not a line's own. */
export function withoutObservation(text, line) {
  const lines = text.split("\n");
  const found = section(lines, "evidence");
  let first = line - 1;
  while (found && first > found.start && !/^\s*-(\s|$)/.test(lines[first])) first -= 1;
  if (!found || first <= found.start || first >= found.end) return null;
  const indent = /^\s*/.exec(lines[first])[0].length;
  let last = first + 1;
  while (
    last < found.end
    && (lines[last].trim() === "" || /^\s*/.exec(lines[last])[0].length > indent)
  ) {
    last += 1;
  }
  const isOnly = first === found.start + 1 && last === found.end;
  const start = isOnly ? found.start : first;
  // The empty line before what is gone goes, too.
  const from = isOnly && lines[start - 1]?.trim() === "" && (lines[last] ?? "").trim() === "" ? start - 1 : start;
  return [...lines.slice(0, from), ...lines.slice(last)].join("\n");
}

/** The lines that one text has and another has not, with their numbers, where they differ in one place. */
export function addedLines(before, after) {
  const [old, now] = [before.split("\n"), after.split("\n")];
  let first = 0;
  while (first < old.length && old[first] === now[first]) first += 1;
  let tail = 0;
  while (
    tail < old.length - first && tail < now.length - first
    && old[old.length - 1 - tail] === now[now.length - 1 - tail]
  ) {
    tail += 1;
  }
  return now.slice(first, now.length - tail).map((text, index) => ({ line: first + index + 1, text }));
}
