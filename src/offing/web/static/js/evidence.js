// A field and its quote find each other: focus on the one marks the other and brings it into view.
import { say } from "./say.js";

let pressing = false; // while a button of the mouse is down nothing moves: else a click misses what it was meant for

addEventListener("pointerdown", () => (pressing = true), true);
for (const name of ["pointerup", "pointercancel", "dragend"]) addEventListener(name, () => setTimeout(() => (pressing = false)), true);

export function begin(main) {
  const page = main.querySelector("[data-candidate]");
  if (!page) return;
  const fields = [...page.querySelectorAll(".field[data-field]")];
  for (const field of fields) {
    field.addEventListener("focusin", () => !pressing && show(page, field.dataset.field));
    field.addEventListener("click", (event) => {
      if (!event.target.closest("[data-mark]")) show(page, field.dataset.field);
      if (!event.target.closest("a, button, summary, input, textarea, select, label")) field.focus();
    });
  }
  for (const part of page.querySelectorAll(".headline .part"))
    part.addEventListener("click", (event) => {
      event.preventDefault();
      page.querySelector(`#field-${part.dataset.field}`)?.focus();
    });
  for (const link of page.querySelectorAll("[data-mark]"))
    link.addEventListener("click", (event) => {
      event.preventDefault();
      const field = link.closest("[data-field]");
      show(page, field.dataset.field, document.getElementById(link.dataset.mark)?.closest("mark"));
    });
  for (const mark of page.querySelectorAll("mark[data-fields]"))
    mark.addEventListener("click", () => fromMark(page, mark));
  on(main, "field", () => step(fields, 1));
  on(main, "field-back", () => step(fields, -1));
  on(main, "outlet", () => nextOutlet(page));
  on(main, "mute", () => {
    const link = page.querySelector(".field.on [data-mute]") ?? page.querySelector("[data-mute]");
    if (link) location.href = link.href;
    else say("No firm or lender is named here");
  });
  on(main, "source", () => {
    const link = articleOf(page)?.querySelector("[data-source]") ?? page.querySelector("[data-source]");
    if (link) link.click();
    else say("This article has no address that can be opened");
  });
  on(main, "glosses", (button) => {
    const shown = page.classList.toggle("glosses");
    button.setAttribute("aria-pressed", String(shown));
    say(shown ? "English glosses shown" : "English glosses hidden");
  });
}

function on(main, name, act) {
  const button = main.querySelector(`[data-do="${name}"]`);
  button?.addEventListener("click", () => act(button));
}

/** Mark the quotes of a field, and bring one of them into view. */
export function show(page, name, wanted = null) {
  const marks = [...page.querySelectorAll("mark[data-fields]")];
  page.classList.add("fielded");
  for (const field of page.querySelectorAll(".field.on, .part.on")) field.classList.remove("on");
  page.querySelector(`#field-${CSS.escape(name)}`)?.classList.add("on");
  for (const part of page.querySelectorAll(`.part[data-field="${CSS.escape(name)}"]`)) part.classList.add("on");
  const own = marks.filter((mark) => mark.dataset.fields.split(" ").includes(name));
  for (const mark of marks) mark.classList.toggle("on", own.includes(mark));
  for (const word of page.querySelectorAll(".word[data-for]"))
    word.classList.toggle("on", word.dataset.for === name && own.includes(word.closest("mark")));
  const target = wanted ?? own.find(isInView) ?? own[0];
  if (target && !isInView(target)) target.scrollIntoView({ block: "center" });
}

function isInView(element) {
  const box = element.getBoundingClientRect();
  return box.top > 60 && box.bottom < innerHeight - 80;
}

/** From a mark to the fields that it proves, one after the other. */
function fromMark(page, mark) {
  if (String(getSelection())) return; // somebody selects words for a quote
  const names = mark.dataset.fields.split(" ");
  const at = names.indexOf(page.querySelector(".field.on")?.dataset.field);
  const name = names[(at + 1) % names.length];
  const field = page.querySelector(`#field-${CSS.escape(name)}`);
  field?.focus({ preventScroll: true });
  field?.scrollIntoView({ block: "nearest" });
  show(page, name, mark);
}

function step(fields, by) {
  const shown = fields.filter((field) => !field.closest(".unfilled"));
  if (!shown.length) return;
  const at = shown.findIndex((field) => field.contains(document.activeElement) || field.classList.contains("on"));
  const next = at < 0 ? (by > 0 ? 0 : shown.length - 1) : (at + by + shown.length) % shown.length;
  shown[next].focus();
}

/** The article that is being read, where one has the focus. */
const articleOf = (page) => [...page.querySelectorAll("article[data-article]")].find((each) => each.contains(document.activeElement));

function nextOutlet(page) {
  const articles = [...page.querySelectorAll("article[data-article]")];
  const at = articles.indexOf(articleOf(page));
  const next = articles[at < 0 ? Math.min(1, articles.length - 1) : (at + 1) % articles.length];
  next?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: "start" });
}
