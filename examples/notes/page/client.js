// The conversation with the server: every request goes out with the conditions that it needs.
//
// A browser revalidates by itself, but hides it: its own 304 reaches a script as a 200. To show each exchange, the page
// keeps the validators itself, and tells the browser's cache to stay out of it (`no-store`).

const KEPT = "kept ";

/** What is told of each exchange: an event "exchange" with the exchange as its `detail`. */
export const exchanges = new EventTarget();

/** There was no answer. */
export class Unreachable extends Error {}

/** Fetches the text at this path, or learns that the one that is kept is still good. */
export async function get(path) {
  const kept = JSON.parse(sessionStorage.getItem(KEPT + path));
  const answer = await exchange("GET", path, kept ? { "If-None-Match": kept.etag } : {});
  if (answer.status === 304) {
    return { ...answer, ...kept };
  }
  return answer.ok ? keep(path, answer) : forget(path, answer);
}

/** Writes the text in place of the version with this tag; without a tag, only where there is nothing yet. */
export async function put(path, text, etag) {
  const condition = etag ? { "If-Match": etag } : { "If-None-Match": "*" };
  const answer = await exchange("PUT", path, condition, text);
  return answer.ok ? keep(path, { ...answer, text }) : answer;
}

/** Deletes the version with this tag, and no other. */
export async function remove(path, etag) {
  const answer = await exchange("DELETE", path, { "If-Match": etag });
  return answer.ok ? forget(path, answer) : answer;
}

/** The version in a tag of the form "database.version". */
export function version(etag) {
  return etag.slice(etag.lastIndexOf(".") + 1).replaceAll('"', "");
}

function keep(path, answer) {
  const { etag, text } = answer;
  try {
    sessionStorage.setItem(KEPT + path, JSON.stringify({ etag, text }));
  } catch {
    // No room for it: the next answer is a 200.
    sessionStorage.removeItem(KEPT + path);
  }
  return answer;
}

function forget(path, answer) {
  sessionStorage.removeItem(KEPT + path);
  return answer;
}

async function exchange(method, path, headers, body) {
  const response = await fetch(path, { method, headers, body, cache: "no-store" }).catch((error) => {
    throw new Unreachable(path, { cause: error });
  });
  const { ok, status, statusText } = response;
  const etag = response.headers.get("ETag");
  const why = decision(response.headers.get("Preconditions-Decision"));
  const detail = { method, path, sent: Object.entries(headers), status, statusText, etag, ...why };
  exchanges.dispatchEvent(new CustomEvent("exchange", { detail }));
  return { ok, status, etag, text: await response.text(), why: why.why };
}

// `not-modified; by=If-None-Match; why="The client holds …"`
function decision(field) {
  const [, by, why] = field?.match(/^[a-z-]+(?:; by=([A-Za-z-]+))?; why="(.*)"$/) ?? [];
  return { by, why };
}
