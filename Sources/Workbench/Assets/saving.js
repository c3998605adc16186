/** The file: saved on request only, and never over one that has changed on disk meanwhile. */

import { byId, setText } from "./dom.js";
import { loadFile, saveFile } from "./connection.js";
import { change, state } from "./state.js";

let file = { name: "", text: "", digest: "", saves: false };

/** The text as it was loaded or saved last. */
export const savedText = () => file.text;
export const fileName = () => file.name;

/** Loads the file. */
export async function load() {
  file = await loadFile();
  setText(byId("file-name"), file.name);
  document.title = `${file.name} · Entente`;
  byId("save").hidden = !file.saves;
  return file.text;
}

/** Shows whether there is something to save. */
export function showFileState() {
  const isChanged = state().text !== file.text;
  setText(
    byId("file-state"),
    isChanged ? "unsaved changes" : file.saves ? "saved" : "the seed scenario, not a file");
  byId("save").disabled = !isChanged;
}

/** Saves the text. */
export async function save() {
  const { text } = state();
  if (!file.saves) return download();
  if (text === file.text) return undefined;
  try {
    file = { ...file, digest: await saveFile(text, file.digest), text };
    byId("conflict").hidden = true;
  } catch (error) {
    conflict(error.message);
  }
  return showFileState();
}

function conflict(message) {
  setText(byId("conflict-text"), `Not saved: ${message}.`);
  byId("conflict").hidden = false;
  byId("conflict-reload").focus();
}

/** Hands the text to the browser to be kept as a file. */
export function download() {
  const address = URL.createObjectURL(new Blob([state().text], { type: "application/yaml" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

byId("conflict-close").addEventListener("click", () => {
  byId("conflict").hidden = true;
  byId("save").focus();
});
byId("conflict-download").addEventListener("click", download);
byId("conflict-reload").addEventListener("click", async () => {
  try {
    const text = await load();
    byId("conflict").hidden = true;
    change({ text }, null);
  } catch (error) {
    conflict(error.message);
  }
});

window.addEventListener("beforeunload", (event) => {
  if (file.saves && state().text !== file.text) event.preventDefault();
});
