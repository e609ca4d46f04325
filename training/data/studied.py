"""What the product makes of annotated articles before anything is chosen, and what of it is right.

Of each article that tells of one project: the sentences that are heard, the bodies, sums, sizes and places that may
be the project's, each with its signs and whether it is, and which sentences tell which worries.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from offing.model.article import Article
from offing.model.floats import Floats
from offing.model.meaning import Meaning
from offing.model.mention import MentionKind
from offing.propose.draft import draft
from offing.propose.hosts import COUNTERPARTS, signed_counterparts
from offing.propose.likely import Group, Signed
from offing.propose.likely_parties import signed_parties
from offing.propose.meaning import NOTHING, Heard, told
from offing.propose.money import AMOUNTS, signed_sums
from offing.propose.parties import choose_parties
from offing.propose.party_votes import FIELDS, FIRMS, LENDERS, rank_parties
from offing.propose.reading import Line, Scope, read
from offing.propose.sites import PLACES, signed_places
from offing.propose.sizes import QUANTITIES, signed_quantities
from offing.propose.split import split
from offing.steps.analyse import Analyst
from offing.steps.analyst import load_analyst
from offing.steps.evaluation.matching import EXTRA_FIELDS
from offing.steps.evaluation.matching import FIELDS as ALWAYS
from training.data.articles import OWN, Annotated, annotated
from training.data.passages import holds

CHOSEN = (FIRMS, LENDERS, COUNTERPARTS, AMOUNTS, QUANTITIES, PLACES)
_KINDS = {field: kind for kind, field in FIELDS.items()}
# How often an article counts of which no rule was made: the wordings of the others look surer than they are.
FRESH = 3.0
_FRESH = frozenset(file.stem for file in OWN.glob("*.jsonl"))


@dataclass(frozen=True, slots=True)
class Drawn:
    """A text as one project is drawn from it: its countries and parties."""

    scope: Scope
    codes: tuple[str, ...]
    parties: frozenset[str]

    def may_be(self, field: str, heard: Heard | None = None) -> list[Signed]:
        """What may be a value of a field, with its signs."""
        if field in _KINDS:
            return self._parties(field, heard)
        if field == AMOUNTS:
            return signed_sums(self.scope, self.codes, self.parties, heard)
        signs = {COUNTERPARTS: signed_counterparts, QUANTITIES: signed_quantities, PLACES: signed_places}[field]
        return signs(self.scope, self.codes, heard)

    def _parties(self, field: str, heard: Heard | None) -> list[Signed]:
        firms = choose_parties(self.scope, MentionKind.FIRM, self.codes) if field == LENDERS else []
        ranked = rank_parties(self.scope, _KINDS[field], self.codes, firms)
        return signed_parties(field, ranked, firms, heard)


@dataclass(frozen=True, slots=True)
class Studied(Drawn):
    """An annotated article as one project is drawn from it, with the sentences that are heard."""

    annotated: Annotated
    lines: tuple[Line, ...]

    @property
    def source(self) -> str:
        """The set that it is of."""
        return self.annotated.source

    @property
    def texts(self) -> tuple[str, ...]:
        """The sentences that are heard."""
        text = self.scope.article.text
        return tuple(text[line.sentence.start : line.sentence.end] for line in self.lines)

    def heard(self, meaning: Meaning, vectors: Floats) -> Heard:
        """The sentences with their vectors, centred."""
        article = self.scope.article
        return Heard(meaning, self.lines, meaning.centred(vectors, article.language), article)

    def signed(self, field: str, heard: Heard | None = None) -> list[Signed]:
        """What may be a value of a field, with its signs; nothing where the field is not annotated."""
        return [] if self.annotated.project.get(field) is None else self.may_be(field, heard)

    def is_right(self, field: str, group: Group) -> bool:
        """Whether a group is an annotated value of a field."""
        same = {**ALWAYS, **EXTRA_FIELDS}[field]
        said = _said(field, group)
        return any(same(said, value) for value in self.annotated.project[field])

    def worries(self) -> Iterator[tuple[int, str]]:
        """The place of each sentence that is heard with each worry that it tells, or with `NOTHING`."""
        concerns = self.annotated.project.get("concerns")
        for place, text in enumerate(self.texts if concerns is not None else ()):
            kinds = {value["kind"] for value in concerns or () if holds(text, [value["as_written"]])}
            yield from ((place, kind) for kind in kinds or {NOTHING})


def studied() -> list[Studied]:
    """All articles that may be learned from and are drawn as one project."""
    analyst = load_analyst(None)
    return [found for each in annotated(analyst) if (found := _study(each, analyst))]


def drawn(article: Article, analyst: Analyst) -> Drawn | None:
    """A text as one project is drawn from it; None where it is drawn as several."""
    parts = split(read(article, analyst.mentions(article), analyst.scoring))
    if len(parts) != 1:
        return None
    found = draft(parts[0].scope)
    codes = tuple(country.key for country in found.countries)
    return Drawn(parts[0].scope, codes, frozenset(party.key for party in (*found.firms, *found.lenders)))


def count_of(source: str) -> float:
    """How often what a set or brief teaches counts."""
    return FRESH if source in _FRESH else 1.0


def _study(each: Annotated, analyst: Analyst) -> Studied | None:
    found = drawn(each.article, analyst)
    return None if found is None else Studied(found.scope, found.codes, found.parties, each, told(found.scope))


def _said(field: str, group: Group) -> object:
    if field in (AMOUNTS, QUANTITIES):
        value, _, counted = group.key.partition(" ")
        return {"value": value, "currency": counted, "unit": counted}
    if field in _KINDS:
        first = group.votes[0][2]
        return {"name": first.name or first.text}
    return max((mention.text for _, _, mention in group.votes), key=len)


def right_values(every: Sequence[Studied], field: str) -> int:
    """How many values of a field are annotated."""
    return sum(len(each.annotated.project.get(field) or ()) for each in every)
