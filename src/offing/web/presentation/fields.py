"""The fields of a candidate as its page shows them: values, quotes, and the means to correct them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from offing.model.reading.evidence import Evidence, FieldName
from offing.model.review.candidate import Candidate
from offing.model.review.decision import Decision, decisions_in_force
from offing.model.sources.article import Article
from offing.review import FREE, LISTS, country_name, form_values
from offing.review.doubts import Doubt
from offing.services.matching.conversions import day_of
from offing.services.second_reader.differences import FieldDoubt, SecondView
from offing.services.views.actors import Register
from offing.services.views.candidate_view import CandidateView
from offing.services.views.pointers import pointers
from offing.web.presentation.field_values import CLOSED, ValueView, grouped, values_of, words
from offing.web.presentation.highlights import anchor, stands
from offing.web.presentation.hints import HINTS
from offing.web.presentation.value_choices import Offered, offered
from offing.web.presentation.zones import local_day

COMPLETED = frozenset({"countries", "firms", "lenders", "concerns", "events"})  # fields with lists to complete from
_LABELS = {
    FieldName.TERMS: "loan terms",
    FieldName.RECORD_TYPE: "kind",
    FieldName.EVENT_DATE: "since",
    FieldName.COUNTERPARTS: "host side",
    FieldName.QUANTITIES: "size",
}


@dataclass(frozen=True, slots=True)
class Quote:
    """A quote beside its field, with the values that it proves.

    `anchor` is empty if its article no longer contains it; `by` is the person who gave it.
    """

    values: tuple[str, ...]
    text: str
    speaker: str
    anchor: str
    language: str = ""
    page: int | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class Pointer:
    """A value that its quote does not support. `instead`: what the quote says; `readings`: shown and typed, for `part`.

    `place` and `quote` are those of the proof.
    """

    value: str
    instead: tuple[str, ...]
    part: str
    readings: tuple[tuple[str, str], ...]
    place: str
    quote: str


@dataclass(frozen=True, slots=True)
class FieldView:
    """A field with everything its row shows.

    `machine` holds the machine's own values if a person changed them, `edited` who did and when. `typed` is the
    value as in a form; `options` are those of a closed list. `contrasts` are the values on which articles
    differ, each with its outlets. `second` is the second reader's differing value.
    """

    name: str
    label: str
    values: tuple[ValueView, ...]
    quotes: tuple[Quote, ...]
    typed: str
    machine: tuple[ValueView, ...] = ()
    edited: str = ""
    doubts: tuple[Pointer, ...] = ()
    contrasts: tuple[tuple[str, str], ...] = ()
    options: tuple[str, ...] = ()
    offered: tuple[Offered, ...] = ()
    completes: bool = False
    second: FieldDoubt | None = None

    @property
    def several(self) -> bool:
        """Whether it holds several values, separated by semicolons."""
        return self.name in LISTS

    @property
    def free(self) -> bool:
        """Whether its values are open-ended, so that a correction has to be proved."""
        return self.name in FREE

    @property
    def inline(self) -> bool:
        """Whether its values are shown on one line: short names that need nothing beside them."""
        return self.name in {"places", "counterparts"}

    @property
    def filled(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.values or self.quotes or self.machine or self.second)

    @property
    def hint(self) -> str:
        """How its values are typed."""
        return HINTS.get(self.name, "")


def field_views(seen: CandidateView, known: Register, second: SecondView | None = None) -> tuple[FieldView, ...]:
    """All fields, in the order of `FieldName`, the filled ones with their quotes.

    Args:
        seen: the candidate.
        known: who owns whom.
        second: the second reader's opinion, if it was asked.
    """
    item, candidate = seen.item, seen.item.candidate
    day = day_of(candidate.articles)
    values, machine, typed = values_of(item.facts, day), values_of(candidate.facts, day), form_values(item.facts)
    edits = _edits(item.decisions)
    doubted = _doubted(seen, known)
    return tuple(
        FieldView(
            name=name.value,
            label=label(name),
            values=values[name],
            quotes=tuple(_quotes(seen, name)),
            typed=typed[name],
            machine=machine[name] if name in edits and machine[name] != values[name] else (),
            edited=edits.get(name, ""),
            doubts=doubted.get(name, ()),
            contrasts=tuple(_contrasts(candidate, name)),
            options=tuple(CLOSED[name]) if name in CLOSED else (),
            offered=offered(name, seen.found.get(name, ()), typed[name]),
            completes=name in COMPLETED,
            second=second.of(name) if second else None,
        )
        for name in FieldName
    )


def label(name: FieldName) -> str:
    """A field's name on the page."""
    return _LABELS.get(name, name.replace("_", " "))


