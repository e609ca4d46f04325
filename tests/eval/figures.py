"""Measures every annotated set, with the sentence encoder and without it, and writes figures.json and docs/quality.md.

`make figures` runs it. The floors of `floors.toml` and the tables of docs/quality.md are held against figures.json.
"""

from __future__ import annotations

import io
import json
import sys
from dataclasses import replace
from pathlib import Path

from eval.conftest import Row, is_open_half, read_rows
from offing.steps.analyse import analyse
from offing.steps.analyst import load_analyst
from offing.steps.candidate_rows import encode
from offing.steps.evaluation.report import ANSWER_FIELDS, VALUE_FIELDS, Figures, evaluate

TESTS = Path(__file__).parents[1]
FILE = TESTS / "eval/figures.json"
PAGE = TESTS.parent / "docs/quality.md"
START, END = "<!-- figures: written by make figures -->", "<!-- end of figures -->"
WITH, WITHOUT = "with the encoder", "without"
COMPLETE = {
    "relevance": "relevance",
    "projects": "projects",
    "countries": "countries",
    "firms": "firms",
    "lenders": "lenders",
    "amounts": "amounts",
    "sector": "sector",
    "status": "status",
    "complete": "complete records",
}
OTHERS = {
    "record_type": "record type",
    "mode": "mode",
    "roles": "roles",
    "kinds": "kinds of sums",
    "counterparts": "counterparts",
    "concerns": "concerns",
    "quantities": "quantities",
    "places": "places",
    "evidence_on_target": "evidence on target",
}
Measured = dict[str, dict[str, dict[str, float]]]


def sets() -> dict[str, list[Row]]:
    """The annotated sets that have all fields, by name; the gold set as a whole and in halves."""
    gold = read_rows(TESTS / "data/gold_open.jsonl")
    found = {
        "gold": gold,
        "gold, half the rules were written from": [row for row in gold if is_open_half(row)],
        "gold, other half": [row for row in gold if not is_open_half(row)],
        "own_articles": read_rows(TESTS / "eval/own_articles.jsonl"),
    }
    names = sorted(file.stem for file in (TESTS / "eval").glob("dev_*.jsonl"))
    return found | {name: read_rows(TESTS / f"eval/{name}.jsonl") for name in names}


def figure(figures: Figures, field: str) -> float:
    """F1 or accuracy of a field."""
    return figures[field].get("f1", figures[field].get("accuracy", float("nan")))


def recorded() -> Measured:
    """What was measured last."""
    found: Measured = json.loads(FILE.read_text(encoding="utf-8"))
    return found


def measure() -> Measured:
    """Figures by set, way of reading and field, rounded to three places; a field nothing was asked of is left out."""
    heard = load_analyst(None)
    ways = {WITH: heard, WITHOUT: replace(heard, scoring=replace(heard.scoring, meaning=None))}
    return {
        name: {way: _rounded(_measured(rows, analyst)) for way, analyst in ways.items()}
        for name, rows in sets().items()
    }


def _measured(rows: list[Row], analyst: object) -> Figures:
    source = io.BytesIO(b"".join(encode(row) for row in rows))
    found = {row["id"]: row["candidates"] for row in analyse(source, analyst, everything=False, on_error=_refuse)}  # type: ignore[arg-type]
    return evaluate(rows, found).figures["all"]


def _refuse(error: Exception) -> None:
    raise error


def _rounded(figures: Figures) -> dict[str, float]:
    fields = (*VALUE_FIELDS, *ANSWER_FIELDS)
    return {name: round(figure(figures, name), 3) for name in fields if figures[name]["support"]}


def tables(measured: Measured) -> str:
    """Two tables in Markdown: the fields of a complete record with the encoder / without it, and the other fields."""
    return "\n".join([*_table(measured, COMPLETE, (WITH, WITHOUT)), "", *_table(measured, OTHERS, (WITH,))])


def _table(measured: Measured, fields: dict[str, str], ways: tuple[str, ...]) -> list[str]:
    head = ["| set | " + " | ".join(fields.values()) + " |", "|---" * (len(fields) + 1) + "|"]
    return head + [
        f"| {name} | " + " | ".join(" / ".join(_cell(found[way], field) for way in ways) for field in fields) + " |"
        for name, found in measured.items()
        if any(field in found[ways[0]] for field in fields)
    ]


def _cell(figures: dict[str, float], field: str) -> str:
    value = figures.get(field)
    return "–" if value is None else f"{value:.2f}".removeprefix("0")


def with_tables(page: str, measured: Measured) -> str:
    """A page with the tables between its two marks."""
    before, rest = page.split(START, 1)
    after = rest.split(END, 1)[1]
    return f"{before}{START}\n{tables(measured)}\n{END}{after}"


if __name__ == "__main__":
    found = measure()
    FILE.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    PAGE.write_text(with_tables(PAGE.read_text(encoding="utf-8"), found), encoding="utf-8")
    sys.stdout.write(f"{FILE}\n{PAGE}\n")
