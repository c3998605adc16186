/**
 * The page's line to the server: one stream of events, and requests that carry rising numbers.
 * Headers carry the token of this run, which an EventSource could not send.
 */

const token = document.querySelector('meta[name="entente-token"]').content;
const page = crypto.randomUUID().replaceAll("-", "");
const headers = { "X-Entente-Token": token };
const handlers = {};
let number = 0;
let ready = null;
/** The text that was sent last, with which request, and whether the server is known to have it. */
let sent = { text: null, number: 0, isThere: false };

/** Calls `handler(data)` for events of a name. `lost` and `found` tell of the line itself. */
export function on(name, handler) {
  handlers[name] = handler;
}

function tell(name, data) {
  if (data?.number >= sent.number) sent.isThere = true;
  handlers[name]?.(data);
}

/** The number of the newest request. */
export const latest = () => number;

async function refusal(response) {
  try {
    const { diagnostics } = await response.json();
    const first = diagnostics[0];
    const error = new Error(first.message + (first.remedy ? `: ${first.remedy}` : ""));
    error.code = first.code;
    return error;
  } catch {
    return new Error(`the server answers ${response.status}`);
  }
}

/** Opens the stream, and opens it again whenever it is lost. */
export function open() {
  ready = new Promise((resolve) => listen(resolve));
  return ready;
}

async function listen(opened) {
  let wait = 250;
  for (;;) {
    try {
      const response = await fetch(`/api/events?page=${page}`, { headers, cache: "no-store" });
      if (!response.ok) throw await refusal(response);
      wait = 250;
      await read(response.body, opened);
    } catch (error) {
      tell("lost", error);
    }
    await new Promise((resolve) => setTimeout(resolve, wait));
    wait = Math.min(wait * 2, 5000);
  }
}

async function read(body, opened) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let buffer = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) throw new Error("the line was closed");
    buffer += value;
    let end;
    while ((end = buffer.indexOf("\n\n")) >= 0) {
      const message = buffer.slice(0, end);
      buffer = buffer.slice(end + 2);
      const name = /^event: (.*)$/m.exec(message)?.[1];
      const data = /^data: (.*)$/m.exec(message)?.[1];
      if (!name) continue;
      if (name === "hello") {
        sent = { text: null, number: 0, isThere: false };
        opened();
        tell("found", null);
      } else {
        tell(name, data ? JSON.parse(data) : null);
      }
    }
  }
}

async function post(path, message) {
  return fetch(path, {
    method: "POST",
    headers: { ...headers, "Content-Type": "application/json" },
    body: JSON.stringify(message),
  });
}

/**
 * Sends a request; gives its number at once. A newer one ends the older one's work. The text goes
 * along until the server is known to have it: a slider's movement is a few bytes.
 */
export function ask(message) {
  number += 1;
  const mine = number;
  (async () => {
    await ready;
    if (mine !== number) return;
    try {
      const response = await post("/api/ask", { page, number: mine, ...withoutKnownText(message, mine) });
      if (!response.ok && mine === number) throw await refusal(response);
    } catch (error) {
      if (error.code === "no-text" && mine === number) {
        sent = { text: null, number: 0, isThere: false };
        ask(message);
      } else {
        tell("lost", error);
      }
    }
  })();
  return mine;
}

function withoutKnownText(message, mine) {
  if (message.text === sent.text) return sent.isThere ? { ...message, text: undefined } : message;
  sent = { text: message.text, number: mine, isThere: false };
  return message;
}

/** The file as it is on disk. */
export async function loadFile() {
  const response = await fetch("/api/file", { headers, cache: "no-store" });
  if (!response.ok) throw await refusal(response);
  return response.json();
}

/** Saves over the file with this digest; gives the new one. */
export async function saveFile(text, digest) {
  const response = await post("/api/save", { text, digest });
  if (!response.ok) throw await refusal(response);
  return (await response.json()).digest;
}
