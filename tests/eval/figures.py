"""Measures every annotated set, with the sentence encoder and without it: `figures.json`, `figures_by_language.json`.

`make figures` runs it, and then `make quality`, which writes docs/quality.md. Floors are held against figures.json.
"""

from __future__ import annotations

import io
import json
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

from eval.conftest import Row, is_open_half, read_rows
from offing.services.analysis.analyse import analyse
from offing.services.analysis.analyst import load_analyst
from offing.services.analysis.candidate_rows import encode
from offing.services.evaluation.report import ANSWER_FIELDS, VALUE_FIELDS, Figures, evaluate

TESTS = Path(__file__).parents[1]
FILE = TESTS / "eval/figures.json"
LANGUAGES = TESTS / "eval/figures_by_language.json"
UNLEARNED = ("dev_score4", "dev_score5", "dev_score6", "dev_score7")
WITH, WITHOUT = "with the encoder", "without"
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
    return {
        name: {way: _rounded(_measured(rows, analyst)["all"]) for way, analyst in ways().items()}
        for name, rows in sets().items()
    }


def ways() -> dict[str, object]:
    """How articles are read: with the encoder, and by wordings alone."""
    encoding = load_analyst(None)
    return {WITH: encoding, WITHOUT: replace(encoding, scoring=replace(encoding.scoring, tuned=None))}


def measure_languages() -> dict[str, dict[str, dict[str, float]]]:
    """Figures by language, way of reading and field, of all sets together that nothing learned from."""
    rows = [row for name in UNLEARNED for row in read_rows(TESTS / f"eval/{name}.jsonl")]
    found = {way: _measured(rows, analyst) for way, analyst in ways().items()}
    counts = Counter(row["lang"] for row in rows)
    return {
        language: {"articles": {"": count}}
        | {way: _rounded(figures[f"lang={language}"]) for way, figures in found.items()}
        for language, count in counts.most_common()
    }


def _measured(rows: list[Row], analyst: object) -> dict[str, Figures]:
    source = io.BytesIO(b"".join(encode(row) for row in rows))
    found = {row["id"]: row["candidates"] for row in analyse(source, analyst, everything=False, on_error=_refuse)}  # type: ignore[arg-type]
    return evaluate(rows, found, by="lang").figures


def _refuse(error: Exception) -> None:
    raise error


def _rounded(figures: Figures) -> dict[str, float]:
    fields = (*VALUE_FIELDS, *ANSWER_FIELDS)
    return {name: round(figure(figures, name), 3) for name in fields if figures[name]["support"]}


if __name__ == "__main__":
    FILE.write_text(json.dumps(measure(), indent=1) + "\n", encoding="utf-8")
    LANGUAGES.write_text(json.dumps(measure_languages(), indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(f"{FILE}\n{LANGUAGES}\n")
