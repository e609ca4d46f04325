// Correcting a field: choose what the article holds, select words as a new quote, or type with lists to complete from.
import { complete } from "./complete.js";
import { say } from "./say.js";

let chosen = null; // the last selection inside an article: [article, start, end, text]

export function begin(main) {
  const page = main.querySelector("[data-candidate]");
  if (!page) return;
  chosen = null;
  main.querySelector('[data-do="edit"]')?.addEventListener("click", () => open(page));
  main.querySelector('[data-do="quote"]')?.addEventListener("click", () => quoteField(page));
  for (const chip of page.querySelectorAll("[data-offer]")) chip.addEventListener("click", () => toggle(chip));
  main.querySelector('[data-do="quote"]')?.addEventListener("mousedown", (event) => event.preventDefault()); // the selection stays
  for (const button of page.querySelectorAll("[data-quote]")) {
    button.addEventListener("mousedown", (event) => event.preventDefault()); // the selection stays
    button.addEventListener("click", () => quote(button));
  }
  for (const button of page.querySelectorAll("[data-replace]")) button.addEventListener("click", () => replace(button));
  for (const details of page.querySelectorAll("details.edit")) {
    details.addEventListener("keydown", (event) => leave(event, details));
    details.addEventListener("input", (event) => oneLine(event.target));
  }
  for (const summary of page.querySelectorAll("details.edit > summary"))
    summary.addEventListener("click", () => setTimeout(() => enter(summary.parentElement)));
  for (const input of page.querySelectorAll("[data-complete]")) complete(input);
  document.addEventListener("selectionchange", remember);
}

/** Open the editor of the field that is looked at. */
function open(page) {
  const field = page.querySelector(".field.on") ?? page.querySelector(".field");
  const details = field?.querySelector("details.edit");
  if (!details) return;
  details.open = true;
  enter(details);
}

function enter(details) {
  const input = details.querySelector('[name^="edit."]');
  if (!details.open || document.activeElement === input) return; // whoever types already is not disturbed
  input.focus();
  input.select?.();
}

/** Escape takes a correction back: the field is as the page came with it, and closed. */
function leave(event, details) {
  if (event.key !== "Escape" || event.defaultPrevented || !details.open) return;
  event.preventDefault();
  const input = details.querySelector('[name^="edit."]');
  const changed = input.value !== input.dataset.was;
  input.value = input.dataset.was;
  details.querySelector('[name^="because."]').value = "";
  details.querySelector("[data-proofs]").replaceChildren();
  press(details);
  for (const each of details.closest("[data-field]").querySelectorAll("[data-replace]")) each.hidden = false;
  details.open = false;
  input.dispatchEvent(new Event("input", { bubbles: true }));
  details.closest("[data-field]").focus();
  if (changed) say("The change was discarded");
}

/** Values stand between semicolons, never on lines of their own: also where several lines are pasted. */
function oneLine(input) {
  if (input.matches("textarea") && /[\r\n]/.test(input.value)) input.value = input.value.replace(/\s*[\r\n]+\s*/g, " ");
}

/** Let the values to choose from show which of them stand in the field. */
function press(details) {
  const input = details.querySelector('[name^="edit."]');
  const parts = input.value.split(";").map((part) => part.trim());
  for (const chip of details.querySelectorAll("[data-offer]"))
    chip.setAttribute("aria-pressed", String(parts.some((part) => isPart(part, chip.dataset.offer))));
}

/** Whether a part says a value, with a role or kind behind it or not. */
const isPart = (part, value) => part === value || part.startsWith(`${value}:`) || part.startsWith(`${value} `);

/** At a red pointer: put what the quote reads in the place of the value, role and kind kept; the quote proves it. */
function replace(button) {
  const field = button.closest("[data-field]");
  const details = field.querySelector("details.edit");
  const input = details.querySelector('[name^="edit."]');
  const { replace: part, by, place, quoted } = button.dataset;
  if (input.matches("select")) input.value = by;
  else {
    const parts = input.value.split(";").map((each) => each.trim()).filter(Boolean);
    const at = parts.indexOf(part);
    const rest = parts.filter((each) => each !== part && each !== by);
    input.value = rest.toSpliced(at < 0 ? rest.length : at, 0, by).join("; ");
  }
  details.open = true;
  if (place) addProof(details.querySelector("[data-edit]"), place, quoted);
  press(details);
  for (const each of button.closest("li, .doubt").querySelectorAll("[data-replace]")) each.hidden = true;
  input.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
  const now = by.split(":")[0];
  say(part ? `${part.split(":")[0]} is now ${now}. It is saved with your decision` : `${now} was entered. It is saved with your decision`);
}

