"""Turns counts into figures, and figures into a table."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from offing.services.evaluation.tally import ScoreTally, score_article
from offing.services.evaluation.value_equality import EXTRA_FIELDS, FIELDS, Row

VALUE_FIELDS = ("relevance", "projects", *FIELDS, *EXTRA_FIELDS, "event")
ANSWER_FIELDS = (
    *("sector", "status", "record_type", "mode", "roles", "kinds", "complete"),
    *("evidence_exact", "evidence_cover", "evidence_on_target"),
)
_SHORT = (("P", "precision"), ("R", "recall"), ("F1", "f1"))
Figures = dict[str, dict[str, float]]


@dataclass(slots=True)
class Evaluation:
    """Figures of all articles and of each group, and the mistakes in each article."""

    figures: dict[str, Figures] = field(default_factory=dict)
    misses: list[Row] = field(default_factory=list)


def figures_of(tally: ScoreTally) -> Figures:
    """Return precision, recall, F1 or accuracy of each field; NaN if nothing was counted."""
    found: Figures = {name: _prf(tally, name) for name in VALUE_FIELDS}
    for name in ANSWER_FIELDS:
        found[name] = {"accuracy": _ratio(tally.right[name], tally.asked[name]), "support": tally.asked[name]}
    return found


def evaluate(gold: Sequence[Row], predictions: Mapping[str, Sequence[Row]], by: str | None = None) -> Evaluation:
    """Score predictions against annotated articles.

    Args:
        gold: annotated articles.
        predictions: candidates by article id; an absent article is predicted not relevant.
        by: adds one table for each value of this field of the gold articles or of their first projects.
    """
    tallies: dict[str, ScoreTally] = {"all": ScoreTally()}
    result = Evaluation()
    for article in gold:
        candidates = predictions.get(article["id"], ())
        notes = score_article(article, candidates, tallies["all"])
        if by:
            score_article(article, candidates, tallies.setdefault(f"{by}={_group(article, by)}", ScoreTally()))
        if notes:
            result.misses.append({**{k: article.get(k) for k in ("id", "lang", "kind", "title")}, "notes": notes})
    result.figures = {name: figures_of(tally) for name, tally in tallies.items()}
    return result


def group_fields(gold: Sequence[Row]) -> tuple[str, ...]:
    """Return the fields that articles can be grouped by: their own, and those of their first projects."""
    rows = [row for article in gold for row in (article, *article["projects"][:1])]
    return tuple(sorted({name for row in rows for name in row}))


def _group(article: Row, by: str) -> object:
    """Return the value of a field of an article, or of its first project if articles have no such field."""
    projects = article.get("projects")
    if by in article or not projects:
        return article.get(by)
    return projects[0].get(by)


def plain(figures: Mapping[str, Figures]) -> dict[str, dict[str, dict[str, float | None]]]:
    """Return the figures for JSON, which has no NaN: null if nothing was counted."""
    return {
        group: {
            name: {key: None if math.isnan(value) else value for key, value in row.items()}
            for name, row in rows.items()
        }
        for group, rows in figures.items()
    }


def table(figures: Mapping[str, Figures]) -> Iterator[str]:
    """Yield the lines of a table for people; fields without figures are left out, except relevance."""
    for group, rows in figures.items():
        yield f"== {group}"
        for name, row in rows.items():
            if name == "relevance" or not _is_empty(row):
                yield f"  {name:18s} {_scores(row)}  (n={row['support']})"


def _scores(row: Mapping[str, float]) -> str:
    if "f1" not in row:
        return shown(row["accuracy"])
    return "  ".join(f"{short} {shown(row[key])}" for short, key in _SHORT)


def shown(figure: float) -> str:
    """Return a figure as tables show it, a dash if there is none."""
    return "    –" if math.isnan(figure) else f"{figure:.3f}"


def _is_empty(row: Mapping[str, float]) -> bool:
    """Return whether a field has no figure because it occurs neither in gold nor in predictions."""
    return math.isnan(row.get("f1", row.get("accuracy", math.nan)))


def worst(misses: Sequence[Row], number: int) -> Iterator[str]:
    """Yield the lines of the articles with the most mistakes, the worst first."""
    yield f"== the worst {min(number, len(misses))}"
    for miss in sorted(misses, key=lambda miss: -len(miss["notes"]))[:number]:
        yield f"  {miss['id']} [{miss['lang']}, {miss['kind']}] {miss['title']}"
        yield from (f"      {note}" for note in miss["notes"])


def _prf(tally: ScoreTally, name: str) -> dict[str, float]:
    right, wrong, missed = (c[name] for c in (tally.right_values, tally.wrong_values, tally.missed_values))
    return {
        "precision": _ratio(right, right + wrong),
        "recall": _ratio(right, right + missed),
        "f1": _ratio(2 * right, 2 * right + wrong + missed),
        "support": right + missed,
    }


def _ratio(part: int, whole: int) -> float:
    return part / whole if whole else math.nan
