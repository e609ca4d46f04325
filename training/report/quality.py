"""Write docs/quality.md and docs/lab/all-sets.md from existing measurements (`make quality`).

    python -m training.report.quality

The data are `tests/eval/figures.json` and `figures_by_language.json` (written by `make figures`), and `measured.toml`.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from statistics import fmean, median
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
PAGE, SETS = ROOT / "docs/quality.md", ROOT / "docs/lab/all-sets.md"
WITH, WITHOUT = "with the encoder", "without"
UNSEEN = ("dev_score4", "dev_score5", "dev_score6", "dev_score7")
TITLES = {
    "relevance": "reports a project (relevance)",
    "projects": "projects",
    "countries": "countries",
    "firms": "firms",
    "lenders": "lenders",
    "amounts": "amounts",
    "sector": "sector",
    "status": "status",
    "complete": "**complete records**",
    "record_type": "record type",
    "mode": "mode",
    "roles": "roles of firms",
    "kinds": "kinds of sums",
    "counterparts": "bodies of the host side",
    "concerns": "concerns",
    "quantities": "sizes",
    "places": "places",
}
PLAIN = ("relevance", "projects", "countries", "firms", "lenders", "amounts", "sector", "status", "complete")
LANGUAGES = {
    "en": "English",
    "fr": "French",
    "es": "Spanish",
    "pt": "Portuguese",
    "zh": "Chinese",
    "ru": "Russian",
    "ar": "Arabic",
}
FEW = 50
WORST = 4
Row = dict[str, Any]
Figures = Mapping[str, Any]


def main() -> None:
    """Write both pages."""
    PAGE.write_text(page(), encoding="utf-8")
    SETS.write_text(sets_page(_read("figures")), encoding="utf-8")
    print(f"{PAGE}\n{SETS}")


def page() -> str:
    """Return docs/quality.md rendered from its data."""
    measured = tomllib.loads((HERE / "measured.toml").read_text(encoding="utf-8"))
    figures, languages = _read("figures"), _read("figures_by_language")
    first_rows = list(first_scores(measured))
    fields = [*by_field(first_rows, figures)]
    named = {row["field"]: row for row in fields}
    given = {
        "measured": measured,
        "unlearned": [f"`{name}`" for name in UNSEEN],
        "median": {field: median(row["scores"][field] for row in first_rows) for field in PLAIN},
        "record_share": in_ten(median(row["scores"]["complete"] for row in first_rows)),
        "unusual_share": in_four(median(row["scores"]["complete"] for row in first_rows if row["newest"])),
        "newest": [row for row in first_rows if row["newest"]],
        "scored_twice": list(scored_twice(measured, first_rows)),
        "titles": TITLES,
        "by_field": fields,
        "complete": named["complete"],
        "status": named["status"],
        "languages": [*by_language(languages)],
        "language_titles": [field.replace("complete", "complete records") for field in PLAIN],
        "few": FEW,
        "bands": bands_of(measured["calibration"]["bands"]),
        "worst_first": worst_first(first_rows),
        "worst_language": worst_language(languages),
    }
    return rendered("quality.md.jinja", given)


def rendered(template: str, given: Row) -> str:
    """Return a page rendered from its template."""
    environment = Environment(  # noqa: S701 - Markdown from our own data, not a page of the app
        loader=FileSystemLoader(HERE), undefined=StrictUndefined, keep_trailing_newline=True
    )
    environment.globals |= {"cell": cell, "cell3": partial(cell, places=3), "percent": percent}
    return environment.get_template(template).render(given)


def first_scores(measured: Row) -> Iterator[Row]:
    """Yield the first scores by field, one row per set."""
    for row in measured["first_scores"]:
        scores = dict(zip(measured["fields"], row["scores"], strict=True))
        yield {"texts": row["texts"], "newest": row.get("newest", ""), "scores": scores}


def by_field(first_rows: list[Row], figures: Figures) -> Iterator[Row]:
    """Yield each field with its first scores and its mean over the sets that nothing was trained on."""
    for field, title in TITLES.items():
        means = {way: fmean(figures[name][way][field] for name in UNSEEN) for way in (WITH, WITHOUT)}
        yield {
            "field": field,
            "title": title,
            "first": spread(row["scores"][field] for row in first_rows if field in row["scores"]),
            "newest": [cell(row["scores"].get(field)) for row in first_rows if row["newest"]],
            "with": means[WITH],
            "without": means[WITHOUT],
        }


def by_language(languages: Figures) -> Iterator[Row]:
    """Yield each language with its figures for the fields of a complete record."""
    for code, found in languages.items():
        cells = [" / ".join(cell(found[way].get(field)) for way in (WITH, WITHOUT)) for field in PLAIN]
        yield {"name": LANGUAGES[code], "articles": found["articles"][""], "cells": cells}


def bands_of(bands: list[Row]) -> Row:
    """Return the rows of the calibration table."""
    return {
        "scores": [f"{cell(band['from'])}–{cell(band['to'])}" for band in bands],
        "articles": [band["articles"] for band in bands],
        "right": [cell(band["right"]) for band in bands],
    }


def scored_twice(measured: Row, first_rows: list[Row]) -> Iterator[Row]:
    """Yield the first and last scores of each set that was scored again at the end."""
    for name, scores in measured["last_scores"].items():
        if name != "day":
            first = next(row["scores"] for row in first_rows if row["newest"] == name)
            yield {"name": name, "first": first, "last": dict(zip(measured["fields"], scores, strict=True))}


def worst_first(first_rows: list[Row]) -> list[Row]:
    """Return the lowest first scores with their fields and sets, except for complete records."""
    every = [
        {"field": field, "texts": row["texts"], "score": score}
        for row in first_rows
        for field, score in row["scores"].items()
        if field != "complete"
    ]
    return sorted(every, key=lambda case: case["score"])[:WORST]


def worst_language(languages: Figures) -> list[Row]:
    """Return the lowest figures with their fields and languages, except for complete records."""
    every = [
        {"field": TITLES[field], "language": LANGUAGES[code], "score": score}
        for code, found in languages.items()
        for field, score in found[WITH].items()
        if field in TITLES and field != "complete"
    ]
    return sorted(every, key=lambda case: case["score"])[:WORST]


def spread(scores: Iterable[float]) -> str:
    """Return the median with the lowest and highest score."""
    found = sorted(scores)
    return f"{cell(median(found))} ({cell(found[0])} to {cell(found[-1])})" if found else "–"


def in_ten(share: float) -> str:
    """Return a share as "About N in ten", for the start of a sentence."""
    words = ("none", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
    return f"About {words[round(share * 10)].lower()} in ten"


def in_four(share: float) -> str:
    """Return a share as a number in four."""
    return ("none", "one in four", "two in four", "three in four", "all")[round(share * 4)]


def cell(value: float | None, places: int = 2) -> str:
    """Return a figure formatted for a table; "–" if there is none."""
    return "–" if value is None else f"{value:.{places}f}".removeprefix("0")


def percent(share: float) -> str:
    """Return a small share as a percentage."""
    return f"{100 * share:.1f} %".removeprefix("0")


def sets_page(figures: Figures) -> str:
    """Return docs/lab/all-sets.md: every set with all fields."""
    others = [field for field in TITLES if field not in PLAIN] + ["evidence_on_target"]
    tables = [_table(figures, PLAIN, (WITH, WITHOUT)), _table(figures, others, (WITH,))]
    return rendered("all-sets.md.jinja", {"tables": tables})


def _table(figures: Figures, fields: Iterable[str], ways: tuple[str, ...]) -> str:
    names = list(fields)
    head = ["| set | " + " | ".join(name.replace("_", " ") for name in names) + " |", "|---" * (len(names) + 1) + "|"]
    return "\n".join(head + [
        f"| {name} | " + " | ".join(" / ".join(cell(found[way].get(field)) for way in ways) for field in names) + " |"
        for name, found in figures.items()
    ])  # fmt: skip


def _read(name: str) -> Row:
    found: Row = json.loads((ROOT / f"tests/eval/{name}.json").read_text(encoding="utf-8"))
    return found


if __name__ == "__main__":
    main()
