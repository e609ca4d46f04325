"""Corrections of a decision that its author undid: they are back in the form, to be sent or not. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from offing.model.projects.project import ProjectFacts
from offing.model.review.decision import Decision, Judgement
from offing.model.values.codec import from_plain, to_plain
from offing.review import form_values
from offing.services.review.decisions import QueueItem
from offing.services.views.candidate_view import Correction


def corrected_again(item: QueueItem, by: str) -> Mapping[str, Correction]:
    """The corrections of the decision that a person last undid; none if a decision was made since."""
    last = max(item.decisions, key=lambda made: made.id, default=None)
    if last is None or last.judgement is not Judgement.UNDO or last.by != by:
        return {}
    undone = next((made for made in item.decisions if made.id == last.undoes), None)
    if undone is None or not undone.after:
        return {}
    texts = form_values(from_plain({**to_plain(item.facts), **undone.after}, ProjectFacts))
    return {name: Correction(texts[name], _places(undone, name), _reason(undone, name)) for name in undone.after}


def _places(made: Decision, name: str) -> tuple[str, ...]:
    return tuple(f"{each.article_id}:{each.start}:{each.end}" for each in made.proofs if each.field == name)


def _reason(made: Decision, name: str) -> str:
    """The reason for one field, among those of the decision."""
    mark = f"{name.replace('_', ' ')}: "
    return next((each.removeprefix(mark) for each in made.reason.split("; ") if each.startswith(mark)), "")
