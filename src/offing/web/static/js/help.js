// The card of keys over the page.
import { areOff, setOff } from "./keys.js";

export function begin(main) {
  const card = main.querySelector("dialog#help");
  if (!card) return;
  main.querySelector('[data-do="help"]')?.addEventListener("click", () => card.showModal());
  const label = document.createElement("label");
  label.className = "row small";
  const box = document.createElement("input");
  box.type = "checkbox";
  box.checked = !areOff();
  box.addEventListener("change", () => setOff(!box.checked));
  label.append(box, "keys work in this browser");
  card.querySelector("form").before(label);
}
