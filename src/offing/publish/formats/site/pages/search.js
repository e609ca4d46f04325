// Search and filters of the list of projects. Names are loaded in parts, as scripts, once somebody asks for them: that
// works on a disk, too, where a page may load nothing else. A part is [words, rows]; rows refer to words by their number.
"use strict";
(() => {
  const form = document.getElementById("filters"), rows = document.getElementById("rows");
  const found = document.getElementById("found"), more = document.getElementById("more");
  const turn = document.getElementById("turn"), parts = Number(form.dataset.parts);
  const fields = ["words", "country", "sector", "year", "status", "party"].map((id) => document.getElementById(id));
  const first = [...rows.children], firstFound = found.textContent, all = [];
  const names = {};
  for (const select of form.querySelectorAll("select"))
    names[select.id] = new Map([...select.options].map((each) => [each.value, each.text.replace(/ \([\d,]+\)$/, "")]));
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  let loaded = 0, loading = false, shown = 100, hits = [], looked = 0, fits = () => false;

  window.offing = ([words, lines]) => {
    for (const [id, title, countries, sector, status, year, last, places, parties] of lines) {
      const party = fold(parties.map((each) => words[each]).join("\n"));
      const codes = countries.map((each) => words[each]);
      const named = codes.map((each) => names.country.get(each) ?? each);
      const texts = [id, title, places, ...named, names.sector.get(words[sector]), names.status.get(words[status])];
      all.push({ id, title, codes, named, party, last, sector: words[sector], status: words[status],
        year: words[year], text: `${fold(texts.join("\n"))}\n${party}` });
    }
  };
  const load = () => {
    if (loading || loaded === parts) return;
    loading = true;
    const script = document.createElement("script");
    script.src = `search/${loaded + 1}.js`;
    script.onload = () => { loaded += 1; loading = false; script.remove(); look(); };
    script.onerror = () => { found.textContent = "The search cannot be loaded: look through the pages instead."; };
    document.head.append(script);
  };
  const asked = () => Object.fromEntries(fields.map((each) => [each.id, each.value.trim()]));
  const test = (by) => {
    const words = fold(by.words).split(/\s+/).filter(Boolean), party = fold(by.party);
    return (each) => (!by.country || each.codes.includes(by.country)) && (!by.sector || each.sector === by.sector)
      && (!by.status || each.status === by.status) && (!by.year || each.year === by.year)
      && (!party || each.party.includes(party)) && words.every((word) => each.text.includes(word));
  };
  const cell = (row, text, figures) => { const made = row.insertCell(); made.role = "cell"; made.append(text); if (figures) made.className = "n"; };
  const line = (each) => {
    const row = document.createElement("tr"), head = document.createElement("th"), link = document.createElement("a");
    [row.role, head.role, head.scope] = ["row", "rowheader", "row"];
    link.href = `projects/${each.id}.html`;
    link.dir = "auto";
    link.textContent = each.title;
    head.append(link);
    row.append(head);
    cell(row, each.named.filter((name) => name !== "unknown").join(", "));
    for (const kind of ["sector", "status"]) cell(row, each[kind] === "none" ? "" : names[kind].get(each[kind]) ?? each[kind]);
    cell(row, each.year === "none" ? "" : each.year, true);
    cell(row, each.last, true);
    return row;
  };
  const isAsked = () => fields.some((each) => each.value.trim());
  const show = () => {
    const any = isAsked();
    if (turn) turn.hidden = any;
    more.hidden = true;
    rows.replaceChildren(...first);
    found.textContent = firstFound;
    [hits, looked, fits] = [[], 0, test(asked())];
    if (any) { rows.replaceChildren(); look(); }
  };
  // Looks through what came since it last did, so that each part is looked through once.
  const look = () => {
    if (!isAsked()) return;
    for (; looked < all.length; looked += 1) if (fits(all[looked])) hits.push(all[looked]);
    rows.append(...hits.slice(rows.childElementCount, shown).map(line));
    more.hidden = hits.length <= shown;
    const said = `${hits.length.toLocaleString("en")} ${hits.length === 1 ? "project" : "projects"} found`;
    if (loaded < parts) { found.textContent = `${said} so far; searching part ${loaded + 1} of ${parts}`; load(); return; }
    found.textContent = hits.length > shown ? `${said}; the latest ${shown} are shown.` : `${said}.`;
  };
  const remember = () => {
    const said = new URLSearchParams(Object.entries(asked()).filter(([, value]) => value)).toString();
    history.replaceState(null, "", said ? `#${said}` : location.pathname.split("/").pop() || "#");
  };
  const recall = () => {
    const said = new URLSearchParams(location.hash.slice(1));
    for (const each of fields) each.value = said.get(each.id) ?? "";
    show();
  };
  let soon = 0;
  const change = () => { shown = 100; clearTimeout(soon); soon = setTimeout(() => { remember(); show(); }, 80); };
  form.addEventListener("input", change);
  form.addEventListener("reset", () => setTimeout(change));
  form.addEventListener("submit", (event) => event.preventDefault());
  more.firstElementChild.addEventListener("click", () => { shown += 100; look(); });
  window.addEventListener("hashchange", recall);
  form.hidden = false;
  if (location.hash) recall();
})();
