// One key each: an element says by data-key which key presses it. Beside an open menu only the keys of menus count.
// Keys rest while somebody types, and can be switched off (WCAG 2.1.4) on the card of keys.
import { composes, isHeld, tellHeld } from "./guard.js";

const OFF = "offing:keys-off";

/** Whether keys are switched off in this browser. */
export const areOff = () => localStorage.getItem(OFF) === "1";

/** Switch the keys off or on. */
export const setOff = (off) => localStorage.setItem(OFF, off ? "1" : "0");

const STEPS = 'a[rel="next"], a[rel="prev"], [data-do="field"], [data-do="field-back"]'; // what a held key may go on with
const bound = new Map(); // keys of the page that no element has
const going = new Set(); // those of them that may be held

/** Give a key to something that has no button, until another page stands there; `held`: whether it goes on while held. */
export function bind(key, act, held = false) {
  bound.set(key, act);
  if (held) going.add(key);
}

/** Forget the keys of the page before. */
export function begin() {
  bound.clear();
  going.clear();
}

/** Listen, once for all pages. */
export function listen() {
  document.addEventListener("keydown", pressed);
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details.menu[open]"))
      if (!menu.contains(event.target)) menu.open = false;
  });
}

function pressed(event) {
  if (event.defaultPrevented || composes(event)) return;
  if (event.key === "Escape") return escape(event);
  if (event.ctrlKey || event.metaKey || event.altKey || areOff() || isTyping(event.target)) return;
  if (event.key === "Enter" && event.target.closest("a[href], button, summary")) return;
  const key = keyOf(event);
  const target = targetOf(key);
  const act = target ? () => press(target) : isFree() && bound.get(key);
  if (!act) return;
  event.preventDefault();
  const goesOn = target ? target.matches(STEPS) : going.has(key);
  if (isHeld(event) && !goesOn) return tellHeld(event);
  act();
}

/** The character of a key; on a keyboard of another script the Latin letter that stands in its place. */
function keyOf(event) {
  if (event.key.length === 1 && event.key.charCodeAt(0) > 127 && event.code.startsWith("Key")) {
    const letter = event.code.slice(3);
    return event.shiftKey ? letter : letter.toLowerCase();
  }
  return event.key;
}

const isFree = () => !document.querySelector("dialog[open], details.menu[open]");

function targetOf(key) {
  if (document.querySelector("dialog[open]")) return null;
  const menu = document.querySelector("details.menu[open]");
  const all = [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].filter((each) => !each.hidden);
  const inside = menu && all.find((each) => each.closest(".menu-body")?.parentElement === menu);
  const outside = all.find((each) => !each.closest(".menu-body"));
  return menu ? (inside ?? (outside?.matches("summary") ? outside : null)) : outside; // after r a slip decides nothing else
}

function press(target) {
  if (target.matches("input")) {
    target.focus();
    target.select();
    return;
  }
  if (target.matches("summary")) {
    for (const menu of document.querySelectorAll("details.menu[open]"))
      if (menu !== target.parentElement) menu.open = false;
    target.click();
    if (target.parentElement.open) target.parentElement.querySelector(".menu-body .item, .menu-body [data-search]")?.focus({ preventScroll: true });
    return;
  }
  target.click();
}

function isTyping(target) {
  return Boolean(
    target.closest?.('textarea, select, [contenteditable], input:not([type="checkbox"], [type="radio"])'),
  );
}

function escape(event) {
  const menu = document.querySelector("details.menu[open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
    event.preventDefault();
  } else if (isTyping(event.target)) {
    const field = event.target.closest("[data-field]");
    event.target.blur();
    field?.focus();
    event.preventDefault();
  }
}
