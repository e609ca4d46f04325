"""Quotes: the exact sentences that prove a value, and their speakers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from offing.model.reading.evidence import Evidence, FieldName
from offing.model.reading.mention import Mention
from offing.model.sources.article import Article
from offing.propose.reading.layout import Sentence, Zone
from offing.propose.reading.scope import Line
from offing.propose.reading.speakers import speaker

LIMIT = 300  # characters of a quote
_ASIDE = frozenset({"elsewhere", "separate", "loser", "history", "old-date"})
PER_VALUE = 3  # quotes for one value; each has another wording


@dataclass(frozen=True, slots=True)
class Proof:
    """A value of a field and the mentions that support it, best first."""

    field: FieldName
    value: str
    mentions: Sequence[tuple[Line, Mention]]


def quotes(article: Article, proofs: Iterable[Proof]) -> tuple[Evidence, ...]:
    """The evidence for some values, without duplicates of a quote for the same field and value."""
    found: dict[tuple[FieldName, str, int, int], Evidence] = {}
    for proof in proofs:
        for line, mention in _best_mentions(proof.mentions):
            start, end = around(article.text, line.sentence, mention.start, mention.end)
            quote = Evidence(
                field=proof.field,
                value=proof.value,
                article_id=article.id,
                start=start,
                end=end,
                text=article.text[start:end],
                speaker=speaker(line, mention, article),
            )
            found.setdefault((proof.field, proof.value, start, end), quote)
    return tuple(found.values())


def clear(mentions: Sequence[tuple[Line, Mention]]) -> list[tuple[Line, Mention]]:
    """The mentions outside sentences on other works, other places or earlier days."""
    return [(line, mention) for line, mention in mentions if not line.marks & _ASIDE]


def _best_mentions(mentions: Sequence[tuple[Line, Mention]]) -> list[tuple[Line, Mention]]:
    """The best mention of each of the first few wordings, and one from below the title, which has more detail.

    A sentence on other works or earlier days proves something only where no other does.
    """
    mentions = clear(mentions) or mentions
    by_text: dict[str, tuple[Line, Mention]] = {}
    for line, mention in mentions:
        by_text.setdefault(mention.text, (line, mention))
    chosen = list(by_text.values())[:PER_VALUE]
    if all(line.zone is Zone.TITLE for line, _ in chosen):
        chosen += [(line, mention) for line, mention in mentions if line.zone is not Zone.TITLE][:1]
    return chosen


def around(text: str, sentence: Sentence, first: int, last: int) -> tuple[int, int]:
    """The quote for the text from `first` to `last`: its sentence; of a long one the part around it, cut at words."""
    start, end = sentence.start, max(sentence.end, last)
    if end - start <= LIMIT:
        return start, end
    spare = LIMIT - (last - first)
    if spare <= 0:
        return first, last
    left = max(start, first - spare // 2)
    right = min(end, left + LIMIT)
    left = max(start, right - LIMIT)
    if left > start and (space := text.find(" ", left, first)) >= 0:
        left = space + 1
    if right < end and (space := text.rfind(" ", last, right)) >= 0:
        right = space
    return left, right
