// Type-ahead: a list offers what completes the part that is being typed, and takes nothing by itself. What a person typed
// stands unless they pick an offer: by the arrow keys and then Enter or Tab, by a click or a tap. The list belongs to the
// text that it was asked for; with any other text it is gone.
import { composes } from "./guard.js";

const SHORTEST = 2; // characters before anything is offered

/** Offer completions in a field; `data-complete` names its list. */
export function complete(input) {
  const list = document.getElementById(input.getAttribute("aria-controls"));
  const offer = { input, list, of: "", at: -1, asked: 0 };
  input.addEventListener("input", (event) => (event.isTrusted ? ask(offer) : close(offer)));
  input.addEventListener("compositionend", () => ask(offer));
  input.addEventListener("keydown", (event) => press(event, offer));
  input.addEventListener("blur", () => close(offer));
  input.addEventListener("selectionchange", () => !list.hidden && part(input) !== offer.of && close(offer));
}

/** The part between semicolons in which the caret stands, up to the caret. */
const part = (input) => input.value.slice(0, input.selectionEnd).split(";").pop().trim();

function close(offer) {
  offer.asked++; // an answer that is still on its way comes too late
  offer.list.hidden = true;
  offer.list.replaceChildren();
  offer.at = -1;
  offer.input.removeAttribute("aria-activedescendant");
}

async function ask(offer) {
  close(offer); // what stands in the list was offered for another text
  const typed = part(offer.input);
  const number = offer.asked;
  if (typed.length < SHORTEST || typed.includes(":")) return;
  const answer = await fetch(`/lists/${offer.input.dataset.complete}?q=${encodeURIComponent(typed)}`).catch(() => null);
  const found = answer?.ok ? await answer.json().catch(() => []) : [];
  if (number !== offer.asked || part(offer.input) !== typed || document.activeElement !== offer.input) return;
  offer.of = typed;
  offer.list.replaceChildren(...found.map((each, place) => item(each, `${offer.list.id}-${place}`, offer)));
  offer.list.hidden = !found.length;
}

function press(event, offer) {
  if (offer.list.hidden || composes(event)) return;
  const picks = event.key === "Enter" || event.key === "Tab";
  if (event.key === "ArrowDown" || event.key === "ArrowUp") mark(offer, event.key === "ArrowDown" ? 1 : -1);
  else if (picks && offer.at >= 0) take(offer, offer.list.children[offer.at].dataset.value);
  else if (event.key === "Escape") close(offer);
  else return picks && close(offer); // the key does what it does without a list
  event.preventDefault();
}

function mark(offer, by) {
  const items = [...offer.list.children];
  offer.at = offer.at < 0 && by < 0 ? items.length - 1 : (offer.at + by + items.length) % items.length;
  items.forEach((each, place) => each.setAttribute("aria-selected", String(place === offer.at)));
  offer.input.setAttribute("aria-activedescendant", items[offer.at].id);
  items[offer.at].scrollIntoView({ block: "nearest" });
}

/** Put what was picked in the place of the part that it was offered for. */
function take(offer, value) {
  const { input } = offer;
  if (part(input) !== offer.of) return close(offer);
  const before = input.value.slice(0, input.selectionEnd);
  const kept = before.slice(0, before.lastIndexOf(";") + 1);
  const after = input.value.slice(input.selectionEnd);
  input.value = `${kept}${kept ? " " : ""}${value}${after}`;
  const caret = input.value.length - after.length;
  input.setSelectionRange(caret, caret);
  close(offer);
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

function item(found, id, offer) {
  const line = document.createElement("li");
  line.id = id;
  line.dataset.value = found.value;
  line.setAttribute("role", "option");
  line.setAttribute("aria-selected", "false");
  const name = document.createElement("bdi");
  name.textContent = found.value;
  const hint = document.createElement("span");
  hint.className = "hint";
  hint.textContent = found.hint.slice(0, 80);
  line.append(name, hint);
  line.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
  line.addEventListener("click", (event) => {
    event.stopPropagation(); // a click into a field looks at the field; this one belongs to its text
    take(offer, found.value);
  });
  return line;
}
