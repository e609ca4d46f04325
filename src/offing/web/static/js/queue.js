// The queue by keys: a cursor over the lines, and a choice of several for one action.
import { bind } from "./keys.js";
import { say } from "./say.js";
import { keepPlace, placeKept } from "./place.js";

export function begin(main) {
  const form = main.querySelector("form[data-queue]");
  if (!form) return;
  const lines = [...form.querySelectorAll("[data-line]")];
  const ticked = form.querySelector("[data-ticked]");
  let at = -1;
  const boxes = lines.map((line) => line.querySelector('input[type="checkbox"]'));
  const count = () => {
    const number = boxes.filter((box) => box.checked).length;
    if (ticked) ticked.textContent = number ? `(${number})` : "";
  };
  const move = (to) => {
    lines[at]?.classList.remove("at");
    at = Math.max(0, Math.min(lines.length - 1, to));
    lines[at]?.classList.add("at");
    lines[at]?.querySelector("[data-open]").focus({ preventScroll: true });
    lines[at]?.scrollIntoView({ block: "nearest" });
  };
  const keys = form.dataset;
  bind(keys.keyNext, () => move(at + 1), true);
  bind(keys.keyPrevious, () => move(at - 1), true);
  bind(keys.keyOpen, () => (lines[at]?.querySelector("[data-open]") ?? form.querySelector("[data-start]"))?.click());
  bind(keys.keySelect, () => {
    if (at < 0) move(0);
    boxes[at].checked = !boxes[at].checked;
    count();
    say(`${boxes.filter((box) => box.checked).length} selected`);
  });
  form.addEventListener("keydown", leaveField);
  form.addEventListener("change", count);
  form.addEventListener("submit", () => {
    const scope = form.querySelector('[name="scope"]:checked')?.value;
    if (scope !== "filter" && !boxes.some((box) => box.checked) && at >= 0) boxes[at].checked = true;
  });
  lines.forEach((line, place) => line.addEventListener("focusin", () => {
    if (place !== at) { lines[at]?.classList.remove("at"); at = place; line.classList.add("at"); }
  }));
  form.addEventListener("click", (event) => {
    const line = event.target.closest("[data-start]") ? lines[0] : event.target.closest("[data-open]")?.closest("[data-line]");
    if (line) keepPlace(form.dataset.queue, lines.map((each) => each.dataset.line), line.dataset.line);
  });
  const kept = placeKept(form.dataset.queue, lines.map((each) => each.dataset.line));
  if (kept) {
    scrollTo({ top: kept.y, behavior: "instant" });
    move(kept.at);
  }
  count();
}

/** Enter in the remark leaves it: the form would be sent by its first button. */
function leaveField(event) {
  if (event.key !== "Enter" || !event.target.matches('input[name="reason"]')) return;
  event.preventDefault();
  event.target.blur();
}
