"""Reduce an answer to what the article proves: everything else is dropped and counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from enum import StrEnum
from functools import partial
from typing import Any

from offing.model.projects.project import ProjectFacts
from offing.model.reading.evidence import Evidence, FieldName
from offing.model.reading.mention import Mention
from offing.model.review.second_reader import Broken, CheckedAnswer, ModelAnswer, Opinion, Why
from offing.model.sources.article import Article
from offing.model.values.vocabulary import Mode, RecordType, Sector, Status
from offing.second import checks
from offing.second.answer import object_in
from offing.second.checks import Checked, Text
from offing.second.shapes import MOST_PROJECTS, MOST_VALUES

Check = Callable[[Text, Any], Checked]


def _name(field: FieldName, text: Text, answer: Any) -> Checked:
    return checks.name(text, field, answer)


def _closed_list(field: FieldName, words: type[StrEnum], text: Text, answer: Any) -> Checked:
    return checks.word(text, field, words, answer)


_LISTS: dict[FieldName, Check] = {
    FieldName.COUNTRIES: checks.country,
    FieldName.FIRMS: checks.firm,
    FieldName.LENDERS: checks.lender,
    FieldName.AMOUNTS: checks.amount,
    FieldName.COUNTERPARTS: partial(_name, FieldName.COUNTERPARTS),
    FieldName.CONCERNS: checks.concern,
    FieldName.QUANTITIES: checks.size,
    FieldName.PLACES: partial(_name, FieldName.PLACES),
}
_SINGLES: dict[FieldName, Check] = {
    field: partial(_closed_list, field, words)
    for field, words in (
        (FieldName.SECTOR, Sector),
        (FieldName.STATUS, Status),
        (FieldName.MODE, Mode),
        (FieldName.RECORD_TYPE, RecordType),
    )
}


def read_answer(answer: ModelAnswer, article: Article, mentions: Sequence[Mention]) -> CheckedAnswer | Broken:
    """Reduce an answer to what its article proves.

    Args:
        answer: the answer.
        article: the article that it is about.
        mentions: recognition's mentions, against which countries, sums and sizes are checked.

    Returns:
        The projects with at least one proved value; broken where the answer as a whole cannot be parsed.
    """
    if not answer.whole:
        return Broken("the answer was broken off at its longest")
    found = object_in(answer.content)
    if isinstance(found, Broken):
        return found
    projects = found.get("projects")
    if not isinstance(projects, list):
        return Broken("the answer has no list of projects")
    text, dropped = Text(article, mentions), Counter[tuple[str, Why]]()
    every = [_opinion(text, project, dropped) for project in projects[:MOST_PROJECTS]]
    return CheckedAnswer(tuple(each for each in every if each), len(projects), dropped)


def _opinion(text: Text, project: Any, dropped: Counter[tuple[str, Why]]) -> Opinion | None:
    if not isinstance(project, dict):
        dropped["project", Why.SHAPE] += 1
        return None
    values: dict[str, Any] = {}
    evidence: list[Evidence] = []
    for field, check in (_LISTS | _SINGLES).items():
        answer = project.get(field.value)
        if answer is None:
            continue
        is_list = field in _LISTS and isinstance(answer, list)
        checked = [check(text, item) for item in (answer[:MOST_VALUES] if is_list else [answer])]
        dropped.update((field.value, why) for why in checked if isinstance(why, Why))
        proved = [each for each in checked if not isinstance(each, Why)]
        if proved:
            values[field.value] = (
                proved[0][0] if field in _SINGLES else tuple(dict.fromkeys(value for value, _ in proved))
            )
            evidence += [proof for _, proof in proved]
    return Opinion(ProjectFacts(**values), tuple(dict.fromkeys(evidence))) if evidence else None
