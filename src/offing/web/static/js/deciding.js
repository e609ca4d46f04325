// Decide and on to the next at once. A decision goes into an outbox first, so that nothing is lost when the network or
// the session ends; it carries a mark, so that the server takes it once however often it is sent.
import { changes } from "./edits.js";
import { forget } from "./drafts.js";
import { composes, free } from "./guard.js";
import { madeNow, unmade } from "./justmade.js";
import { reserve } from "./lease.js";
import { drop, notice, say } from "./say.js";

const OUTBOX = "offing:outbox";
const csrf = () => document.querySelector('meta[name="csrf"]')?.content ?? "";
const who = () => document.querySelector('meta[name="who"]')?.content ?? "";
const fetched = new Map(); // address → promise of a page's text
let sending = Promise.resolve();
let started = () => {};
let claim = null; // the decision that the page says is made, before the server has said so
let heading = null; // the address of the page that is about to be shown
let stays = null; // a decision of one's own that others decided on since: undo goes on with those before it

/** Have a function called whenever another page stands in <main>. */
export function onPage(call) {
  started = call;
  window.addEventListener("popstate", () => go(location.href, false));
}

export function begin(main) {
  const form = main.querySelector("form[data-decide]");
  form?.addEventListener("submit", (event) => decide(event, form));
  if (form) main.addEventListener("keydown", (event) => enter(event, form));
  main.querySelector("form[data-undo]")?.addEventListener("submit", (event) => undo(event));
  for (const link of main.querySelectorAll(".bar .steps a"))
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      go(link.href, true, null, link.rel === "next");
    });
  const next = main.querySelector("a[data-prefetch]");
  if (next) setTimeout(() => load(next.href), 60);
}

/** Enter in a field decides nothing and breaks no line: it leaves the field, or takes the day that stands in it. */
function enter(event, form) {
  const input = event.target;
  if (event.key !== "Enter" || composes(event) || event.defaultPrevented || input.form !== form || !input.matches("input, textarea, select")) return;
  event.preventDefault();
  if (input.name === "until") return input.closest(".row").querySelector("button").click();
  const field = input.closest("[data-field]");
  input.blur();
  field?.focus();
}

/** Send what is left of an earlier page or session, if the same person is logged in. */
export function flush() {
  if (!csrf()) return;
  for (const item of outbox().filter((each) => each.by === who())) send(item);
}

function outbox() {
  return JSON.parse(localStorage.getItem(OUTBOX) ?? "[]");
}

function write(items) {
  localStorage.setItem(OUTBOX, JSON.stringify(items));
}

async function decide(event, form) {
  if (event.submitter?.hasAttribute("formaction")) return; // taking back is a form of its own
  event.preventDefault();
  const edited = changes(form).length > 0;
  const data = new FormData(form, event.submitter);
  data.delete("csrf");
  const token = data.get("token"); // of the page: whatever is sent from it, by whatever way, is one decision
  const item = { by: who(), candidate: form.dataset.decide, path: form.getAttribute("action"), token, fields: [...data] };
  write([...outbox().filter((each) => each.token !== token), item]);
  stays = null;
  const next = form.querySelector('a[rel="next"]')?.href;
  for (const menu of form.querySelectorAll("details[open]")) menu.open = false;
  const said = inFull(event.submitter, form);
  if (edited || !next) {
    const answer = await send(item); // corrections may be refused, and the queue has to know: wait before going on
    if (!answer) return free();
    say(said, true);
    return go(answer.next, true, { said }, true);
  }
  claim = { token, said };
  say(said, true);
  send(item);
  await go(next, true, claim, true);
}

/** What is decided, by verdict and name. */
function inFull(button, form) {
  const { decide: candidate, name } = form.dataset;
  const done = button.dataset.said ? `candidate ${candidate} ${button.dataset.said}` : words(button.value, candidate);
  return `${done}: ${name}`;
}

function words(judgement, candidate) {
  const [word] = judgement.split(":");
  const done = { accept: "accepted", update: "accepted", reject: "rejected", defer: "deferred", duplicate: "called a duplicate" };
  return `candidate ${candidate} ${done[word] ?? word}`;
}

/** Send one decision, after those before it. Resolves to the answer, or to null where it was not taken. */
function send(item) {
  sending = sending.then(() => post(item)).catch(() => null);
  return sending;
}

async function post(item) {
  if (!outbox().some((each) => each.token === item.token)) return null;
  const body = new URLSearchParams(item.fields);
  let answer;
  try {
    answer = await fetch(item.path, { method: "POST", body, headers: headers(), redirect: "manual", keepalive: true });
  } catch {
    notice("outbox", `Not sent: the server cannot be reached. ${left()} kept in this browser.`, [["Try again", location.href]]);
    return null;
  }
  if (answer.status === 401 || answer.status === 403 || answer.type === "opaqueredirect") return loggedOut();
  write(outbox().filter((each) => each.token !== item.token));
  const told = await answer.json().catch(() => ({ error: "the server could not take it" }));
  if (!answer.ok) return refused(item, told);
  forget(item.candidate);
  drop("outbox");
  return told;
}

