// What a person is told: a line that screen readers read and that goes, or a notice that stays until it is closed.
let timer = 0;

/** Say something that need not be kept; `shown`: it stands on the page as well, so that only screen readers need it here. */
export function say(text, shown = false) {
  const line = document.getElementById("said");
  line.classList.toggle("sr", shown);
  line.textContent = "";
  clearTimeout(timer);
  requestAnimationFrame(() => {
    line.textContent = text;
  });
  timer = setTimeout(() => (line.textContent = ""), 5000);
}

/** Say something that must not be missed. `links` are [text, address or function]; a notice of the same key is replaced. */
export function notice(key, text, links = []) {
  drop(key);
  const box = document.createElement("section");
  box.className = "problem";
  box.setAttribute("role", "alert");
  box.dataset.notice = key;
  const line = document.createElement("p");
  line.textContent = `${text} `;
  for (const [name, target] of links) line.append(typeof target === "string" ? linkTo(name, target) : button(name, target), " ");
  line.append(button("Close", () => box.remove()));
  box.append(line);
  document.getElementById("notices").append(box);
}

function linkTo(name, address) {
  const link = document.createElement("a");
  link.href = address;
  link.textContent = name;
  return link;
}

function button(name, call) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "bare";
  made.textContent = name;
  made.addEventListener("click", call);
  return made;
}

/** Take a notice away. */
export function drop(key) {
  document.querySelector(`[data-notice="${key}"]`)?.remove();
}
