// The picker: look for the candidate that this one doubles, and choose it.
export function begin(main) {
  const picker = main.querySelector("[data-pick]");
  const input = picker?.querySelector("[data-search]");
  if (!input) return;
  const list = picker.querySelector("[data-hits]");
  let asked = 0;
  const look = async () => {
    const number = ++asked;
    const address = `/candidate/${picker.dataset.pick}/alike?q=${encodeURIComponent(input.value)}`;
    const answer = await fetch(address, { headers: { Accept: "application/json" } }).catch(() => null);
    if (!answer?.ok || number !== asked) return;
    list.replaceChildren(...(await answer.json()).map(hit));
  };
  input.addEventListener("input", look);
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    list.querySelector("button")?.focus();
  });
  picker.closest("details").addEventListener("toggle", (event) => {
    if (!event.target.open) return;
    look();
  });
}

function hit(found) {
  const line = document.createElement("li");
  const text = document.createElement("span");
  const title = document.createElement("bdi");
  title.textContent = found.line;
  const hint = document.createElement("span");
  hint.className = "hint";
  hint.textContent = ` ${found.said}`;
  text.append(title, hint);
  const button = document.createElement("button");
  button.name = "judgement";
  button.value = found.judgement;
  button.className = "plain small";
  button.setAttribute("form", "decision");
  button.textContent = found.button;
  line.append(text, button);
  return line;
}