/** Put a value of the article into the field, or take it out; its sentence becomes the quote. */
function toggle(chip) {
  const body = chip.closest("[data-edit]");
  const input = body.querySelector('[name^="edit."]');
  const several = !input.matches("select") && body.dataset.edit !== "event_date";
  const value = chip.dataset.offer;
  const held = chip.getAttribute("aria-pressed") === "true";
  if (input.matches("select") || !several) {
    for (const other of body.querySelectorAll("[data-offer]")) other.setAttribute("aria-pressed", "false");
    input.value = held ? "" : value;
  } else {
    const parts = input.value.split(";").map((part) => part.trim()).filter(Boolean);
    input.value = (held ? parts.filter((part) => !isPart(part, value)) : [...parts, value]).join("; ");
  }
  chip.setAttribute("aria-pressed", String(!held));
  if (!held && chip.dataset.place) addProof(body, chip.dataset.place, chip.title);
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

function addProof(body, place, text) {
  const list = body.querySelector("[data-proofs]");
  if ([...list.querySelectorAll("input")].some((each) => each.value === place)) return;
  const item = document.createElement("li");
  const hidden = document.createElement("input");
  hidden.type = "hidden";
  hidden.name = `proof.${body.dataset.edit}`;
  hidden.value = place;
  hidden.setAttribute("form", "decision");
  const words = document.createElement("q");
  words.dir = "auto";
  words.textContent = text;
  const away = document.createElement("button");
  away.type = "button";
  away.className = "bare";
  away.textContent = "take out";
  away.addEventListener("click", () => {
    item.remove();
    body.querySelector('[name^="edit."]').dispatchEvent(new Event("input", { bubbles: true }));
  });
  item.append(hidden, words, " ", away);
  list.append(item);
}

/** Bring back a proof of a draft. */
export function restoreProof(body, place, text) {
  addProof(body, place, text);
}

/** Make the selected words the quote of a field. */
function quote(button) {
  if (!chosen) return say("Select the words in the article first");
  const body = button.closest("[data-edit]");
  const [article, start, end, text] = chosen;
  addProof(body, `${article}:${start}:${end}`, text);
  const input = body.querySelector('[name^="edit."]');
  if (!input.matches("select") && !input.value.trim()) input.value = text.replace(/[;\n]+/g, " ").trim();
  input.dispatchEvent(new Event("input", { bubbles: true }));
  say(`Quoted: ${text.slice(0, 80)}`);
}

/** By key: the selected words for the field that is looked at, its editor opened. */
function quoteField(page) {
  remember(); // a key may come before the browser has said that the selection changed
  const details = page.querySelector(".field.on details.edit");
  if (!chosen) return say("Select the words in the article first");
  if (!details) return say("Choose the field that the words prove first");
  details.open = true;
  quote(details.querySelector("[data-quote]"));
}

function remember() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return;
  const range = selection.getRangeAt(0);
  const from = placeOf(range.startContainer, range.startOffset);
  const to = placeOf(range.endContainer, range.endOffset);
  if (!from || !to || from.article !== to.article) return;
  const [start, end] = from.at < to.at ? [from.at, to.at] : [to.at, from.at];
  if (start < end) chosen = [from.article, start, end, plainText(range)];
}

/** The place of a point of the page in its article's text, counted in characters as the server counts them. */
function placeOf(node, offset) {
  const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
  const block = element?.closest("[data-start]");
  const article = block?.closest("[data-article]");
  if (!article) return null;
  const before = document.createRange();
  before.setStart(block, 0);
  before.setEnd(node, offset);
  return { article: article.dataset.article, at: Number(block.dataset.start) + [...plainText(before)].length };
}

/** The words of a range without the glosses; paragraphs are parted as they are in the stored text. */
function plainText(range) {
  const copy = range.cloneContents();
  for (const gloss of copy.querySelectorAll(".gloss")) gloss.remove();
  const blocks = [...copy.querySelectorAll("[data-start]")];
  return blocks.length > 1 ? blocks.map((block) => block.textContent).join("\n\n") : copy.textContent;
}

/** Whether anything differs from what the page came with. */
export function changes(form) {
  return [...form.elements].filter(
    (each) =>
      each.dataset?.was !== undefined ? each.value !== each.dataset.was : /^(because|proof)\./.test(each.name) && each.value,
  );
}
