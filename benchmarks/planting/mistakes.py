"""Plant mistakes: replace one value in ten with one that a machine could have confused it with."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from offing.model.projects.project import Amount, Firm, Lender
from offing.model.reading.evidence import FieldName
from offing.model.reading.mention import Mention, MentionKind, Money
from offing.model.values.vocabulary import Status
from offing.propose.reading.proposal_title import country_name
from planting.articles import PlantedArticle
from planting.values import KINDS, Value, marks, name_of, values

ONE_IN = 10
CHINESE = frozenset({"CHN", "HKG", "MAC", "TWN"})
FACTORS = ((Decimal(10), "times ten"), (Decimal(1) / 10, "a tenth"))
PARTIES = frozenset({MentionKind.FIRM, MentionKind.LENDER})
SITES = frozenset({MentionKind.COUNTRY, MentionKind.PLACE})


@dataclass(frozen=True, slots=True)
class Plant:
    """A wrong value and the correct one, each with its marks, and how the wrong one was chosen."""

    field: FieldName
    value: str
    marks: list[str]
    right: str
    right_marks: list[str]
    how: str


@dataclass(frozen=True, slots=True)
class Swap:
    """A replacement for the correct value, and its origin."""

    value: Value
    how: str


def plant(
    articles: Sequence[PlantedArticle], rng: random.Random, *, misread: bool
) -> list[tuple[PlantedArticle, Plant | None]]:
    """Replace one value in ten of each kind, at most one per candidate.

    Args:
        articles: the candidates, all correct.
        rng: chooses the values.
        misread: whether mentions of the correct value are changed too, so that no mention in the quote contradicts the
            wrong one.
    """
    planted: dict[int, tuple[PlantedArticle, Plant]] = {}
    held = {
        kind: [(place, value) for place, each in enumerate(articles) for value in values(each.facts, kind)]
        for kind in KINDS
    }
    for kind, places in sorted(
        held.items(), key=lambda item: len(item[1])
    ):  # rarest first, while most candidates are free
        rng.shuffle(places)
        rank, wanted = 0, max(1, round(len(places) / ONE_IN))
        for number, value in places:
            options = (
                [] if rank == wanted or number in planted else list(_swaps(articles, articles[number], kind, value))
            )
            if options:
                swap = options[rank % len(options)]
                planted[number] = _spoil(articles[number], kind, value, swap, misread=misread)
                rank += 1
    return [planted.get(number, (each, None)) for number, each in enumerate(articles)]


def _spoil(
    own: PlantedArticle, kind: FieldName, value: Value, swap: Swap, *, misread: bool
) -> tuple[PlantedArticle, Plant]:
    """Return a candidate with one value replaced; the quote of the correct value becomes that of the wrong one."""
    wrong = tuple(swap.value if each == value else each for each in values(own.facts, kind))
    facts = replace(own.facts, **{kind.value: wrong[0] if kind is FieldName.STATUS else wrong})
    name, right = name_of(swap.value), name_of(value)
    evidence = tuple(
        replace(each, value=name) if each.field is kind and each.value == right else each for each in own.evidence
    )
    mentions = tuple(_misread(each, value, swap.value) for each in own.mentions) if misread else own.mentions
    key = Plant(kind, name, marks(swap.value), right, marks(value), swap.how)
    return replace(own, facts=facts, evidence=evidence, mentions=mentions), key


def _misread(mention: Mention, right: Value, wrong: Value) -> Mention:
    """Return a mention of the correct value changed to the wrong one; any other unchanged."""
    match right, wrong:
        case Amount(), Amount():
            money = mention.value
            same = isinstance(money, Money) and (money.value, money.currency) == (right.value, right.currency)
            return replace(mention, value=Money(wrong.value, wrong.currency)) if same else mention
        case (Firm(), Firm()) | (Lender(), Lender()):
            same = mention.kind in PARTIES and (mention.text == right.as_written or mention.key in marks(right))
            return replace(mention, key=wrong.id, name=wrong.name) if same else mention
        case Status(), Status():
            same = mention.kind is MentionKind.STATUS and mention.key == right
            return replace(mention, key=wrong.value) if same else mention
    same = mention.kind in SITES and mention.key == right
    return replace(mention, key=str(wrong), name=country_name(str(wrong))) if same else mention


def _swaps(articles: Sequence[PlantedArticle], own: PlantedArticle, kind: FieldName, value: Value) -> Iterable[Swap]:
    """Return possible replacements for a value, from the most plausible source that has any."""
    match value:
        case Amount():
            return [Swap(replace(value, value=value.value * factor), how) for factor, how in FACTORS]
        case Status():
            order = list(Status)
            place = order.index(value)
            near = [step for step in (-2, 1, -1, 2) if 0 <= place + step < len(order)]
            return [Swap(order[place + step], f"{step:+d} on the scale") for step in near]
        case Firm() | Lender():
            return list(_beside(own, kind, value)) or _rivals(articles, own, kind, value)
    named = set(own.row["background_countries"]) - CHINESE - set(own.facts.countries)
    near_by = {code for each in articles if each.row["lang"] == own.row["lang"] for code in each.facts.countries}
    how = "another country of the article" if named else "a country of another article in this language"
    return [Swap(code, how) for code in sorted(named or near_by - set(own.facts.countries))]


def _beside(own: PlantedArticle, kind: FieldName, value: Firm | Lender) -> Iterator[Swap]:
    """Yield the other parties of this kind that the article names."""
    wanted = MentionKind.FIRM if kind is FieldName.FIRMS else MentionKind.LENDER
    seen = {each.key: each for each in own.mentions if each.kind is wanted and each.key}
    for key, mention in seen.items():
        if not _equivalents(mention.name, own):
            swapped = replace(value, name=mention.name, as_written=mention.text, id=key)
            yield Swap(swapped, "another party of the article")


def _rivals(
    articles: Sequence[PlantedArticle], own: PlantedArticle, kind: FieldName, value: Firm | Lender
) -> list[Swap]:
    """Return the parties of other candidates, of the same sector if there are any, most common first."""
    alike = [each for each in articles if each.facts.sector is own.facts.sector]
    for pool in (alike, articles):
        parties = [each for other in pool for each in values(other.facts, kind) if isinstance(each, Firm | Lender)]
        common = Counter((each.name, each.id) for each in parties if not _equivalents(each.name, own))
        if common:
            swapped = (replace(value, name=name, as_written=name, id=key) for (name, key), _ in common.most_common())
            return [Swap(each, "a usual competitor") for each in swapped]
    return []


def _equivalents(name: str, own: PlantedArticle) -> bool:
    """Return whether a name shares its first word with a party of the candidate: it may be the same, or its parent."""
    first = name.split(maxsplit=1)[0]
    return any(first == each.name.split(maxsplit=1)[0] for each in (*own.facts.firms, *own.facts.lenders))
