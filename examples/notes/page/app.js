// The page: which note is open, what of it is not saved, and what becomes of it.

import { Failure, get, put, remove, version } from "./client.js";
import { choose, close } from "./conflict.js";
import { showList } from "./list.js";
import "./exchanges.js";

const find = (id) => document.querySelector(`#${id}`);
const [editor, text] = [find("editor"), find("text")];

// The note that is open: its name, and the version that the text on the page is an edit of. `etag` is null, and `saved`
// empty, for a note that is not on the server.
let note = { id: "", etag: null, saved: "" };

const path = (id) => `/notes/${encodeURIComponent(id)}`;
const unsaved = () => text.value !== note.saved;
const named = () => decodeURIComponent(location.hash.slice(1)) || "welcome";

// An edit that is not saved outlives a reload, with the tag of the version that it is an edit of.
const DRAFT = "draft ";
const draftOf = (id) => JSON.parse(sessionStorage.getItem(DRAFT + id));

function keepDraft(edited = note, words = text.value) {
  if (words === edited.saved) {
    sessionStorage.removeItem(DRAFT + edited.id);
  } else {
    sessionStorage.setItem(DRAFT + edited.id, JSON.stringify({ ...edited, text: words }));
  }
}

function show(next, words = next.saved) {
  note = next;
  text.value = words;
  text.readOnly = false;
  close();
  editor.hidden = false;
  describe();
}

function describe() {
  const title = text.value.split("\n", 1)[0] || "Untitled";
  find("title").textContent = title;
  document.title = `${title} – Notes`;
  find("version").textContent = note.etag ? `version ${version(note.etag)}` : "new";
  find("state").textContent = unsaved() ? "not saved" : "";
  find("delete").hidden = !note.etag;
  editor.classList.toggle("unsaved", unsaved());
}

function say(words) {
  find("status").textContent = words;
}

async function refreshList() {
  const { text } = await get("/notes");
  showList(JSON.parse(text), note.id);
}

async function open(id) {
  const draft = draftOf(id);
  say("");
  if (draft) {
    // First of all: an edit is there to go on with, whatever the server answers.
    show({ id, etag: draft.etag, saved: draft.saved }, draft.text);
  }
  const shown = note;
  if (!draft || draft.etag) {
    const { found, etag, text: current } = await get(path(id));
    if (id !== named() || (draft && note !== shown)) {
      // Another note has been opened meanwhile, or the edit has been saved.
      return;
    }
    if (draft) {
      say(draft.etag === etag ? "Your edit is still here." : "Your edit is still here. The note has changed since.");
    } else {
      show(found ? { id, etag, saved: current } : { id, etag: null, saved: "" });
    }
  }
  await refreshList();
}

async function save() {
  if (editor.ariaBusy === "true") {
    return;
  }
  const [edited, words] = [note, text.value];
  say("Saving …");
  editor.ariaBusy = "true";
  const answer = await put(path(edited.id), words, edited.etag).finally(() => (editor.ariaBusy = "false"));
  const saved = { id: edited.id, etag: answer.etag, saved: words };
  if (note !== edited) {
    // Another note has been opened meanwhile; what was refused, or typed since, is still a draft of this one.
    if (answer.ok) {
      keepDraft(saved, draftOf(edited.id)?.text ?? words);
    }
    await refreshList();
  } else if (answer.status === 412) {
    await settle(answer.why);
  } else {
    note = saved;
    keepDraft();
    describe();
    say(`Saved as version ${version(answer.etag)}.`);
    await refreshList();
  }
}

/** Another edit came first: shows both, and does what is chosen. */
async function settle(why) {
  say("");
  const edited = note;
  const { found, etag, text: current } = await get(path(edited.id));
  if (note !== edited) {
    return;
  }
  const theirs = { why, etag: found ? etag : null, text: found ? current : null };
  // As it stands now: it may have grown since it was sent.
  const mine = { etag: edited.etag, base: edited.saved, text: text.value };
  editor.hidden = true;
  attempt(refreshList)();
  const { from, text: chosen } = await choose(mine, theirs);
  // What is saved now is an edit of their version, and is guarded by its tag.
  show({ id: edited.id, etag: theirs.etag, saved: theirs.text ?? "" }, chosen ?? "");
  keepDraft();
  text.focus();
  if (from === "theirs") {
    say(found ? `You have version ${version(theirs.etag)} now.` : "The note is gone.");
    await refreshList();
  } else {
    await save();
  }
}

async function drop() {
  const edited = note;
  const answer = await remove(path(edited.id), edited.etag);
  if (answer.status !== 412) {
    sessionStorage.removeItem(DRAFT + edited.id);
  }
  if (note !== edited) {
    // Another note has been opened meanwhile, and stays open.
    await refreshList();
  } else if (answer.status === 412) {
    await settle(answer.why);
  } else {
    location.hash = "welcome";
    await open(named());
    say("Deleted.");
  }
}

/** Asks whether anything has changed; the answer is mostly 304. */
async function revalidate() {
  await refreshList();
  const open = note;
  if (unsaved() || !open.etag || editor.hidden) {
    return;
  }
  const { ok, etag, text: current } = await get(path(open.id));
  if (ok && note === open && !unsaved()) {
    show({ id: note.id, etag, saved: current });
    say(`Version ${version(etag)} was saved elsewhere; here it is.`);
  }
}

/** Runs one of these; where the server fails, what is on the page stays. */
const attempt = (action) => async (...input) => {
  try {
    await action(...input);
  } catch (error) {
    if (!(error instanceof Failure)) {
      throw error;
    }
    say(error.message);
  }
};

editor.addEventListener("submit", (event) => {
  event.preventDefault();
  attempt(save)();
});
text.addEventListener("input", () => {
  describe();
  keepDraft();
});
document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === "s") {
    event.preventDefault();
    const form = editor.hidden ? find("merging") : editor;
    if (!form.hidden) {
      form.requestSubmit();
    }
  }
});
find("new").addEventListener("click", () => {
  const id = crypto.getRandomValues(new Uint32Array(1))[0].toString(36);
  sessionStorage.setItem(DRAFT + id, JSON.stringify({ id, etag: null, saved: "", text: "" }));
  location.hash = id;
  text.focus();
});
find("delete").addEventListener("click", () => {
  if (confirm("Delete this note?")) {
    attempt(drop)();
  }
});
find("revalidate").addEventListener("click", attempt(revalidate));
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) {
    attempt(revalidate)();
  }
});
addEventListener("hashchange", () => attempt(open)(named()));
attempt(open)(named());
