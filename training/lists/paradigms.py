"""Merge wordings of one weight that share words: "may build" and "can build" become "(may|can) build"."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from offing.recognize.text.folded_text import is_han
from offing.recognize.text.patterns import GAP
from training.lists.layout import Item

WIDEST = 96  # characters in a choice: longer ones are hard to read
Parts = tuple[str, str]  # the option and the shared rest of a wording


def merged(items: Sequence[Item]) -> list[Item]:
    """Return wordings of one list merged by weight, so that those that share words become one.

    The matches stay the same: an option at the start of a wording is matched like a wording of its own, and options
    further on are tried longest first.
    """
    fixed = [item for item in items if not _is_plain(item.text)]
    free = [item for item in dict.fromkeys(items) if _is_plain(item.text)]
    found: list[Item] = []
    for weight in dict.fromkeys(item.weight for item in free):
        texts = [item.text for item in free if item.weight == weight]
        found += (Item(text, weight) for text in _of_weight(texts, is_listed=weight != 1))
    return [*dict.fromkeys((*found, *fixed))]


def _is_plain(text: str) -> bool:
    return not set("(|)") & set(text)


def _of_weight(texts: Iterable[str], *, is_listed: bool) -> Iterator[str]:
    texts, endings = _shared(list(texts), _by_ending)
    texts, beginnings = _shared(texts, _by_beginning)
    yield from (each for tail, options in endings for each in _choices(options, behind=f" {tail}"))
    yield from (each for head, options in beginnings for each in _choices(_longest_first(options), before=f"{head} "))
    yield from _choices(texts) if is_listed else texts


def _shared(texts: list[str], parts: Callable[[str], Parts | None]) -> tuple[list[str], list[tuple[str, list[str]]]]:
    """Return the texts that share nothing with another, and the shared part and options of the others."""
    groups: dict[str, list[str]] = {}
    for text in texts:
        if found := parts(text):
            groups.setdefault(found[1], []).append(found[0])
    several = {shared: options for shared, options in groups.items() if len(options) > 1}
    alone = [text for text in texts if (found := parts(text)) is None or found[1] not in several]
    return alone, list(several.items())


def _by_ending(text: str) -> Parts | None:
    """Return the first word and the rest."""
    first, _, rest = text.partition(" ")
    return (first, rest) if rest and _is_splittable(first, rest) and not rest.startswith(GAP) else None


def _by_beginning(text: str) -> Parts | None:
    """Return the last word and the words before it."""
    rest, _, last = text.rpartition(" ")
    return (last, rest) if rest and _is_splittable(rest, last) and not rest.endswith(GAP) else None


def _is_splittable(*parts: str) -> bool:
    return not any(is_han(part[0]) or part.endswith("'") or part == GAP for part in parts)


def _longest_first(options: list[str]) -> list[str]:
    return sorted(options, key=len, reverse=True)


def _choices(options: Sequence[str], before: str = "", behind: str = "") -> Iterator[str]:
    """Yield wordings with a choice of options, at most `WIDEST` characters in each."""
    taken: list[str] = []
    for option in options:
        if taken and len("|".join((*taken, option))) > WIDEST:
            yield _choice(taken, before, behind)
            taken = []
        taken.append(option)
    if taken:
        yield _choice(taken, before, behind)


def _choice(options: Sequence[str], before: str, behind: str) -> str:
    chosen = options[0] if len(options) == 1 else f"({'|'.join(options)})"
    return f"{before}{chosen}{behind}"
