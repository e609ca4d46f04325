"""How much of an article a release quotes."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from factories.candidate import FACTS, NOW
from offing.model.projects.finding import QuoteBudget
from offing.model.projects.project import LifeEvent, ProjectRecord
from offing.model.projects.release import Described, ProvedField
from offing.model.reading.evidence import Evidence, FieldName
from offing.model.values.vocabulary import EventKind, Speaker, Status
from offing.publish.quotes import QuotedArticle, QuotedSoFar, budgeted

BUDGET = QuoteBudget(0.15, 400, 0)
URL = "https://a.example/"


def _proof(field: FieldName, start: int, end: int, speaker: Speaker | None = None) -> ProvedField:
    return ProvedField("off-1", Evidence(field, "v", 1, start, end, "x" * (end - start), speaker), f"{URL}1")


def _kept(proofs: list[ProvedField], length: int = 1000, *, reserved: bool = False, quoted: QuotedSoFar | None = None):
    described = Described(ProjectRecord("off-1", FACTS, (), (1,), NOW, NOW), (), tuple(proofs))
    articles = {each.evidence.article_id: QuotedArticle(length, reserved) for each in proofs}
    found = budgeted(described, articles, BUDGET, quoted or QuotedSoFar(frozenset()))
    return [bool(each.text) for each in found.proofs]


def test_every_field_keeps_its_best_quote_first() -> None:
    """Of two quotes of one field the shorter is the better; the second of any field comes after the first of all."""
    proofs = [
        _proof(FieldName.STATUS, 0, 90),
        _proof(FieldName.STATUS, 100, 160),
        _proof(FieldName.FIRMS, 200, 280),
    ]
    assert _kept(proofs) == [False, True, True]


def test_a_field_keeps_the_next_best_where_the_best_is_too_long() -> None:
    """Before any other field gets a second one."""
    named = _proof(FieldName.FIRMS, 0, 200, speaker=Speaker.COMPANY)
    proofs = [named, _proof(FieldName.FIRMS, 300, 400), *(_proof(FieldName.STATUS, at, at + 50) for at in (500, 600))]
    assert _kept(proofs) == [False, True, True, False]


def test_a_named_side_is_better_than_a_short_quote() -> None:
    """What the host's official says stands before what the outlet says in fewer words."""
    official = _proof(FieldName.STATUS, 0, 100, speaker=Speaker.HOST_OFFICIAL)
    assert _kept([_proof(FieldName.STATUS, 200, 260), official]) == [False, True]


def test_characters_count_once() -> None:
    """A sentence that proves four fields costs as much as for one; part of it costs nothing."""
    proofs = [_proof(name, 0, 150) for name in (FieldName.STATUS, FieldName.FIRMS, FieldName.AMOUNTS)]
    assert _kept([*proofs, _proof(FieldName.MODE, 20, 60), _proof(FieldName.SECTOR, 150, 151)]) == [True] * 4 + [False]


def test_a_long_article_gives_four_hundred_characters() -> None:
    """Whatever its length."""
    assert _kept([_proof(FieldName.FIRMS, 0, 400), _proof(FieldName.STATUS, 500, 501)], 90_000) == [True, False]


def test_reserved_articles_are_not_quoted() -> None:
    """Their places are told, not their words; a site may allow some characters."""
    assert _kept([_proof(FieldName.STATUS, 0, 10)], reserved=True) == [False]
    assert QuoteBudget(0.15, 400, 50).of(1000, reserved=True) == 50
    assert QuoteBudget(0.15, 400, 900).of(1000, reserved=True) == 150


def test_quotes_of_all_projects_count() -> None:
    """What one project quotes of a shared article is not left for the next; of others nothing is remembered."""
    quoted = QuotedSoFar(frozenset({1}))
    assert _kept([_proof(FieldName.STATUS, 0, 100)], quoted=quoted) == [True]
    assert _kept([_proof(FieldName.STATUS, 200, 260), _proof(FieldName.FIRMS, 10, 90)], quoted=quoted) == [False, True]
    assert set(quoted.spans) == {1}


def test_an_event_keeps_a_quote_that_is_published_as_evidence() -> None:
    """Words that are withheld in one table stand in no other."""
    events = tuple(
        LifeEvent(EventKind.STATUS, Status.SIGNED, date(2026, 3, 5), 1, url, words)
        for url, words in ((f"{URL}1", "x" * 20), (f"{URL}1", "other words"), (f"{URL}2", "x" * 20))
    )
    record = replace(ProjectRecord("off-1", FACTS, (), (1,), NOW, NOW), life_line=events)
    described = Described(record, (), (_proof(FieldName.STATUS, 0, 50),))
    found = budgeted(described, {1: QuotedArticle(1000, reserved=False)}, BUDGET, QuotedSoFar(()))
    assert [each.quote for each in found.record.life_line] == ["x" * 20, "", ""]


SPANS = st.tuples(st.sampled_from(list(FieldName)), st.integers(0, 900), st.integers(1, 300))


@given(st.lists(SPANS, max_size=12), st.integers(0, 5000))
def test_no_article_is_quoted_beyond_its_budget(spans: list[tuple[FieldName, int, int]], length: int) -> None:
    """Whatever is quoted of it, and by whichever fields."""
    proofs = [_proof(field, start, start + size) for field, start, size in spans]
    kept = [proof.evidence for proof, text in zip(proofs, _kept(proofs, length), strict=True) if text]
    characters = {place for each in kept for place in range(each.start, each.end)}
    assert len(characters) <= min(400, int(0.15 * length))
