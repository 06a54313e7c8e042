// The conversation with the server: every request goes out with the conditions that it needs.
//
// A browser revalidates by itself, but hides it: its own 304 reaches a script as a 200. To show each exchange, the page
// keeps the validators itself, and tells the browser's cache to stay out of it (`no-store`).

const KEPT = "kept ";

/** What is told of each exchange: an event "exchange" with the exchange as its `detail`. */
export const exchanges = new EventTarget();

/** There was no answer, or one that tells nothing of the note. The message is for people. */
export class Failure extends Error {}

// What beside success is an answer: it says what is there, or that the condition was false.
const ANSWERS = { GET: [304, 404], PUT: [412], DELETE: [404, 412] };

/** Fetches the text at this path, or learns that the one that is kept is still good; or that none is `found`. */
export async function get(path) {
  const kept = JSON.parse(sessionStorage.getItem(KEPT + path));
  const answer = await exchange("GET", path, kept ? { "If-None-Match": kept.etag } : {});
  if (answer.status === 304) {
    return { ...answer, ...kept, found: true };
  }
  return { ...(answer.ok ? keep(path, answer) : forget(path, answer)), found: answer.ok };
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
  const response = await fetch(path, { method, headers, body, cache: "no-store" }).catch(unreachable);
  const { ok, status, statusText } = response;
  const etag = response.headers.get("ETag");
  const why = decision(response.headers.get("Preconditions-Decision"));
  const detail = { method, path, sent: Object.entries(headers), status, statusText, etag, ...why };
  exchanges.dispatchEvent(new CustomEvent("exchange", { detail }));
  // With the line ends that a text has on the page, so that one of another client does not look edited.
  const text = (await response.text().catch(unreachable)).replace(/\r\n?/g, "\n");
  if (!ok && !ANSWERS[method].includes(status)) {
    throw new Failure(problem(status, text));
  }
  return { ok, status, etag, text, why: why.why };
}

function unreachable(cause) {
  throw new Failure("The server cannot be reached. Your edit is kept on this page.", { cause });
}

// What the server says of it, or something between here and the server, which may not say it in JSON.
function problem(status, text) {
  const answered = `The server answers ${status}.`;
  try {
    return JSON.parse(text).detail ?? answered;
  } catch {
    return answered;
  }
}

// `not-modified; by=If-None-Match; why="The client holds …"`
function decision(field) {
  const [, by, why] = field?.match(/^[a-z-]+(?:; by=([A-Za-z-]+))?; why="(.*)"$/) ?? [];
  // In a string, `"` and `\` are escaped (RFC 9651 §3.3.3).
  return { by, why: why?.replace(/\\(.)/g, "$1") };
}
