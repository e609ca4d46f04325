// Talk: names that complete an @ in a comment, and the comments that call whoever reads the page: shown is opened.
import { composes } from "./guard.js";

const CALLED = /(?:^|[^\w@./-])@([\w.@-]*)$/;
const csrf = () => document.querySelector('meta[name="csrf"]')?.content ?? "";

export function begin(main) {
  for (const input of main.querySelectorAll("[data-people]")) attach(input);
  const calls = [...main.querySelectorAll("[data-calls]")].map((each) => each.dataset.comment);
  if (calls.length) opened(calls);
}

function opened(ids) {
  const headers = { Accept: "application/json", "X-CSRF-Token": csrf() };
  fetch("/mentions/opened", { method: "POST", headers, body: new URLSearchParams({ ids: ids.join(",") }) }).catch(() => null);
}

function attach(input) {
  const list = document.getElementById(input.getAttribute("aria-controls"));
  const offer = { input, list, at: -1, asked: 0 };
  input.addEventListener("input", () => ask(offer));
  input.addEventListener("blur", () => close(offer));
  input.addEventListener("keydown", (event) => press(event, offer));
}

const typed = (input) => CALLED.exec(input.value.slice(0, input.selectionEnd))?.[1] ?? null;

function close(offer) {
  offer.asked++;
  offer.at = -1;
  offer.list.hidden = true;
  offer.list.replaceChildren();
  offer.input.removeAttribute("aria-activedescendant");
}

async function ask(offer) {
  close(offer);
  const part = typed(offer.input);
  const number = offer.asked;
  if (part === null) return;
  const answer = await fetch(`/talk/people?q=${encodeURIComponent(part)}`).catch(() => null);
  const found = answer?.ok ? await answer.json().catch(() => []) : [];
  if (number !== offer.asked || document.activeElement !== offer.input) return;
  offer.list.replaceChildren(...found.map((name, place) => item(name, `${offer.list.id}-${place}`, offer)));
  offer.list.hidden = !found.length;
}

function press(event, offer) {
  if (offer.list.hidden || composes(event)) return;
  const picks = event.key === "Enter" || event.key === "Tab";
  if (event.key === "ArrowDown" || event.key === "ArrowUp") mark(offer, event.key === "ArrowDown" ? 1 : -1);
  else if (picks && offer.at >= 0) take(offer, offer.list.children[offer.at].textContent);
  else if (event.key === "Escape") close(offer);
  else return picks && close(offer); // the key does what it does without a list
  event.preventDefault();
  event.stopPropagation();
}

function mark(offer, by) {
  const items = [...offer.list.children];
  offer.at = offer.at < 0 && by < 0 ? items.length - 1 : (offer.at + by + items.length) % items.length;
  items.forEach((each, place) => each.setAttribute("aria-selected", String(place === offer.at)));
  offer.input.setAttribute("aria-activedescendant", items[offer.at].id);
}

function take(offer, name) {
  const { input } = offer;
  const caret = input.selectionEnd;
  const begins = caret - (typed(input) ?? "").length;
  input.setRangeText(`${name} `, begins, caret, "end");
  close(offer);
  input.focus();
}

function item(name, id, offer) {
  const line = document.createElement("li");
  line.id = id;
  line.textContent = name;
  line.setAttribute("role", "option");
  line.setAttribute("aria-selected", "false");
  line.addEventListener("mousedown", (event) => event.preventDefault()); // the text keeps the focus
  line.addEventListener("click", () => take(offer, name));
  return line;
}
