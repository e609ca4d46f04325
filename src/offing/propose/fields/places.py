"""Places: which towns and sites belong to a project."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from offing.model.reading.mention import Mention, MentionKind
from offing.model.values.vocabulary import Status
from offing.propose.encoder.encoded import EncodedPart
from offing.propose.parties.classifier import (
    Features,
    Group,
    GroupFeatures,
    circumstances,
    full_names,
    group_features,
    grouped,
    in_full,
    is_near,
    likeliest,
)
from offing.propose.reading.grammar import are_joined, pattern, words
from offing.propose.reading.ranking import Ranked
from offing.propose.reading.scope import Line, Scope

PLACES = "places"  # name of the weights and of the encoder's tag
_MOST = 7
_NEAR_WORKS = 25  # characters: the Querétaro high-speed railway
# They reveal a country as places do, but are no sites.
_NO_SITES = frozenset({"institution", "project", "country", "inside-name"})
_TOWNS = frozenset({"town", "city"})
_CEREMONIES = frozenset({Status.SIGNED, Status.AGREED})
_CEREMONY, _CEREMONY_ZH = 35, 4  # characters between the signing and the place
# A dateline, before the news starts: "TBILISI – One envelope", "(路易港3月6日讯)", "CARACAS.-".
_DATELINE = r"[^.\n]{0,30}?(?:\s[–—-]\s|\.[-–—]|%s|,? \(\w+\))"
_DATELINE_REACH, _DATELINE_START = 40, 12
_DATELINE_WEIGHT = 0.02
_ENDING = re.compile(r"(?<=[а-я]{3})[аеиоуыэюяйьмхв]{1,3}$")
_ADJECTIVE = re.compile(r"^[А-ЯЁ][а-яё-]+[сц]к(?:ая|ий|ой|ого|ом|ому|ую|ое|им|их)$")
_MOST_IN_LINE = 5
_BACKGROUND = frozenset({"history", "elsewhere", "separate", "old-date"})
_JOINT = r" ?(?:,|、|%s|—|–| (?:%s)|،)(?: (?:%s|%s|%s))? ?"


def choose_places(scope: Scope, targets: Sequence[str], encoded: EncodedPart | None = None) -> list[Ranked]:
    """The towns and sites of the target countries, and those missing from the lists, likeliest first.

    Args:
        scope: the lines of the project.
        targets: its countries.
        encoded: the encoded project, if any.
    """
    found = place_features(scope, targets, encoded)
    chosen = likeliest(scope, PLACES, found, _MOST)
    groups = [each.group for each in found]
    listed = [Ranked(g.key, 0.0, g.votes) for g in groups if _is_listed_with(scope, g, chosen)]
    return [_named(value) for value in (*chosen, *listed)][:_MOST]


def place_features(scope: Scope, targets: Sequence[str], encoded: EncodedPart | None = None) -> list[GroupFeatures]:
    """All places that the project may have, each with its features."""
    mentions = [
        (line, mention)
        for line, mention in scope.of(MentionKind.PLACE)
        if mention.by not in _NO_SITES and (mention.key is None or mention.key in targets)
    ]
    full = full_names(_plain(mention.text) for _, mention in mentions)

    def weight(line: Line, mention: Mention) -> float:
        return scope.weight(line, PLACES) * (_DATELINE_WEIGHT if _is_dateline(scope, line, mention) else 1.0)

    groups = grouped(((full[_plain(mention.text)], line, mention) for line, mention in mentions), weight)
    return group_features(PLACES, groups, partial(_features, scope, len(groups)), encoded)


def _named(value: Ranked) -> Ranked:
    """The value with its longest writing first; Russian adjectives come after nouns: Витебск, Витебская."""
    nouns = [vote for vote in value.votes if not _ADJECTIVE.search(vote[2].text)]
    adjectives = [vote for vote in value.votes if _ADJECTIVE.search(vote[2].text)]
    if not nouns or not adjectives:
        return in_full(value)
    first = in_full(replace(value, votes=tuple(nouns))).votes
    return replace(value, votes=(*first, *adjectives))


def _is_listed_with(scope: Scope, group: Group, chosen: Sequence[Ranked]) -> bool:
    """Whether a place that was not chosen is listed together with a chosen one, outside background sentences."""
    if group.key in {value.key for value in chosen}:
        return False
    lists = (("listing", "zh"), ("listing",), ("where",), ("receivers",), ("articles",))
    joint = pattern(_JOINT, *(words(scope.rules, *part) for part in lists))
    others = [(line, mention) for value in chosen for line, mention in value.mentions]
    return any(
        line is other_line and not line.marks & _BACKGROUND and are_joined(scope.article.text, mention, other, joint)
        for _, line, mention in group.votes
        for other_line, other in others
    )


def _features(scope: Scope, crowd: int, group: Group) -> Features:
    pairs = [(line, mention) for _, line, mention in group.votes]
    chinese = scope.article.language == "zh"
    lines = [line for line, mention in pairs if not _is_dateline(scope, line, mention)]
    # Only where something was signed: "signed on Friday in Antananarivo", 在内比都签署.
    signed = [
        any(
            0 <= mention.start - cue.end <= _CEREMONY or (chinese and 0 <= cue.start - mention.end <= _CEREMONY_ZH)
            for cue in line.of(MentionKind.STATUS)
            if cue.key in _CEREMONIES
        )
        for line, mention in pairs
    ]
    beside = [min(len(line.of(MentionKind.PLACE)), _MOST_IN_LINE) for line in lines] or [1]
    return {
        **circumstances(group),
        "crowd": math.log(crowd),
        "quantity": float(any(line.of(MentionKind.QUANTITY) for line, _ in pairs)),
        "near-works": float(any(is_near(pair, MentionKind.SECTOR, _NEAR_WORKS) for pair in pairs)),
        "party": float(any(line.of(MentionKind.FIRM, MentionKind.LENDER) for line, _ in pairs)),
        "listed-town": float(any(mention.by in _TOWNS for _, mention in pairs)),
        "signed-there": float(all(signed)),
        "dateline-only": float(not lines),
        "listed": sum(beside) / len(beside),
        "certain": max(mention.weight for _, mention in pairs),
    }


def _is_dateline(scope: Scope, line: Line, mention: Mention) -> bool:
    """Whether a place is only the dateline of the report."""
    start, text = line.sentence.start, scope.article.text
    if line.sentence.paragraph != 0 or mention.start - start > _DATELINE_START:
        return False
    opens = mention.start == start or text[start] in "(（"
    dateline = pattern(_DATELINE, words(scope.rules, "dateline_closes"))
    return opens and dateline.match(text[mention.end : mention.end + _DATELINE_REACH]) is not None


def _plain(text: str) -> str:
    """A name without case, accents and Russian endings."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(char for char in parts if not unicodedata.combining(char))
    return " ".join(_ENDING.sub("", word) for word in bare.replace("-", " ").split())
