"""Follow-ups: news of a known project, even where the text names no Chinese party."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from offing.model.pairs.naming import BODY, THE_ONE, Works
from offing.model.reading.mention import KnownName, Mention, MentionKind, NameReliability
from offing.model.values.vocabulary import Status
from offing.propose.fields.topic import rank_sectors
from offing.propose.reading.layout import Zone
from offing.propose.reading.ranking import Ranked
from offing.propose.reading.scope import Line, Scope

_BROKEN = frozenset({Status.SUSPENDED, Status.CANCELLED})
_CONTINUING = frozenset({Status.COMPLETED, Status.UNDER_CONSTRUCTION})
_RELIABILITY = {
    NameReliability.APART: 1.0,
    NameReliability.OWN: 1.0,
    NameReliability.LIKE: 1.0,
    NameReliability.SITE: 0.7,
    NameReliability.PART: 0.3,
}
_SURE = frozenset({NameReliability.APART, NameReliability.OWN, NameReliability.LIKE})
_ZONES = {Zone.TITLE: 1.0, Zone.LEAD: 1.0, Zone.SECOND: 0.85, Zone.BODY: 0.6, Zone.TAIL: 0.4}
_FURTHER = 0.3  # what each further name of the same project adds
_ABOUT = 0.5  # factor where the title is about the project, whatever happened
_CONTINUES = 0.6  # factor where title or lead name a project that is complete or being built: less than for an event
_BACKGROUND = frozenset({"elsewhere", "separate"})
_HEAD = frozenset({Zone.TITLE, Zone.LEAD})
_NEWS = _HEAD | {Zone.SECOND}
_MAINLY = 0.55  # minimum score of a sector, relative to the strongest, for the text to be mainly about it
_MOST_LINES = 3  # sentences of an event or status that are searched

Named = tuple[Line, Mention]


@dataclass(frozen=True, slots=True)
class FollowUp:
    """The known project that a text names: its key, the certainty (0-1), and its names in the text, surest first."""

    target: str
    strength: float
    named: tuple[Named, ...]

    @property
    def countries(self) -> tuple[str, ...]:
        """The countries of the project."""
        return _value(self.named[0][1]).countries

    @property
    def is_like(self) -> bool:
        """Whether no name of it is in the text, which only resembles its news in meaning."""
        return all(_reliability(mention) is NameReliability.LIKE for _, mention in self.named)

    @property
    def is_recalled(self) -> bool:
        """Whether the text resembles its news in meaning, whatever it names."""
        return any(_reliability(mention) is NameReliability.LIKE for _, mention in self.named)


def names_known(scope: Scope) -> bool:
    """Whether a text names any known project."""
    return next(scope.of(MentionKind.PROJECT), None) is not None


def follow_up_of(scope: Scope, targets: Collection[str] = ()) -> FollowUp | None:
    """The known project that a text names most surely; None where it names none.

    The name of a site counts only where the text shares the project's sector: Suai is a town, too. A body on its side
    counts only beside another name. A name of its own in title or lead counts where its country is mentioned at all, or
    is the outlet's, whichever other countries are named.

    Args:
        scope: the lines of the project.
        targets: the countries that the lines are about, if they name any: the project must be in one of them.
    """
    by_target: dict[str, list[Named]] = {}
    mentioned = {mention.key for _, mention in scope.of(MentionKind.COUNTRY)} | {scope.article.country}
    for line, mention in scope.of(MentionKind.PROJECT):
        countries = {*_value(mention).countries}
        works = Works.of(mention.name)
        is_generic = works is not None and works.which == THE_ONE  # the country's only system of its kind
        heads = line.zone in _HEAD and mentioned & countries and not is_generic
        abroad = targets and not {*targets} & countries and not heads
        if not (abroad or line.marks & _BACKGROUND):
            by_target.setdefault(mention.key or "", []).append((line, mention))
    if not by_target:
        return None
    sectors = rank_sectors(scope)
    about = {value.key: value.score / sectors[0].score for value in sectors if sectors[0].score}
    found = [_follow(target, named, about) for target, named in by_target.items()]
    return max((each for each in found if each), key=lambda each: (each.strength, each.target), default=None)


def known_countries(found: FollowUp | None) -> list[Ranked]:
    """The countries of a known project, proved by its name, for a domestic text that names none."""
    if found is None:
        return []
    votes = tuple((found.strength, line, mention) for line, mention in found.named)
    return [Ranked(code, found.strength, votes) for code in found.countries]


def news_of(scope: Scope, found: FollowUp | None, events: Sequence[Ranked], status: Ranked | None) -> float:
    """How surely a text reports news of a known project, 0-1: an event or status beside its name.

    Less surely, where the title names it by a name of its own or by kind and place, or title and lead by two names. A
    match in meaning is enough by itself: it was computed against the project's news as a whole.

    Args:
        scope: the lines of the project.
        found: the known project that they name.
        events: what happened to it by these lines.
        status: its status by these lines.
    """
    if found is None:
        return 0.0
    if found.is_recalled:
        return found.strength
    places = {id(line): place for place, line in enumerate(scope.lines)}
    identifying = [
        (line, mention) for line, mention in found.named if _reliability(mention) is not NameReliability.PART
    ]
    named = [line for line, _ in identifying]
    sure = [line for line, mention in identifying if _reliability(mention) in _SURE]
    broken = [status] if status and status.key in _BROKEN else []
    # A sure name within the first two paragraphs identifies what the events of title or lead happened to.
    identified = _HEAD if any(line.zone in _NEWS for line in sure) else ()
    happened = _lines((*events, *broken))
    if any(_beside(named, news_line, places) or news_line.zone in identified for news_line in happened):
        return found.strength
    continuing = [status] if status and status.key in _CONTINUING else []
    in_head = any(line.zone in _HEAD for line in named)
    if in_head and any(_beside(named, news_line, places) for news_line in _lines(continuing)):
        return _CONTINUES * found.strength
    return _ABOUT * found.strength if _heads(found.named) else 0.0


def _heads(named: Iterable[Named]) -> bool:
    """Whether a title names a project: by a name of its own, by kind and place, or with the lead by two names."""
    head = [(line, mention) for line, mention in named if line.zone in _HEAD]
    titled = [mention for line, mention in head if line.zone is Zone.TITLE]
    works = [found for mention in titled if (found := Works.of(mention.name))]
    by_place = any(each.kind != BODY and each.which[0].isalpha() for each in works)  # the road to Vanj
    if by_place or any(_reliability(mention) in _SURE for mention in titled):
        return True
    names = {mention.name for _, mention in head if _reliability(mention) is not NameReliability.PART}
    return bool(titled) and len(names) > 1


def _lines(values: Iterable[Ranked]) -> Iterator[Line]:
    for value in values:
        yield from (line for line, _ in value.mentions[:_MOST_LINES])


def _beside(named: Iterable[Line], news_line: Line, places: dict[int, int]) -> bool:
    """Whether a name is in the sentence or an adjacent one; title and lead count as adjacent."""
    return any(
        (news_line.zone in _HEAD and line.zone in _HEAD) or abs(places[id(line)] - places[id(news_line)]) <= 1
        for line in named
    )


def _follow(target: str, named: Sequence[Named], about: Mapping[str, float]) -> FollowUp | None:
    counted = []
    for line, mention in named:
        # The text must share the sector of a site's project; mainly so, where the site alone is named.
        least = 0.0 if Works.of(mention.name) else _MAINLY
        if _reliability(mention) is not NameReliability.SITE or about.get(_value(mention).sector, -1.0) >= least:
            counted.append((line, mention))
    if all(_reliability(mention) is NameReliability.PART for _, mention in counted):
        return None
    best: dict[str, float] = {}
    for line, mention in counted:
        worth = mention.weight * _RELIABILITY[_reliability(mention)] * _ZONES[line.zone]
        best[mention.name] = max(worth, best.get(mention.name, 0.0))
    strength = min(1.0, max(best.values()) + _FURTHER * (len(best) - 1))
    ordered = sorted(counted, key=lambda pair: (-_RELIABILITY[_reliability(pair[1])], pair[1].start))
    return FollowUp(target, strength, tuple(ordered))


def _value(mention: Mention) -> KnownName:
    assert isinstance(mention.value, KnownName)
    return mention.value


def _reliability(mention: Mention) -> NameReliability:
    return _value(mention).standing
