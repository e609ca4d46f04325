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
    if (number !== asked) return;
    const found = answer?.ok ? await answer.json() : null;
    if (number !== asked) return;
    list.replaceChildren(...(found?.length ? found.map(hit) : [nothing(found, input.value.trim())]));
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

/** What stands in place of hits: that there are none, or that nobody could be asked. */
function nothing(found, typed) {
  const line = document.createElement("li");
  line.className = "hint";
  if (!found) line.textContent = "The search could not be made. Check the connection, then type again.";
  else if (typed) line.textContent = `Nothing is found for “${typed}”. Try fewer words, or a country or firm alone.`;
  else line.textContent = "No other candidate is of the same country or firm.";
  return line;
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
