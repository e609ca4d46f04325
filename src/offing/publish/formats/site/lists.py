"""The lists of the site: pages of some projects each, and the parts of what the search looks through. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from offing.publish.formats.said import codes, country_name
from offing.publish.formats.site.output import Output
from offing.publish.formats.site.overview import name_of
from offing.publish.formats.site.shelf import NONE, Facet, Line, Shelf
from offing.publish.formats.site.words import said, slug

ON_PAGE = 100  # projects of a page of a list
IN_PART = 4_000  # projects of a part of the search
SUGGESTED = 300  # names of parties that the search offers
ALL = "projects"
_TITLES = {
    Facet.COUNTRY: "Projects in {}",
    Facet.SECTOR: "Sector: {}",
    Facet.STATUS: "Status: {}",
    Facet.YEAR: "Year of commitment: {}",
    Facet.PARTY: "Projects of {}",
}


def write_lists(output: Output, shelf: Shelf) -> None:
    """Write the list of all projects with its search, and one for each country, sector, status, year and party."""
    counts = {kind: shelf.counts(kind) for kind in Facet if kind is not Facet.PARTY}
    total, parts = sum(number for _, number in counts[Facet.STATUS]), _write_parts(output, shelf)
    options = {kind.value: _options(kind, found) for kind, found in counts.items()}
    parties = shelf.parties()
    more = {"options": options, "in_parts": parts, "suggested": sorted({name for _, name, _, _ in parties[:SUGGESTED]})}
    _write_pages(output, (ALL, "Projects", total), shelf.lines(), more)
    for kind, found in counts.items():
        for key, number in found:
            _write_list(output, shelf, (kind, key, name_of(kind, key)), number)
    for key, name, _, number in parties:
        _write_list(output, shelf, (Facet.PARTY, key, name), number)
    output.page("parties.html", "parties.html", {"parties": parties})


def _options(kind: Facet, counts: list[tuple[str, int]]) -> list[tuple[str, str, int]]:
    """The values of a filter: key, name, number of projects; by name, years the latest first."""
    found = [(key, name_of(kind, key), number) for key, number in counts]
    known = sorted((each for each in found if each[0] != NONE), key=lambda each: each[1], reverse=kind is Facet.YEAR)
    return [*known, *(each for each in found if each[0] == NONE)]


def _write_list(output: Output, shelf: Shelf, what: tuple[Facet, str, str], total: int) -> None:
    kind, key, name = what
    title = _TITLES[kind].format(name)
    _write_pages(output, (f"{kind}-{slug(key)}", title, total), shelf.lines(kind, key), {})


def _write_pages(output: Output, what: tuple[str, str, int], lines: Iterator[Line], more: Mapping[str, Any]) -> None:
    name, title, total = what
    last = max(1, -(-total // ON_PAGE))
    for number in range(1, last + 1):
        rows = [_row(line) for line in islice(lines, ON_PAGE)]
        own = {"title": title, "name": name, "total": total, "number": number, "last": last, "rows": rows}
        turn = {"before": page_name(name, number - 1), "after": page_name(name, number + 1)}
        template = "search.html" if more and number == 1 else "list.html"
        output.page(template, page_name(name, number), {**own, **turn, **more})


def page_name(name: str, number: int) -> str:
    """The file of a page of a list."""
    if name == ALL and number == 1:
        return f"{ALL}.html"
    return f"lists/{name}.html" if number == 1 else f"lists/{name}-page-{number}.html"


def _row(line: Line) -> dict[str, str]:
    return {
        "id": line.id,
        "title": line.title,
        "countries": ", ".join(map(country_name, codes({"countries": line.countries}))),
        "sector": "" if line.sector == NONE else said(line.sector),
        "status": "" if line.status == NONE else said(line.status),
        "year": "" if line.year == NONE else line.year,
        "last": line.last,
    }


def _write_parts(output: Output, shelf: Shelf) -> int:
    """Write what the search looks through, as scripts: pages on a disk may load nothing else. Return how many."""
    lines, number = shelf.lines(), 0
    while some := list(islice(lines, IN_PART)):
        number += 1
        output.write(f"search/{number}.js", f"offing({_part(some)});\n".encode())
    return number


def _part(lines: Iterable[Line]) -> str:
    """Projects as lists of cells; words and names that come again and again stand in lists of their own."""
    words: dict[str, int] = {}

    def number(word: str) -> int:
        return words.setdefault(word, len(words))

    rows = [
        [
            *(line.id, line.title, [number(code) for code in codes({"countries": line.countries}) or [NONE]]),
            *(number(line.sector), number(line.status), number(line.year), line.last, line.places),
            [number(name) for name in line.parties.splitlines()],
        ]
        for line in lines
    ]
    return json.dumps([list(words), rows], ensure_ascii=True, separators=(",", ":"))
