"""The page of a project: its facts, each with the words that prove it, its timeline, its sources, its history. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from offing.publish.body import Cells
from offing.publish.formats.format import Head
from offing.publish.formats.said import Rows, codes, country_name
from offing.publish.formats.site.output import Blank
from offing.publish.formats.site.shelf import NONE, Line
from offing.publish.formats.site.words import figure, said, slug

_OWN = (
    "title",
    "id",
    "split_from",
    "sources",
    "outlets",
    "first_reported",
    "last_reported",
)  # columns that have their place elsewhere on the page
_KINDS = {"firm": "Chinese firm", "lender": "Chinese lender", "counterpart": "Host-side body"}
_TOLD = {"parties", "flows", "terms", "quantities"}  # tables whose rows are facts in words of their own
_LISTED = {"projects", "events", "sources", "evidence", "by_hand", "retired"}  # those that have a part of the page
_ASIDE = {"project_id", "set_by_hand"}


@dataclass(frozen=True, slots=True)
class Link:
    """A text that leads to a list of the site."""

    text: str
    to: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """An article: its number on the page, its row, and what its words prove, by where these begin and end."""

    number: int
    row: Cells
    passages: dict[tuple[str, str], list[Cells]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Proof:
    """Words that prove a fact, and the article that has them."""

    row: Cells
    source: Source


@dataclass(frozen=True, slots=True)
class Fact:
    """A value of a project.

    Args:
        name: what it is.
        values: its texts; those of a list lead to others that share them.
        proofs: what proves it, the printed quotes first.
        note: what qualifies it.
        written: the source's own words.
        by_hand: whether a person set it.
    """

    name: str
    values: tuple[Link, ...]
    proofs: tuple[Proof, ...] = ()
    note: str = ""
    written: str = ""
    by_hand: bool = False


def page_of(project: Cells, rows: Rows, line: Line, head: Head) -> dict[str, Any]:
    """What the page of a project says.

    Args:
        project: its row of projects.csv.
        rows: all of its rows.
        line: how lists say it.
        head: what is known of the release.
    """
    rows = {name: [Blank(row) for row in found] for name, found in rows.items()}
    sources = _sources(rows)
    proofs = _Proofs(project["id"], rows, sources)
    return {
        "project": Blank(project),
        "facts": [
            *_facts(project, line, proofs),
            *_parties(rows, proofs),
            *_figures(rows, proofs),
            *_rest(project, head),
        ],
        "others": list(_others(rows, head)),
        "events": [(row, sources.get(row.get("url", ""))) for row in rows.get("events", ())],
        "sources": list(sources.values()),
        "by_hand": rows.get("by_hand", []),
    }


def _sources(rows: Rows) -> dict[str, Source]:
    """The articles by address; one that only a quote names is numbered, too."""
    found = {row["url"]: row for row in rows.get("sources", ())}
    for row in (*rows.get("evidence", ()), *rows.get("events", ())):
        if row.get("url"):
            found.setdefault(row["url"], {"url": row["url"]})
    sources = {url: Source(number, Blank(row)) for number, (url, row) in enumerate(found.items(), 1)}
    for row in rows.get("evidence", ()):
        sources[row["url"]].passages.setdefault((row["start"], row["end"]), []).append(row)
    return sources


class _Proofs:
    """What proves which row or field of a project."""

    def __init__(self, project_id: str, rows: Rows, sources: dict[str, Source]) -> None:
        self._sources = sources
        self._by: dict[str, list[Cells]] = {}
        for row in rows.get("evidence", ()):
            for target in row["row_id"].split("; "):
                key = row["field"] if target == project_id else target
                self._by.setdefault(key, []).append(row)

    def of(self, key: str) -> tuple[Proof, ...]:
        """The proofs of a row by its id, or of a field; each quote of an article once, printed ones first."""
        found = {(row["url"], row["start"], row["end"]): row for row in self._by.get(key, ())}
        rows = sorted(found.values(), key=lambda row: "quote" not in row)
        return tuple(Proof(row, self._sources[row["url"]]) for row in rows)


def _facts(project: Cells, line: Line, proofs: _Proofs) -> Iterator[Fact]:
    countries = tuple(Link(country_name(code), f"country-{slug(code)}") for code in codes(project))
    yield Fact("Host country" if len(countries) < 2 else "Host countries", countries, proofs.of("countries"))  # noqa: PLR2004 -- one or several
    for name in ("sector", "status"):
        if name in project:
            own = f", since {project['status_day']}" if name == "status" and "status_day" in project else ""
            yield Fact(
                said(name).capitalize(),
                (Link(said(project[name]), f"{name}-{slug(project[name])}"),),
                proofs.of(name),
                own,
            )
    if line.year != NONE:
        yield Fact("Year of commitment", (Link(line.year, f"year-{line.year}"),))
    for name in ("record_type", "mode", "places", "concerns"):
        if name in project:
            yield Fact(
                said(name).capitalize(),
                (Link(said(project[name]) if name != "places" else project[name]),),
                proofs.of(name),
            )


def _parties(rows: Rows, proofs: _Proofs) -> Iterator[Fact]:
    for row in rows.get("parties", ()):
        to = f"party-{slug(row['entity_id'])}" if row.get("entity_id") else ""
        written = row.get("as_written", "")
        yield Fact(
            _KINDS.get(row["kind"], said(row["kind"])),
            (Link(row["name"], to),),
            proofs.of(row["party_id"]),
            f", {said(row['role'])}" if "role" in row else "",
            written if written != row["name"] else "",
            "set_by_hand" in row,
        )


def _figures(rows: Rows, proofs: _Proofs) -> Iterator[Fact]:
    for row in rows.get("flows", ()):
        value = f"{row['currency']} {figure(row['value'])}"
        known = {"flow_id", "value", "currency", "kind", "as_written", *_ASIDE}
        yield _figure((said(row["kind"]).capitalize(), value), row, proofs.of(row["flow_id"]), known)
    for row in rows.get("terms", ()):
        name = f"Loan: {said(row['kind'])}"
        yield _figure(
            (name, f"{row['value']} {row['unit']}"), row, proofs.of(row["term_id"]), {"term_id", "kind", *_SIZED}
        )
    for row in rows.get("quantities", ()):
        sized = ("Size", f"{figure(row['value'])} {row['unit']}")
        yield _figure(sized, row, proofs.of(row["quantity_id"]), {"quantity_id", *_SIZED})


_SIZED = {"value", "unit", "as_written", *_ASIDE}


def _figure(what: tuple[str, str], row: Cells, proofs: tuple[Proof, ...], known: set[str]) -> Fact:
    """A figure; columns that come to its table later are said by their names."""
    more = [
        f"{said(name)} {figure(text)}"
        for name, text in sorted(row.items())
        if name not in known and name != "qualifier"
    ]
    note = "; ".join(filter(None, (said(row.get("qualifier", "")), *more)))
    name, value = what
    return Fact(
        name, (Link(value),), proofs, f" ({note})" if note else "", row.get("as_written", ""), "set_by_hand" in row
    )


_SAID = {
    "countries",
    "sector",
    "status",
    "status_day",
    "record_type",
    "mode",
    "places",
    "quantities",
    "concerns",
    *_OWN,
}


def _rest(project: Cells, head: Head) -> Iterator[Fact]:
    """The other columns of projects.csv, by their names."""
    for name in _columns(head, "projects"):
        if name in project and name not in _SAID:
            yield Fact(said(name).capitalize(), (Link(project[name]),))


def _others(rows: Rows, head: Head) -> Iterator[tuple[str, list[str], list[Cells]]]:
    """Tables that have no part of the page of their own: name, columns that are filled, rows."""
    for table in head.tables:
        found = rows.get(table.name)
        if found and table.name not in _TOLD | _LISTED:
            names = [
                name for name in _columns(head, table.name) if name not in _ASIDE and any(name in row for row in found)
            ]
            yield table.name, names, found


def _columns(head: Head, table: str) -> Iterable[str]:
    return (each.name for found in head.tables if found.name == table for each in found.columns)
