// The card of keys over every page; without scripts it is a page of its own.
import { areOff, setOff } from "./keys.js";

/** Listen, once for all pages: the card stands beside what changes. */
export function watch() {
  const card = document.getElementById("help");
  if (!card) return;
  document.addEventListener("click", (event) => {
    if (!event.target.closest('[data-do="help"]') || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    card.showModal();
  });
  const label = document.createElement("label");
  label.className = "row small";
  const box = document.createElement("input");
  box.type = "checkbox";
  box.checked = !areOff();
  box.addEventListener("change", () => setOff(!box.checked));
  label.append(box, "keys work in this browser");
  card.querySelector("form").before(label);
}
