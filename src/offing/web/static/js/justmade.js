// What was just decided, by name and verdict, with the way back: for ten seconds, over whichever page stands there.
// Then it fades; the key of undo stays.
const STAYS = 10_000; // ms

let made = null; // { said, until } of the last decision; null where none was made here

/** Show a decision that was made now; begin() puts it on the next page, which may not know of it yet. */
export function madeNow(said) {
  made = { said, until: Date.now() + STAYS };
}

/** It was not taken, or it was taken back. */
export function unmade() {
  made = { said: "", until: 0 };
  const strip = document.querySelector("form[data-undo]");
  if (strip) hide(strip);
}

export function begin(main) {
  const strip = main.querySelector("form[data-undo]");
  if (!strip) return;
  const bar = main.querySelector(".bar"); // over it, never on it: the second of two taps must not hit the way back
  const foot = bar ? Math.max(0, innerHeight - bar.getBoundingClientRect().top) : 0;
  document.documentElement.style.setProperty("--bar", `${foot}px`);
  const line = strip.querySelector("[data-last]");
  const ago = Number(strip.dataset.ago || "NaN") * 1000;
  made ??= ago < STAYS ? { said: line.textContent, until: Date.now() + STAYS - ago } : { said: "", until: 0 };
  strip.querySelector("button").hidden = false; // the key works whatever the page knew when it was fetched
  line.textContent = made.said;
  const left = made.until - Date.now();
  if (left <= 0) return;
  strip.classList.add("shown");
  setTimeout(() => strip.classList.remove("shown"), left);
}

function hide(strip) {
  strip.classList.remove("shown");
  strip.querySelector("[data-last]").textContent = "";
}