const headers = () => ({ Accept: "application/json", "X-CSRF-Token": csrf() });

function left() {
  const count = outbox().length;
  return count === 1 ? "The decision is" : `${count} decisions are`;
}

function loggedOut() {
  const at = new URL(heading ?? location.href);
  const here = encodeURIComponent(at.pathname + at.search);
  notice("outbox", `Your session has ended. ${left()} kept in this browser and will be sent when you are back.`, [
    ["Log in", `/login?next=${here}`],
  ]);
  return null;
}

/** Not taken: say what the others did and what was wanted here; what was typed stays a draft of the candidate. */
function refused(item, told) {
  unsay(item);
  const theirs = (told.theirs ?? []).map((each) => `${each.by} ${each.done} it${changed(each.changes)}`).join("; ");
  const fields = Object.fromEntries(item.fields);
  const mine = words(fields.judgement, item.candidate);
  const typed = Object.entries(fields).filter(([name, value]) => name.startsWith("edit.") && value);
  const both = theirs ? ` There: ${theirs}. Yours: ${mine}.` : "";
  const kept = localStorage.getItem(`offing:draft:${item.by}:${item.candidate}`) && typed.length ? " What you typed is kept." : "";
  notice(`refused-${item.candidate}`, `Not decided, candidate ${item.candidate}: ${told.error}.${both}${kept}`, [
    ["Open it", `/candidate/${item.candidate}`],
  ]);
  return null;
}

/** Take back what the page said of a decision that was not taken. */
function unsay(item) {
  say(`Candidate ${item.candidate} is not decided`);
  if (claim?.token !== item.token) return;
  unmade();
  claim = null;
}

const asSentence = (text) => text.charAt(0).toUpperCase() + text.slice(1);

function changed(list) {
  return list?.length ? ` (${list.map(([name, , after]) => `${name}: ${after}`).join(", ")})` : "";
}

async function undo(event) {
  event.preventDefault();
  await sending;
  const waiting = outbox().filter((each) => each.by === who());
  if (waiting.length) {
    const last = waiting.at(-1);
    write(outbox().filter((each) => each.token !== last.token));
    say(`Candidate ${last.candidate}: withdrawn before it was sent`);
    return go(`/candidate/${last.candidate}`);
  }
  const body = new URLSearchParams(new FormData(event.target));
  if (stays) body.set("before", stays);
  const answer = await fetch("/undo", { method: "POST", body, headers: headers(), redirect: "manual" }).catch(() => null);
  if (!answer || answer.status === 401) {
    free();
    return loggedOut();
  }
  const told = await answer.json();
  if (!answer.ok) {
    stays = told.before ?? stays;
    free();
    return say(told.before ? `${told.error}. Press Undo again to undo the step before it` : told.error);
  }
  fetched.clear();
  unmade();
  await go(told.next);
  say(told.said);
}

function load(address) {
  if (!fetched.has(address)) {
    const page = fetch(address, { headers: { Accept: "text/html" } }).then((answer) =>
      answer.ok && !new URL(answer.url).pathname.startsWith("/login") ? answer.text() : null,
    );
    fetched.set(address, page.catch(() => null));
  }
  return fetched.get(address);
}

/** Put another page into <main>; the whole of it is loaded where that cannot be. A step goes past what others have open. */
async function go(address, push = true, action = null, step = false) {
  const url = new URL(address, location.href).href;
  heading = url;
  const text = await load(url);
  fetched.delete(url);
  if (text === null) {
    heading = null;
    if (outbox().length) return free(); // what is not sent is told already; going on would hide it
    location.href = url;
    return;
  }
  const page = new DOMParser().parseFromString(text, "text/html");
  const main = page.getElementById("main");
  const other = step ? await reserve(main, (free) => go(free, "replace", null, true)) : null;
  if (other) return go(other, push, action, true);
  const token = page.querySelector('meta[name="csrf"]')?.content;
  if (token) document.querySelector('meta[name="csrf"]').content = token;
  document.getElementById("main").replaceWith(document.adoptNode(main));
  document.title = page.title;
  heading = null;
  if (push) history[push === "replace" ? "replaceState" : "pushState"](null, "", url);
  scrollTo(0, 0);
  if (action && (!action.token || action === claim)) madeNow(asSentence(action.said));
  started();
  if (!main.contains(document.activeElement)) (main.querySelector("h1[tabindex]") ?? main).focus({ preventScroll: true });
}
