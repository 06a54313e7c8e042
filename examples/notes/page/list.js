// The list of notes.

import { element } from "./element.js";

const list = document.querySelector("#list");
const ago = new Intl.RelativeTimeFormat("en", { numeric: "auto", style: "short" });

/** Shows these notes, and which of them is open. */
export function showList(notes, open) {
  list.replaceChildren(...notes.map((note) => entry(note, note.id === open)));
}

function entry({ id, title, version, modified }, open) {
  const link = element("a", { href: `#${encodeURIComponent(id)}` }, title || "Untitled", element("small", {}, `version ${version} · ${since(modified)}`));
  if (open) {
    link.setAttribute("aria-current", "page");
  }
  return element("li", {}, link);
}

function since(seconds) {
  const minutes = Math.round((seconds - Date.now() / 1000) / 60);
  const [count, unit] = minutes > -60 ? [minutes, "minute"] : minutes > -1440 ? [minutes / 60, "hour"] : [minutes / 1440, "day"];
  return minutes === 0 ? "just now" : ago.format(Math.round(count), unit);
}
