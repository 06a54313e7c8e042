// The panel: what was sent, what came back, which field decided, and why.

import { exchanges } from "./client.js";
import { element } from "./element.js";

const SHOWN = 60;
const panel = document.querySelector("#exchanges");
const tally = document.querySelector("#tally");
const counts = new Map();

exchanges.addEventListener("exchange", ({ detail }) => {
  panel.prepend(entry(detail));
  panel.children[SHOWN]?.remove();
  counts.set(detail.status, (counts.get(detail.status) ?? 0) + 1);
  const parts = [...counts].sort().map(([status, count]) => `${count}×${status}`);
  tally.textContent = parts.join(" ");
});

function entry({ method, path, sent, status, statusText, etag, by, why }) {
  const line = element(
    "p",
    { className: "line" },
    element("b", {}, method),
    element("span", { className: "path" }, path),
    element("span", { className: `badge ${kind(status)}`, title: statusText }, String(status)),
  );
  const fields = sent.map(([name, value]) => field("sent", name, value, name === by));
  if (etag) {
    fields.push(field("received", "ETag", etag, false));
  }
  const item = element("li", {}, line, element("ul", {}, ...fields));
  if (why) {
    item.append(element("p", { className: "why" }, why));
  }
  item.dataset.status = status;
  return item;
}

function field(direction, name, value, decided) {
  const item = element("li", { className: direction }, element("b", {}, `${name}:`), ` ${value}`);
  if (decided) {
    item.append(" ", element("em", {}, "decided"));
  }
  return item;
}

function kind(status) {
  if (status === 304) {
    return "unchanged";
  }
  return status < 300 ? "performed" : "refused";
}
