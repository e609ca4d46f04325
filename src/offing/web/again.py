"""What a person corrected in a decision that they took back: it stands in the form again, to be sent or not. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from offing.model.codec import from_plain, to_plain
from offing.model.decision import Decision, Judgement
from offing.model.project import ProjectFacts
from offing.review import written
from offing.steps.review import QueueItem
from offing.steps.sight import Correction


def corrected_again(item: QueueItem, by: str) -> Mapping[str, Correction]:
    """The corrections of the decision that a person took back last; none where something was decided since."""
    last = max(item.decisions, key=lambda made: made.id, default=None)
    if last is None or last.judgement is not Judgement.UNDO or last.by != by:
        return {}
    undone = next((made for made in item.decisions if made.id == last.undoes), None)
    if undone is None or not undone.after:
        return {}
    texts = written(from_plain({**to_plain(item.facts), **undone.after}, ProjectFacts))
    return {name: Correction(texts[name], _places(undone, name), _reason(undone, name)) for name in undone.after}


def _places(made: Decision, name: str) -> tuple[str, ...]:
    return tuple(f"{each.article_id}:{each.start}:{each.end}" for each in made.proofs if each.field == name)


def _reason(made: Decision, name: str) -> str:
    """The reason of one field, as it stands among those of the decision."""
    mark = f"{name.replace('_', ' ')}: "
    return next((each.removeprefix(mark) for each in made.reason.split("; ") if each.startswith(mark)), "")
