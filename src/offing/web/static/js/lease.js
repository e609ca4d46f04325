// An open page holds its candidate, so that two people do not work on it unknowingly.
import { changes } from "./edits.js";
import { drop, notice, say } from "./say.js";

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
  clearTimeout(timer);
  const told = await ask(document.querySelector("#main [data-decide]"), over);
  if (!told || held !== candidate) return;
  if (told.mine) free();
  else tell(candidate, told);
  timer = setTimeout(() => take(candidate), told.renew_seconds * 1000);
}

const QUICK = 250; // ms that a page waits for the answer before it is shown

/**
 * Take a candidate before its page is shown. Resolves to the page that is free instead, where somebody else has it open;
 * else to null. Where the answer is late, the page is shown, and `late` is called with the other one if nobody has begun
 * to work on it: its decision would be refused.
 */
export async function reserve(main, late) {
  const form = main.querySelector("[data-decide]");
  if (!form?.querySelector('[name="judgement"]')) return null;
  const asked = ask(form).then((told) => told && !told.mine && taken(form, told));
  const next = await Promise.race([asked, new Promise((done) => setTimeout(done, QUICK))]);
  if (next === undefined) asked.then((found) => found && form.isConnected && !changes(form).length && late(found));
  return next || null;
}

function taken(form, told) {
  say(`${told.by} has candidate ${form.dataset.decide} open. Going on to the next`);
  return told.next;
}

/** Ask for the lease of the candidate of a form; null where there is no answer, or a refusal. */
async function ask(form, over = "") {
  const within = form.querySelector('[name="in"]')?.value ?? "";
  const body = new URLSearchParams(over ? { over, in: within } : { in: within });
  const headers = { Accept: "application/json", "X-CSRF-Token": token() };
  const answer = await fetch(`/candidate/${form.dataset.decide}/lease`, { method: "POST", body, headers }).catch(() => null);
  return answer?.ok ? answer.json().catch(() => null) : null;
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
