// An open page holds its candidate, so that two people do not work on it unknowingly.
import { drop, notice } from "./say.js";

let held = null;
let timer = 0;

export function begin(main) {
  clearTimeout(timer);
  const candidate = main.querySelector("[data-decide]")?.dataset.decide ?? null;
  if (held && held !== candidate) release(held);
  if (held !== candidate) drop("lease");
  held = candidate;
  if (candidate && main.querySelector('[name="judgement"]')) take(candidate);
}

const token = () => document.querySelector('meta[name="csrf"]')?.content ?? "";

async function take(candidate, over = "") {
  const body = new URLSearchParams(over ? { over } : {});
  const headers = { Accept: "application/json", "X-CSRF-Token": token() };
  clearTimeout(timer);
  const answer = await fetch(`/candidate/${candidate}/lease`, { method: "POST", body, headers }).catch(() => null);
  if (!answer || !answer.ok || held !== candidate) return;
  const told = await answer.json();
  if (told.mine) free();
  else tell(candidate, told);
  timer = setTimeout(() => take(candidate), told.renew_seconds * 1000);
}

function free() {
  drop("lease");
  document.getElementById("lease")?.remove();
}

/** Say who looks at it, once for each who does, unless the page came with that; taking over is a choice of its own. */
function tell(candidate, told) {
  if (document.querySelector(`[data-notice="lease"][data-by="${CSS.escape(told.by)}"], #lease [name="over"][value="${CSS.escape(told.by)}"]`)) return;
  document.getElementById("lease")?.remove();
  notice("lease", told.sentence, [["Take over", () => take(candidate, told.by)]]);
  document.querySelector('[data-notice="lease"]').dataset.by = told.by;
}

function release(candidate) {
  navigator.sendBeacon(`/candidate/${candidate}/release`, new URLSearchParams({ csrf: token() }));
}

addEventListener("pagehide", () => held && release(held));
