// Copies a text of the page; without scripts, or where the browser refuses, it stands selected.
import { say } from "./say.js";

/** Let the buttons of a page copy; `data-copy` is the id of the field whose text they copy. */
export function begin(main) {
  for (const button of main.querySelectorAll("[data-copy]")) button.addEventListener("click", () => copy(button));
}

async function copy(button) {
  const field = document.getElementById(button.dataset.copy);
  field.select();
  const done = await navigator.clipboard?.writeText(field.value).then(() => true, () => false);
  say(done ? "Copied." : "Press Ctrl+C to copy.");
}