def proofs_of(seen: CandidateView) -> tuple[Evidence, ...]:
    """The quotes of the machine and those that people gave for values in force."""
    given = (proof for made in decisions_in_force(seen.item.decisions) for proof in made.proofs)
    return (*seen.item.candidate.evidence, *given)


def _edits(decisions: Iterable[Decision]) -> dict[str, str]:
    """Who set each corrected field last, and when."""
    return {name: f"{made.by}, {local_day(made.at)}" for made in decisions_in_force(decisions) for name in made.after}


def _doubted(seen: CandidateView, known: Register) -> dict[str, tuple[Pointer, ...]]:
    found: dict[str, tuple[Pointer, ...]] = {}
    for doubt in pointers(seen.item, seen.mentions, known):
        found[doubt.field] = (*found.get(doubt.field, ()), _pointer(doubt))
    return found


def _pointer(doubt: Doubt) -> Pointer:
    readings = tuple((shown, typed) for shown, typed in zip(doubt.instead, doubt.typed, strict=True) if typed)
    proof = doubt.proof
    place = f"{proof.article_id}:{proof.start}:{proof.end}" if proof else ""
    return Pointer(doubt.value, doubt.instead, doubt.part, readings[:3], place, proof.text if proof else "")


def _contrasts(candidate: Candidate, name: FieldName) -> Iterator[tuple[str, str]]:
    """The values on which the articles differ, each with its outlets."""
    outlets = {article.url: article.outlet or "unnamed outlet" for article in candidate.articles}
    for contrast in candidate.contrasts:
        if contrast.field is name:
            for article in contrast.values:
                names = dict.fromkeys(outlets[url] for url in article.urls if url in outlets)
                yield words(article.value) if name in CLOSED else article.value, ", ".join(names)


def _quotes(seen: CandidateView, name: FieldName) -> Iterator[Quote]:
    """The quotes of a field, each place of an article once."""
    given = [(proof, "") for proof in seen.item.candidate.evidence]
    given += [(proof, made.by) for made in decisions_in_force(seen.item.decisions) for proof in made.proofs]
    places: dict[tuple[int, int, int, str], list[Evidence]] = {}
    for proof, by in given:
        if proof.field is name:
            places.setdefault((proof.article_id, proof.start, proof.end, by), []).append(proof)
    for (*_, by), proofs in places.items():
        yield _quote(proofs, seen.articles, by)


def _quote(proofs: list[Evidence], articles: Mapping[int, Article], by: str) -> Quote:
    first = proofs[0]
    article = articles.get(first.article_id)
    return Quote(
        values=tuple(dict.fromkeys(_called(proof) for proof in proofs)),
        text=first.text,
        speaker=words(first.said_by),
        anchor=anchor(first) if article and stands(article, first) else "",
        language=article.language if article else "",
        page=first.page,
        by=by,
    )


def _called(proof: Evidence) -> str:
    """The value that a quote proves, in words."""
    if proof.field is FieldName.COUNTRIES:
        return country_name(proof.value)
    number, _, currency = proof.value.partition(" ")
    if proof.field is FieldName.AMOUNTS and number.replace(".", "", 1).isdecimal() and number.isascii():
        return f"{currency} {grouped(Decimal(number))}".strip()
    return words(proof.value) if proof.field in CLOSED else proof.value
