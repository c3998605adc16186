/**
 * What the author has made of the page: text, quantities set anew, steps supposed, the question
 * asked first. Every change is an undoable step; changes of one kind that follow each other
 * quickly are one step.
 */

const listeners = new Set();
let current = { text: "", settings: {}, supposing: {}, question: null };
let past = [];
let future = [];
let group = { kind: null, time: 0 };

/** How long a pause ends a group of changes. */
const pause = 900;
/** How many steps can be undone. */
const most = 500;

/** The state as it is; not to be changed in place. */
export const state = () => current;

/** Calls `listener(state, previous, origin)` after each change. */
export function onChange(listener) {
  listeners.add(listener);
}

function replace(next, origin) {
  const previous = current;
  current = next;
  for (const listener of listeners) listener(current, previous, origin);
}

/** Changes some members; `kind` names what belongs together, such as one slider's movement. */
export function change(members, kind) {
  const now = performance.now();
  if (kind === null || kind !== group.kind || now - group.time > pause) {
    past.push(current);
    if (past.length > most) past.shift();
  }
  future = [];
  group = { kind, time: now };
  replace({ ...current, ...members }, "change");
}

/** Ends a group, so that the next change is a step of its own. */
export function endGroup() {
  group = { kind: null, time: 0 };
}

/** Begins with a state; nothing before it can be undone. */
export function begin(next) {
  past = [];
  future = [];
  endGroup();
  replace(next, "begin");
}

export const canUndo = () => past.length > 0;
export const canRedo = () => future.length > 0;

export function undo() {
  if (!canUndo()) return;
  future.push(current);
  endGroup();
  replace(past.pop(), "undo");
}

export function redo() {
  if (!canRedo()) return;
  past.push(current);
  endGroup();
  replace(future.pop(), "redo");
}

/** Sets a quantity anew, or gives it its own estimate back. */
export function setQuantity(name, value, kind) {
  const settings = { ...current.settings };
  if (value === null) delete settings[name];
  else settings[name] = value;
  change({ settings }, kind ?? null);
}

/** Supposes that a step goes one way, or lets it go. */
export function suppose(step, option) {
  const supposing = { ...current.supposing };
  if (option === null) delete supposing[step];
  else supposing[step] = option;
  change({ supposing }, null);
}

/** The suppositions as the command line writes them. */
export const supposed = (of = current) =>
  Object.entries(of.supposing).map(([step, option]) => `${step} = ${option}`);

/** The settings as the server takes them, in one order whatever was moved first. */
export const settingsList = (of = current) =>
  Object.keys(of.settings).sort().map((name) => ({ name, value: of.settings[name] }));

// The address keeps the state: a link or a reload brings it back. A changed text is kept while it
// is short enough for an address.

const longest = 60000;

/** The state as a fragment of the address; `file` is the text as it was loaded. */
export function toFragment(of, file, columns) {
  const kept = {};
  if (Object.keys(of.settings).length) kept.set = of.settings;
  if (Object.keys(of.supposing).length) kept.suppose = of.supposing;
  if (of.question) kept.question = of.question;
  if (of.text !== file && of.text.length <= longest) kept.text = of.text;
  if (columns.length) kept.columns = columns;
  if (!Object.keys(kept).length) return "";
  const bytes = new TextEncoder().encode(JSON.stringify(kept));
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return "#" + btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** What a fragment keeps; nothing if it is none of ours. */
export function fromFragment(fragment) {
  try {
    const binary = atob(fragment.slice(1).replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    const kept = JSON.parse(new TextDecoder().decode(bytes));
    const strings = (value) =>
      Object.fromEntries(
        Object.entries(value && typeof value === "object" ? value : {}).filter(
          ([, item]) => typeof item === "string"));
    return {
      settings: strings(kept.set),
      supposing: strings(kept.suppose),
      question: typeof kept.question === "string" ? kept.question : null,
      text: typeof kept.text === "string" ? kept.text : null,
      columns: Array.isArray(kept.columns) ? kept.columns : [],
    };
  } catch {
    return { settings: {}, supposing: {}, question: null, text: null, columns: [] };
  }
}
