// Two versions of one note, side by side, and the choice between them.

import { version } from "./client.js";
import { diff, merge } from "./diff.js";
import { element } from "./element.js";

const find = (id) => document.querySelector(`#${id}`);
const view = find("conflict");

/**
 * Resolves to what the note is to be: { text, from: "mine" | "theirs" | "merge" }. Both versions are edits of `mine.base`;
 * the text of theirs is null where the note is deleted.
 */
export function choose(mine, theirs) {
  const title = theirs.etag ? "This note changed while you were writing" : "This note was deleted while you were writing";
  find("conflict-title").textContent = title;
  find("conflict-why").textContent = `${theirs.why} Your edit was refused, and nothing is overwritten. Which is it to be?`;
  find("mine-version").textContent = mine.etag ? `based on version ${version(mine.etag)}` : "a new note";
  find("theirs-version").textContent = theirs.etag ? `version ${version(theirs.etag)}` : "deleted";
  find("keep-hint").textContent = theirs.etag ? "replaces theirs" : "creates it again";
  find("mine").replaceChildren(...side(mine.base, mine.text));
  find("theirs").replaceChildren(...(theirs.etag ? side(mine.base, theirs.text) : []));
  find("merged").value = merge(mine.base, mine.text, theirs.text ?? "");
  find("merge").hidden = !theirs.etag;
  open(false);
  view.hidden = false;
  find("alert").textContent = `${title}. Choose between your version and theirs.`;
  find("conflict-title").focus();

  return new Promise((resolve) => {
    find("keep").onclick = () => resolve({ from: "mine", text: mine.text });
    find("take").onclick = () => resolve({ from: "theirs", text: theirs.text });
    find("merge").onclick = () => open(find("merging").hidden);
    find("merging").onsubmit = (event) => {
      event.preventDefault();
      resolve({ from: "merge", text: find("merged").value });
    };
  }).finally(close);
}

/** Takes the choice away, as when another note is opened. */
export function close() {
  view.hidden = true;
  find("alert").textContent = "";
}

function open(merging) {
  find("merging").hidden = !merging;
  find("merge").setAttribute("aria-expanded", merging);
  if (merging) {
    find("merged").focus();
  }
}

const ELEMENTS = { kept: "span", removed: "del", added: "ins" };

function side(before, after) {
  return diff(before, after).map(({ line, kind }) => element("li", { className: kind }, element(ELEMENTS[kind], {}, line)));
}
