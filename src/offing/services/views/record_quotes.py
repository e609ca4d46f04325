"""The quotes that prove the fields of a record, from the candidates that it was made from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from offing.model.reading.evidence import Evidence, FieldName
from offing.model.review.decision import decisions_in_force, edited_fields
from offing.services.review.decisions import QueueItem, items_of
from offing.store.database.engine import Database


@dataclass(frozen=True, slots=True)
class RecordQuote:
    """A quote, the value that it proves, and where it stands; `url` and `outlet` are empty if the article is gone."""

    text: str
    value: str
    candidate_id: int
    outlet: str = ""
    url: str = ""
    language: str = ""


def quotes_of_record(database: Database, candidate_ids: Collection[int]) -> Mapping[FieldName, tuple[RecordQuote, ...]]:
    """Return the quotes of some candidates by field, each of an article once.

    Where a person corrected a field of a candidate, only the quotes that were given for the correction count.
    """
    with database.read() as conn:
        items = items_of(conn, candidate_ids)
    found: dict[FieldName, dict[tuple[str, str], RecordQuote]] = defaultdict(dict)
    for item in items:
        articles = {source.article_id: source for source in item.candidate.articles}
        for proof in _proofs(item):
            source = articles.get(proof.article_id)
            outlet, url, language = (source.outlet, source.url, source.language) if source else ("", "", "")
            quote = RecordQuote(proof.text, proof.value, item.candidate.id, outlet, url, language)
            found[proof.field].setdefault((proof.text, url), quote)
    return {field: tuple(quotes.values()) for field, quotes in found.items()}


def _proofs(item: QueueItem) -> Iterator[Evidence]:
    corrected = edited_fields(item.decisions)
    yield from (proof for proof in item.candidate.evidence if proof.field not in corrected)
    yield from (proof for made in decisions_in_force(item.decisions) for proof in made.proofs)
