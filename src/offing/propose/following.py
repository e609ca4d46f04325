"""Follow-ups: what a text tells of a project that is known, although it may name no Chinese party."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from offing.model.mention import KnownName, Mention, MentionKind, Standing
from offing.model.naming import BODY, THE_ONE, Works
from offing.model.vocabulary import Status
from offing.propose.layout import Zone
from offing.propose.reading import Line, Scope
from offing.propose.topic import rank_sectors
from offing.propose.votes import Ranked

_BROKEN = frozenset({Status.SUSPENDED, Status.CANCELLED})
_STANDING = frozenset({Status.COMPLETED, Status.UNDER_CONSTRUCTION})
_STANDINGS = {Standing.APART: 1.0, Standing.OWN: 1.0, Standing.LIKE: 1.0, Standing.SITE: 0.7, Standing.PART: 0.3}
_SURE = frozenset({Standing.APART, Standing.OWN, Standing.LIKE})
_ZONES = {Zone.TITLE: 1.0, Zone.LEAD: 1.0, Zone.SECOND: 0.85, Zone.BODY: 0.6, Zone.TAIL: 0.4}
_FURTHER = 0.3  # what each further name of the same project adds
_ABOUT = 0.5  # that it is what the title is about, whatever happened
_STANDS = 0.6  # that it stands or is being built is news of it where title or lead name it, less than what befell it
_BACKGROUND = frozenset({"elsewhere", "separate"})
_HEAD = frozenset({Zone.TITLE, Zone.LEAD})
_NEWS = _HEAD | {Zone.SECOND}
_MAINLY = 0.55  # of what speaks for the matter that a text tells most of
_TOLD = 3  # sentences of an event or status that are looked at

Named = tuple[Line, Mention]


@dataclass(frozen=True, slots=True)
class Followed:
    """The known project that a text names: its thing, how surely (0-1), its names in the text, the surest first."""

    target: str
    strength: float
    named: tuple[Named, ...]

    @property
    def countries(self) -> tuple[str, ...]:
        """Where the project stands."""
        return _value(self.named[0][1]).countries

    @property
    def is_like(self) -> bool:
        """Whether no name of it stands in the text, which only means the same as its news."""
        return all(_value(mention).standing is Standing.LIKE for _, mention in self.named)

    @property
    def is_recalled(self) -> bool:
        """Whether the text means the same as its news, whatever it names."""
        return any(_value(mention).standing is Standing.LIKE for _, mention in self.named)


def names_known(scope: Scope) -> bool:
    """Whether a text names any known project."""
    return next(scope.of(MentionKind.PROJECT), None) is not None


def followed(scope: Scope, targets: Collection[str] = ()) -> Followed | None:
    """The known project that a text names most surely; None where it names none.

    The name of a site counts where the text is also about what the project is about: Suai is a town, too. A body on its
    side counts beside another name only. A name of its own that heads the text counts where its country is told at all,
    be it by the outlet alone, whichever others are named beside it.

    Args:
        scope: the lines of the project.
        targets: the countries that these are about, where they tell any: the project stands in one of them.
    """
    by_target: dict[str, list[Named]] = {}
    told = {mention.key for _, mention in scope.of(MentionKind.COUNTRY)} | {scope.article.country}
    for line, mention in scope.of(MentionKind.PROJECT):
        countries = {*_value(mention).countries}
        heads = line.zone in _HEAD and told & countries and _tells_alone(mention)
        abroad = targets and not {*targets} & countries and not heads
        if not (abroad or line.marks & _BACKGROUND):
            by_target.setdefault(mention.key or "", []).append((line, mention))
    if not by_target:
        return None
    sectors = rank_sectors(scope)
    about = {value.key: value.score / sectors[0].score for value in sectors if sectors[0].score}
    found = [_follow(target, named, about) for target, named in by_target.items()]
    return max((each for each in found if each), key=lambda each: (each.strength, each.target), default=None)


def known_countries(found: Followed | None) -> list[Ranked]:
    """The countries of a known project, proved by its name: where a text at home names none."""
    if found is None:
        return []
    votes = tuple((found.strength, line, mention) for line, mention in found.named)
    return [Ranked(code, found.strength, votes) for code in found.countries]


def news_of(scope: Scope, found: Followed | None, events: Sequence[Ranked], status: Ranked | None) -> float:
    """How surely a text tells news of a known project, 0-1: what befell it, or how it stands, beside its name.

    Less surely, where its title names it by a name of its own or by kind and place, or title and lead by two names.
    What it is recalled by says so by itself: it was compared with the project's news as a whole.

    Args:
        scope: the lines of the project.
        found: the known project that they name.
        events: what they say befell it.
        status: how they say that it stands.
    """
    if found is None:
        return 0.0
    if found.is_recalled:
        return found.strength
    places = {id(line): place for place, line in enumerate(scope.lines)}
    meant = [(line, mention) for line, mention in found.named if _value(mention).standing is not Standing.PART]
    named = [line for line, _ in meant]
    sure = [line for line, mention in meant if _value(mention).standing in _SURE]
    broken = [status] if status and status.key in _BROKEN else []
    happened = list(_lines((*events, *broken)))
    if any(_beside(named, told, places) or _is_meant(sure, told) for told in happened):
        return found.strength
    standing = [status] if status and status.key in _STANDING else []
    in_head = any(line.zone in _HEAD for line in named)
    if in_head and any(_beside(named, told, places) for told in _lines(standing)):
        return _STANDS * found.strength
    return _ABOUT * found.strength if _heads(found.named) else 0.0


def _heads(named: Iterable[Named]) -> bool:
    """Whether a title names a project: by a name of its own, by kind and place, or with the lead by two names."""
    head = [(line, mention) for line, mention in named if line.zone in _HEAD]
    titled = [mention for line, mention in head if line.zone is Zone.TITLE]
    if any(_value(mention).standing in _SURE or _is_placed(mention) for mention in titled):
        return True
    names = {mention.name for _, mention in head if _value(mention).standing is not Standing.PART}
    return bool(titled) and len(names) > 1


def _is_placed(mention: Mention) -> bool:
    """Whether a name is that of works by their kind and their place: the road to Vanj."""
    works = Works.of(mention.name)
    return works is not None and works.kind != BODY and works.which[0].isalpha()


def _tells_alone(mention: Mention) -> bool:
    """Whether a name is more than that of the one system of its kind, which other countries have, too."""
    works = Works.of(mention.name)
    return works is None or works.which != THE_ONE


def _lines(values: Iterable[Ranked]) -> Iterator[Line]:
    for value in values:
        yield from (line for line, _ in value.mentions[:_TOLD])


def _beside(named: Iterable[Line], told: Line, places: dict[int, int]) -> bool:
    """Whether a name stands in a sentence or in one next to it; of what heads a text, in title or lead."""
    return any(
        (told.zone in _HEAD and line.zone in _HEAD) or abs(places[id(line)] - places[id(told)]) <= 1 for line in named
    )


def _is_meant(sure: Iterable[Line], told: Line) -> bool:
    """Whether a name of its own in the second paragraph says what that is to which the head of a text happened."""
    return told.zone in _HEAD and any(line.zone in _NEWS for line in sure)


def _follow(target: str, named: Sequence[Named], about: Mapping[str, float]) -> Followed | None:
    counted = [pair for pair in named if _counts(pair[1], about)]
    if all(_value(mention).standing is Standing.PART for _, mention in counted):
        return None
    best: dict[str, float] = {}
    for line, mention in counted:
        worth = mention.weight * _STANDINGS[_value(mention).standing] * _ZONES[line.zone]
        best[mention.name] = max(worth, best.get(mention.name, 0.0))
    strength = min(1.0, max(best.values()) + _FURTHER * (len(best) - 1))
    ordered = sorted(counted, key=lambda pair: (-_STANDINGS[_value(pair[1]).standing], pair[1].start))
    return Followed(target, strength, tuple(ordered))


def _counts(mention: Mention, about: Mapping[str, float]) -> bool:
    """Whether a text is about what the project of a site is about; mainly so, where the site alone is named."""
    name = _value(mention)
    least = 0.0 if Works.of(mention.name) else _MAINLY
    return name.standing is not Standing.SITE or about.get(name.sector, -1.0) >= least


def _value(mention: Mention) -> KnownName:
    assert isinstance(mention.value, KnownName)
    return mention.value
