"""The quotes that prove the fields of a record, from the candidates that it was made from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from offing.model.projects.adopted import Adopted
from offing.model.projects.project import ProjectRecord
from offing.model.reading.evidence import Evidence, FieldName
from offing.model.review.decision import decisions_in_force, edited_fields
from offing.publish import inherited_proofs, inherited_sources
from offing.services.records.adopted import inherited
from offing.services.review.decisions import QueueItem, items_of
from offing.store.database.engine import Database


@dataclass(frozen=True, slots=True)
class RecordQuote:
    """A quote, the value that it proves, and where it stands; `url` and `outlet` are empty if the article is gone.

    One that came with an adopted release has no candidate.
    """

    text: str
    value: str
    candidate_id: int | None
    outlet: str = ""
    url: str = ""
    language: str = ""


def quotes_of_record(database: Database, record: ProjectRecord) -> Mapping[FieldName, tuple[RecordQuote, ...]]:
    """Return the quotes of a record by field, each of an article once: from its candidates, and from what it inherits.

    Where a person corrected a field of a candidate, only the quotes that were given for the correction count.
    """
    with database.read() as conn:
        items, adopted = items_of(conn, record.candidate_ids), inherited(conn, record.id)
    found: dict[FieldName, dict[tuple[str, str], RecordQuote]] = defaultdict(dict)
    for field, quote in (*_inherited(record, adopted), *_of_candidates(items)):
        found[field].setdefault((quote.text, quote.url), quote)
    return {field: tuple(quotes.values()) for field, quotes in found.items()}


def _inherited(record: ProjectRecord, adopted: Collection[Adopted]) -> Iterator[tuple[FieldName, RecordQuote]]:
    sources = {each.url: each for each in inherited_sources(record, adopted)}
    for proof in inherited_proofs(record, adopted):
        said, source = proof.evidence, sources.get(proof.url)
        outlet, language = (source.outlet, source.language) if source else ("", "")
        if said.text:
            yield said.field, RecordQuote(said.text, said.value, None, outlet, proof.url, language)


def _of_candidates(items: Iterable[QueueItem]) -> Iterator[tuple[FieldName, RecordQuote]]:
    for item in items:
        articles = {source.article_id: source for source in item.candidate.articles}
        for proof in _proofs(item):
            source = articles.get(proof.article_id)
            outlet, url, language = (source.outlet, source.url, source.language) if source else ("", "", "")
            yield proof.field, RecordQuote(proof.text, proof.value, item.candidate.id, outlet, url, language)


def _proofs(item: QueueItem) -> Iterator[Evidence]:
    corrected = edited_fields(item.decisions)
    yield from (proof for proof in item.candidate.evidence if proof.field not in corrected)
    yield from (proof for made in decisions_in_force(item.decisions) for proof in made.proofs)
