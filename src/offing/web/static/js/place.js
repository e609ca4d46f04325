// The place in the queue from which a candidate was opened: whoever comes back, by key or by the browser, finds it again.
const PLACE = "offing:place";

const read = () => JSON.parse(sessionStorage.getItem(PLACE) ?? "null");
const write = (place) => sessionStorage.setItem(PLACE, JSON.stringify(place));

/** Keep where somebody stands: in which filter, among which lines, at which of them, how far scrolled. */
export function keepPlace(filter, lines, line) {
  write({ filter, lines, line, y: scrollY });
}

/** Another candidate of the same queue is looked at: its line is the place now. */
export function begin(main) {
  const shown = main.querySelector("[data-candidate]")?.dataset.candidate;
  const place = read();
  if (place?.lines.includes(shown)) write({ ...place, line: shown });
}

/** Where to stand in a queue again: the line that was left, or the one that took its place; null where nothing was left. */
export function placeKept(filter, lines) {
  const place = read();
  if (!place || place.filter !== filter) return null;
  sessionStorage.removeItem(PLACE);
  const rest = place.lines.slice(place.lines.indexOf(place.line));
  const line = rest.find((each) => lines.includes(each));
  const at = line === undefined ? lines.length - 1 : lines.indexOf(line);
  return at < 0 ? null : { at, y: place.y };
}
