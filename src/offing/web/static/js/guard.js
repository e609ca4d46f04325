// One keystroke, one decision. An action (a form with data-action) is done once a page. The page after it does another one only
// when it has been shown for a moment and the keys that did the first were let go: nobody can have read it before.
import { say } from "./say.js";

const SHOWN = 400; // ms that a page after an action has stood before it takes another: longer than the second tap of a hand
const PAUSE = 1000; // ms: the longest pause before a held key repeats, Windows' slowest; after it the key was let go unseen
const LOST = 10_000; // ms without an answer after which a form may be sent again; the server takes it once
const LEFT = "offing:left"; // what the page before was doing when it was left

const down = new Map(); // keys that are held: code → when they were pressed or repeated last
const repeats = new WeakSet(); // the presses that a key made by being held
let holding = new Set(); // the keys that were down when the last action was done
let shownAt = 0; // when the page after an action was shown; 0 where no action led to it
let sentAt = 0; // when the action of this page was sent; 0 before
let timer = 0;
let said = ""; // the key of which it was said that it is held

/** Listen, once for all pages, before anything else does. */
export function watch() {
  document.addEventListener("keydown", pressed, true);
  document.addEventListener("keyup", released, true);
  document.addEventListener("click", clicked, true);
  document.addEventListener("submit", submitted, true);
  document.addEventListener("visibilitychange", () => shownAt && !document.hidden && settle());
  addEventListener("pagehide", leave);
  addEventListener("pageshow", (event) => event.persisted && free());
  arrive();
}

/** Another page stands in <main>. */
export function begin() {
  if (sentAt || Date.now() - shownAt < SHOWN) settle();
  else ready(0);
}

/** The action of this page was not taken, or led nowhere: the page takes another, as if it had just come. */
export function free() {
  settle();
}

/** Whether a key goes on by itself since it is held down; it is said once that this decides nothing. */
export function isHeld(event) {
  return repeats.has(event);
}

/** Say once for each time that a key is held why it does nothing. */
export function tellHeld(event) {
  if (said === codeOf(event)) return;
  said = codeOf(event);
  say("A key that is held down counts once. Nothing else was decided");
}

/** Whether a press belongs to the writing of a character: what it would do is the input method's. */
export const composes = (event) => event.isComposing || event.keyCode === 229;

const codeOf = (event) => event.code || event.key;

function settle() {
  sentAt = 0;
  shownAt = Date.now();
  ready(SHOWN);
}

/** Mark the page once it takes actions, for the pointer and for whoever waits for it. */
function ready(after) {
  const main = document.getElementById("main");
  clearTimeout(timer);
  delete main.dataset.ready;
  if (after) timer = setTimeout(() => ready(0), after + 1);
  else main.dataset.ready = "";
}

function pressed(event) {
  if (composes(event)) return;
  const code = codeOf(event);
  if (event.repeat || Date.now() - (down.get(code) ?? 0) < PAUSE) repeats.add(event);
  else holding.delete(code); // pressed anew: it was let go where nobody saw it
  down.set(code, Date.now());
  if (event.key !== "Enter" || !repeats.has(event) || !event.target.closest?.("button, summary")) return;
  event.preventDefault(); // a browser presses the button again and again
  tellHeld(event);
}

function released(event) {
  down.delete(codeOf(event));
  holding.delete(codeOf(event));
  if (said === codeOf(event)) said = "";
}

/** The second click of a double click is none of its own, however slow the hand is. */
function clicked(event) {
  const button = event.target.closest?.("button");
  if (event.detail < 2 || button?.type !== "submit" || !button.form?.matches("[data-action]")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  say("A double click or tap counts once. Nothing else was decided");
}

function submitted(event) {
  if (!event.target.matches("form[data-action]")) return;
  const why = obstacle();
  if (why) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return say(why);
  }
  holding = new Set(down.keys());
  sentAt = Date.now();
  delete document.getElementById("main").dataset.ready;
}

/** Why no action is done now; empty where one is. */
function obstacle() {
  const now = Date.now();
  if (now - sentAt < LOST) return "Please wait: your last action is still being sent";
  if (now - shownAt < SHOWN) return "Too soon: this page has only just opened, so nothing was decided. Press again";
  const held = [...holding].some((code) => now - (down.get(code) ?? 0) < PAUSE);
  return held ? "Release the key first. Nothing was decided" : "";
}

/** Tell the next page, where it is loaded as a whole, what it cannot have seen. */
function leave() {
  const followed = sentAt > 0 || Date.now() - shownAt < SHOWN;
  sessionStorage.setItem(LEFT, JSON.stringify({ followed, down: [...down.keys()] }));
}

/** Go on from the page before. A key that was down there and stays silent for a moment was let go in between. */
function arrive() {
  const left = JSON.parse(sessionStorage.getItem(LEFT) ?? "{}");
  sessionStorage.removeItem(LEFT);
  for (const code of left.down ?? []) down.set(code, Date.now() - PAUSE + SHOWN);
  if (!left.followed) return;
  holding = new Set(left.down);
  shownAt = Date.now();
}
