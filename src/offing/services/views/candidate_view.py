"""Everything that a reviewer sees of one candidate, read in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from offing.errors import UsageError
from offing.model.projects.project import Firm, Lender
from offing.model.reading.evidence import Evidence, FieldName
from offing.model.reading.mention import Mention, MentionKind
from offing.model.reading.rules import Entity, EntityKind
from offing.model.review.decision import Verdict
from offing.model.sources.article import Article
from offing.model.values.vocabulary import Role
from offing.review import (
    BadEdit,
    Suggestion,
    differing,
    form_values,
    parse_edit,
    suggested_values,
    with_roles,
    without_rivals,
)
from offing.review.form_values import FREE
from offing.services.review.decisions import QueueItem, show
from offing.services.views.actors import Register
from offing.store.articles.article import get_articles, mentions_of
from offing.store.database.engine import Database

PARTY_FIELDS = frozenset({FieldName.FIRMS, FieldName.LENDERS})
_PARTIES = {MentionKind.FIRM, MentionKind.LENDER}


@dataclass(frozen=True, slots=True)
class CandidateView:
    """A candidate with its articles, their mentions, and the values that they offer for each field."""

    item: QueueItem
    articles: Mapping[int, Article]
    mentions: Mapping[int, tuple[Mention, ...]] = field(default_factory=dict)
    found: Mapping[FieldName, tuple[Suggestion, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Correction:
    """A field as a person wrote it, with the places of quotes (`article:start:end`) and a reason, if given."""

    text: str
    places: tuple[str, ...] = ()
    reason: str = ""


def candidate_view(database: Database, candidate_id: int) -> CandidateView:
    """Return one candidate as a reviewer sees it.

    Raises:
        UnknownItem: there is no such candidate.
    """
    item = show(database, candidate_id)
    with database.read() as conn:
        articles = get_articles(conn, (source.article_id for source in item.candidate.articles))
        mentions = mentions_of(conn, articles)
    ordered = [articles[source.article_id] for source in item.candidate.articles if source.article_id in articles]
    return CandidateView(item, articles, mentions, suggested_values(ordered, mentions))


def corrections_of(
    seen: CandidateView, fields: Mapping[str, Correction], parties: tuple[Firm | Lender, ...] = ()
) -> tuple[dict[str, str], tuple[Evidence, ...], tuple[str, ...]]:
    """Return what a form changes: the edited fields, the quotes given for them, and reasons for those without a quote.

    An unchanged field is no edit. `parties` are those whose names may be used.

    Raises:
        UsageError: a field cannot be read, a quote does not match its article, or a value about the world is added or
            removed with neither quote nor reason.
    """
    before = form_values(seen.item.facts)
    edits: dict[str, str] = {}
    proofs: list[Evidence] = []
    reasons: list[str] = []
    for name, correction in fields.items():
        if name not in before or correction.text.strip() == before[name].strip():
            continue
        quotes = tuple(_quote(seen, name, correction.text, place) for place in correction.places)
        _check(seen, name, correction, parties)
        edits[name] = correction.text.strip()
        proofs.extend(quotes)
        reasons += [f"{name.replace('_', ' ')}: {correction.reason.strip()}"] if correction.reason.strip() else []
    return edits, tuple(proofs), tuple(reasons)


def parties_of(seen: CandidateView, known: Register) -> tuple[Firm | Lender, ...]:
    """Return the firms and lenders whose names a person may type: those of the lexicon, then those of the articles.

    A name means what the article calls by it; otherwise a party's own name takes precedence over another's alias. A
    party that two aliases fit is listed twice: `parse_edit` asks which is meant. Owners precede those whom they own.
    """
    return _parties(
        [_mentioned(each) for own in seen.mentions.values() for each in own if each.kind in _PARTIES], known
    )


def listed_parties(known: Register) -> tuple[Firm | Lender, ...]:
    """Return the firms and lenders of the lexicon, by all names that a person may type."""
    return _parties([], known)


def _parties(called: Sequence[Firm | Lender], known: Register) -> tuple[Firm | Lender, ...]:
    entities = sorted(known.entities.values(), key=lambda entity: len(known.owners_of(entity.id)))
    named = [_listed(entity, entity.name) for entity in entities]
    aliases = [_listed(entity, name) for entity in entities for name in known.aliases.get(entity.id, ())]
    parties: list[Firm | Lender] = []
    for kind in (Firm, Lender):
        here, own = ([each for each in some if isinstance(each, kind)] for some in (called, named))
        others = without_rivals([each for each in aliases if isinstance(each, kind)], own)
        parties += [*without_rivals([*others, *own], here), *here]
    return tuple(parties)


def with_parties(database: Database, verdict: Verdict, known: Register) -> Verdict:
    """Return a verdict with the firms and lenders whose names its corrections may use, if it corrects any.

    Raises:
        UnknownItem: there is no such candidate.
    """
    if not PARTY_FIELDS & verdict.edits.keys():
        return verdict
    return replace(verdict, parties=parties_of(candidate_view(database, verdict.candidate_id), known))


def _listed(entity: Entity, written: str) -> Firm | Lender:
    """Return a party of the lexicon under the name that a person typed."""
    if entity.kind in {EntityKind.FIRM, EntityKind.PUBLIC_BODY}:
        return Firm(entity.name, written, Role.CONTRACTOR, entity.id)
    return Lender(entity.name, written, entity.id)


def _mentioned(found: Mention) -> Firm | Lender:
    """Return a party as an article calls it."""
    if found.kind is MentionKind.FIRM:
        return Firm(found.name, found.text, Role.CONTRACTOR, found.key)
    return Lender(found.name, found.text, found.key)


def _check(seen: CandidateView, name: str, correction: Correction, parties: tuple[Firm | Lender, ...]) -> None:
    facts = seen.item.facts
    text = with_roles(correction.text, facts) if name == FieldName.FIRMS else correction.text
    try:
        value = parse_edit(name, text, facts, parties)
    except BadEdit as error:
        raise UsageError(str(error)) from error
    if name not in FREE or correction.places or correction.reason.strip():
        return
    changed, called = differing(getattr(facts, name), value), name.replace("_", " ")
    if changed.added:
        raise UsageError(
            f"{called}: {changed.added[0]!r} has no proof yet. Select its words in the article, or give a reason"
        )
    if changed.removed:
        raise UsageError(
            f"{called}: {changed.removed[0]!r} is taken out without a reason. Give one, or quote what the article says"
        )


def _quote(seen: CandidateView, name: str, value: str, place: str) -> Evidence:
    """Return the quote at a place, checked against the article itself."""
    parts = place.split(":")
    numbers = [int(part) for part in parts if part.isdecimal() and len(part) < 16]  # noqa: PLR2004 -- no offset has more
    article = seen.articles.get(numbers[0]) if len(parts) == len(numbers) == 3 else None  # noqa: PLR2004 -- id, start, end
    if article is None or not numbers[1] < numbers[2] <= len(article.text):
        raise UsageError(f"{name}: the quote is not in any article of this story; select it again")
    _, start, end = numbers
    if name not in list(FieldName):
        raise UsageError(f"{name} has no quotes; give a reason instead")
    return Evidence(FieldName(name), value.strip(), article.id, start, end, article.text[start:end])
