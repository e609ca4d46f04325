"""Counts right, wrong and missed values, article by article."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from offing.model.sources.article import article_text
from offing.services.evaluation.units import sizes
from offing.services.evaluation.value_equality import EXTRA_FIELDS, FIELDS, Row, matches, pair

QUOTE_LIMIT = 300  # characters; a longer quote is no specific evidence
_COVERED = ("countries", "firms", "lenders", "amounts", "sector", "status")
_DETAILS = (("roles", "role"), ("kinds", "kind"))


@dataclass(slots=True)
class ScoreTally:
    """The counts of some articles: right, wrong and missed values, and right ones of all questions."""

    right_values: Counter[str] = field(default_factory=Counter)
    wrong_values: Counter[str] = field(default_factory=Counter)
    missed_values: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)

    def values(self, name: str, hits: int, predicted: int, gold: int) -> None:
        """Count the values of one field of one pair."""
        self.right_values[name] += hits
        self.wrong_values[name] += predicted - hits
        self.missed_values[name] += gold - hits

    def answer(self, name: str, right: bool) -> None:
        """Count one question that has one answer."""
        self.asked[name] += 1
        self.right[name] += right


def gold_text(gold: Row) -> str:
    """Return the text to which the offsets of an annotated article refer."""
    return article_text(gold["title"], tuple(gold["paragraphs"]))


def score_article(gold: Row, candidates: Sequence[Row], tally: ScoreTally) -> list[str]:
    """Count one article.

    Args:
        gold: the annotated article.
        candidates: what was predicted for it; empty means not relevant.
        tally: collects the counts.

    Returns:
        What went wrong, one sentence each; nothing if the article is marked `unscored`.
    """
    if gold.get("unscored"):
        return []
    notes = _relevance(gold, candidates, tally)
    _evidence(gold_text(gold), candidates, tally)
    if not gold["relevant"]:
        return notes
    pairs = pair(candidates, gold["projects"])
    for number, project in enumerate(gold["projects"]):
        candidate = candidates[pairs[number]] if number in pairs else {}
        notes += _project(project, candidate, gold_text(gold), tally)
    for number, candidate in enumerate(candidates):
        if number not in pairs.values():
            tally.wrong_values["projects"] += 1
            for name in FIELDS:
                tally.wrong_values[name] += len(candidate.get(name) or [])
    return notes


def _relevance(gold: Row, candidates: Sequence[Row], tally: ScoreTally) -> list[str]:
    predicted, relevant = bool(candidates), bool(gold["relevant"])
    tally.values("relevance", predicted and relevant, predicted, relevant)
    if predicted == relevant:
        return []
    return ["false alarm" if predicted else "missed article"]


def _evidence(text: str, candidates: Sequence[Row], tally: ScoreTally) -> None:
    for candidate in candidates:
        evidence = candidate.get("evidence") or []
        proved = {quote.get("field") for quote in evidence}
        for name in _COVERED:
            if candidate.get(name):
                tally.answer("evidence_cover", name in proved)
        for quote in evidence:
            exact = text[quote["start"] : quote["end"]] == quote["text"] and quote["end"] > quote["start"]
            tally.answer("evidence_exact", exact)


def _project(project: Row, candidate: Row, text: str, tally: ScoreTally) -> list[str]:
    notes, details, hits = [], [], {}
    for name in FIELDS:
        hits[name], wrong, detail = _values(name, project, candidate, text, tally)
        notes += wrong
        details += detail
    _pair(project, candidate, hits, tally)
    for name in ("sector", "status"):
        notes += _answer(name, project, candidate, tally)
    if None not in (project[name] for name in _COVERED):
        tally.answer("complete", not notes)
    return notes + details + _beyond(project, candidate, tally)


def _beyond(project: Row, candidate: Row, tally: ScoreTally) -> list[str]:
    """Count fields that are counted only if annotated, and are no part of a complete record."""
    notes = []
    for name, same in EXTRA_FIELDS.items():
        if project.get(name) is not None:
            predicted, gold = candidate.get(name) or [], project[name]
            if name == "quantities":
                predicted, gold = sizes(predicted), sizes(gold)
            found = matches(predicted, gold, same)
            tally.values(name, len(found), len(predicted), len(gold))
            notes += _differences(name, len(found), predicted, gold)
    _event(project, candidate, tally)
    for name in ("record_type", "mode"):
        notes += _answer(name, project, candidate, tally)
    return notes


def _answer(name: str, project: Row, candidate: Row, tally: ScoreTally) -> list[str]:
    """Count one single-valued field, if it is annotated."""
    gold, predicted = project.get(name), candidate.get(name)
    if gold is None:
        return []
    tally.answer(name, predicted == gold)
    return [] if predicted == gold else [f"{name}: got {predicted} want {gold}"]


def _event(project: Row, candidate: Row, tally: ScoreTally) -> None:
    """Count the event of a project beside its status: an annotation names one event, or says that there is none."""
    if "event" in project:
        predicted = [event["kind"] for event in candidate.get("events") or []]
        gold = project["event"]
        tally.values("event", int(gold in predicted), len(predicted), int(gold is not None))


def _values(name: str, project: Row, candidate: Row, text: str, tally: ScoreTally) -> tuple[int, list[str], list[str]]:
    """Return how many values of a field are right, notes on the wrong ones, and notes on details of the right ones."""
    gold, predicted = project[name], candidate.get(name) or []
    if gold is None:
        return 0, [], []
    found = matches(predicted, gold, FIELDS[name])
    tally.values(name, len(found), len(predicted), len(gold))
    wrong = _differences(name, len(found), predicted, gold)
    return len(found), wrong, _details(name, found, candidate, text, tally)


def _differences(name: str, hits: int, predicted: Sequence[Any], gold: Sequence[Any]) -> list[str]:
    if hits == len(gold) == len(predicted):
        return []
    return [f"{name}: got {_short(predicted)} want {_short(gold)}"]


def _pair(project: Row, candidate: Row, hits: dict[str, int], tally: ScoreTally) -> None:
    """Count a pair as the same project if it shares a country and a firm or lender, where gold has one."""
    actor = hits["firms"] + hits["lenders"] > 0 or not (project["firms"] or project["lenders"])
    place = hits["countries"] > 0 or not project["countries"]
    matched = bool(candidate) and place and actor
    tally.values("projects", matched, bool(candidate), 1)


def _details(name: str, found: Sequence[tuple[Any, Any]], candidate: Row, text: str, tally: ScoreTally) -> list[str]:
    """Count evidence on target, roles of firms and kinds of amounts, for values that are right."""
    notes = []
    for predicted, gold in found:
        if not isinstance(gold, dict):
            continue
        if gold.get("as_written"):
            tally.answer("evidence_on_target", _on_target(name, gold["as_written"], candidate, text))
        for group, key in _DETAILS:
            if gold.get(key):
                tally.answer(group, predicted.get(key) == gold[key])
                if predicted.get(key) != gold[key]:
                    notes.append(f"{key} of {_shown(gold)}: got {predicted.get(key)} want {gold[key]}")
    return notes


def _on_target(name: str, written: str, candidate: Row, text: str) -> bool:
    spots = [(m.start(), m.end()) for m in re.finditer(re.escape(written), text)]
    quotes = [
        (quote["start"], quote["end"])
        for quote in candidate.get("evidence") or []
        if quote.get("field") == name and quote["end"] - quote["start"] <= QUOTE_LIMIT
    ]
    return any(start < spot_end and spot < end for start, end in quotes for spot, spot_end in spots)


def _short(values: Sequence[Any]) -> str:
    return json.dumps([_shown(value) for value in values], ensure_ascii=False)


def _shown(value: Any) -> str:
    """Return a name, the kind of a concern, or a number with its currency or unit."""
    if isinstance(value, str):
        return value
    if "value" in value:
        return f"{value['value']} {value.get('currency') or value.get('unit')}"
    return str(value.get("name") or value.get("kind"))
