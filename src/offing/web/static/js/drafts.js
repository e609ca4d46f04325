// What was typed and not sent yet stays in this browser, per candidate and person, and comes back with its page.
import { restoreProof } from "./edits.js";
import { say } from "./say.js";

const who = () => document.querySelector('meta[name="who"]')?.content ?? "";
const name = (candidate) => `offing:draft:${who()}:${candidate}`;
const WEEK = 7 * 24 * 3600 * 1000;

export function begin(main) {
  const form = main.querySelector("form[data-decide]");
  if (!form) return;
  const candidate = form.dataset.decide;
  if (!main.querySelector("#problem")) restore(main, form, candidate);
  main.addEventListener("input", (event) => {
    if (event.target.form === form) keep(form, candidate);
  });
}

/** Forget what was typed for a candidate: it has been sent. */
export function forget(candidate) {
  localStorage.removeItem(name(candidate));
}

/** The fields of a form that a person filled, and the quotes they chose. */
export function typed(form) {
  const fields = {};
  const proofs = [];
  for (const each of form.elements) {
    if (each.name.startsWith("proof.")) {
      proofs.push([each.name.slice(6), each.value, each.parentElement.querySelector("q")?.textContent ?? ""]);
    } else if (each.dataset?.was !== undefined ? each.value !== each.dataset.was : isFree(each) && each.value) {
      fields[each.name] = each.value;
    }
  }
  return { fields, proofs };
}

const isFree = (each) => each.name.startsWith("because.") || each.name === "reason";

function keep(form, candidate) {
  const draft = typed(form);
  if (!Object.keys(draft.fields).length && !draft.proofs.length) return forget(candidate);
  localStorage.setItem(name(candidate), JSON.stringify({ ...draft, at: Date.now() }));
}

function restore(main, form, candidate) {
  clear();
  const stored = JSON.parse(localStorage.getItem(name(candidate)) ?? "null");
  if (!stored) return;
  for (const [field, value] of Object.entries(stored.fields)) {
    const input = form.elements.namedItem(field);
    if (!input) continue;
    input.value = value;
    const details = input.closest("details.edit");
    if (details) details.open = true;
  }
  for (const [field, place, text] of stored.proofs) {
    const body = main.querySelector(`[data-edit="${CSS.escape(field)}"]`);
    if (body) restoreProof(body, place, text);
  }
  const lines = [...Object.entries(stored.fields)].map(([field, value]) => `${field.replace(/^edit\./, "")}: ${value}`);
  const note = document.createElement("div");
  note.className = "note";
  note.id = "draft";
  const text = document.createElement("p");
  text.textContent = `What you typed here earlier was kept and not sent: ${lines.join(" · ") || "a quote"}. `;
  const away = document.createElement("button");
  away.type = "button";
  away.className = "plain small";
  away.textContent = "Discard it";
  away.addEventListener("click", () => {
    forget(candidate);
    location.reload();
  });
  text.append(away);
  note.append(text);
  main.querySelector("[data-candidate]").prepend(note);
  say("What you typed earlier has been restored");
}

/** Drafts of a week ago are nobody's any more. */
function clear() {
  for (const key of Object.keys(localStorage)) {
    if (!key.startsWith("offing:draft:")) continue;
    try {
      if (Date.now() - JSON.parse(localStorage.getItem(key)).at > WEEK) localStorage.removeItem(key);
    } catch {
      localStorage.removeItem(key);
    }
  }
}
