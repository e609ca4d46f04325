"""Outdated statuses: what a sentence says of a project's past beside its news.

"The road, for which it signed in 2018, was opened on Wednesday"; "after signing in 2019, Mozambique has now opened …".
"""

from __future__ import annotations

from datetime import date

from offing.model.reading.mention import DatePoint, Mention, MentionKind
from offing.model.values.vocabulary import Status
from offing.propose.reading.scope import OLD, Line, Scope
from offing.propose.reading.tense import CLAUSE_BORDER

_AFTER = "after"  # the signal of words that put their complement before the rest: after, depuis, 后
_REACH = 30  # characters from such a word to the wording that it governs
_BEHIND = 6  # characters from a wording to such a word in languages that put it last
_DATED = 60  # characters between a wording and its date
_CLAUSE = 40  # characters that a clause boundary counts for
_PUT_LAST = frozenset({"zh"})
# The stages of a project in order; suspension and cancellation come last, whenever they occurred.
_STAGES = {
    stage: place
    for place, stage in enumerate(
        (Status.PROPOSED, Status.AGREED, Status.APPROVED, Status.SIGNED, Status.UNDER_CONSTRUCTION, Status.COMPLETED)
    )
}


def is_outdated(scope: Scope, line: Line, mention: Mention) -> bool:
    """Whether a sentence puts a wording's stage before a later one: by "after", or by an old date.

    Args:
        scope: the lines of the project.
        line: the sentence.
        mention: a wording of a status in it.
    """
    later = [other for other in line.of(MentionKind.STATUS) if _stage(other) > _stage(mention)]
    if not later:
        return False
    signals = [signal for signal in line.of(MentionKind.SIGNAL) if signal.key == _AFTER]
    if scope.article.language in _PUT_LAST:
        follows = any(mention.end <= signal.start <= mention.end + _BEHIND for signal in signals)
    else:
        follows = any(signal.end <= mention.start <= signal.end + _REACH for signal in signals)
    return follows or _has_old_date(scope, line, mention, later)


def outdated_stages(scope: Scope) -> frozenset[str]:
    """The statuses that a text mentions only as outdated."""
    stages = [(mention.key or "", is_outdated(scope, line, mention)) for line, mention in scope.of(MentionKind.STATUS)]
    return frozenset(key for key, _ in stages) - {key for key, is_past in stages if not is_past}


def is_of_the_past(scope: Scope, line: Line, dated: Mention) -> bool:
    """Whether an old date is in a sentence with an outdated wording."""
    published = scope.article.published
    outdated = any(is_outdated(scope, line, mention) for mention in line.of(MentionKind.STATUS))
    return outdated and published is not None and _is_old(dated, published.date())


def _stage(mention: Mention) -> int:
    return _STAGES.get(Status(mention.key or ""), len(_STAGES))


def _has_old_date(scope: Scope, line: Line, mention: Mention, later: list[Mention]) -> bool:
    """Whether an old date is beside a wording, and nearer to it than to any later stage."""
    text, published = scope.article.text, scope.article.published
    if published is None:
        return False
    old = [dated for dated in line.of(MentionKind.DATE) if _is_old(dated, published.date())]
    return any(
        _apart(text, mention, dated) <= _DATED
        and all(_apart(text, mention, dated) < _apart(text, other, dated) for other in later)
        for dated in old
    )


def _is_old(dated: Mention, published: date) -> bool:
    return isinstance(dated.value, DatePoint) and dated.value.day < published - OLD


def _apart(text: str, one: Mention, other: Mention) -> int:
    """The characters between two mentions, plus a surcharge for each clause boundary."""
    first, last = sorted((one, other), key=lambda mention: mention.start)
    between = text[first.end : max(first.end, last.start)]
    return len(between) + _CLAUSE * len(CLAUSE_BORDER.findall(between))
