// All values of a facet beside the queue: "all 54" opens a field that narrows the list while one types.
export function begin(main) {
  for (const more of main.querySelectorAll("[data-values]")) {
    more.querySelector("a").addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      open(more);
    });
  }
}

function open(more) {
  const input = document.createElement("input");
  const name = more.closest("section").getAttribute("aria-label");
  Object.assign(input, { type: "search", placeholder: "any name or alias", maxLength: 100 });
  input.setAttribute("aria-label", `Find: ${name}`);
  const list = document.createElement("ul");
  list.className = "all-values";
  let asked = 0;
  const look = async () => {
    const number = ++asked;
    const joint = more.dataset.values.endsWith("?") ? "" : "&";
    const address = `${more.dataset.values}${joint}find=${encodeURIComponent(input.value)}`;
    const answer = await fetch(address, { headers: { Accept: "application/json" } }).catch(() => null);
    if (!answer?.ok || number !== asked) return;
    const found = (await answer.json()).map(line);
    list.replaceChildren(...(found.length ? found : [none()]));
  };
  let wait = 0;
  input.addEventListener("input", () => {
    clearTimeout(wait);
    wait = setTimeout(look, 120); // milliseconds; fewer requests than keys
  });
  input.addEventListener("keydown", async (event) => {
    if (event.key !== "ArrowDown" && event.key !== "Enter") return;
    event.preventDefault();
    clearTimeout(wait);
    await look(); // the list may still be that of what was typed before
    list.querySelector("a")?.[event.key === "Enter" ? "click" : "focus"]();
  });
  more.previousElementSibling.hidden = true;
  more.replaceChildren(input, list);
  input.focus();
  look();
}

function line(found) {
  const link = document.createElement("a");
  link.href = found.href;
  if (found.chosen) link.setAttribute("aria-current", "true");
  const label = document.createElement("bdi");
  label.textContent = found.label;
  const count = document.createElement("span");
  count.className = "count";
  count.textContent = found.count;
  link.append(label, " ", count);
  const item = document.createElement("li");
  item.append(link);
  return item;
}

function none() {
  const item = document.createElement("li");
  item.className = "hint";
  item.textContent = "no such value";
  return item;
}
