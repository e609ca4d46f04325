"""Full-text search over candidates, on both databases."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from factories.candidate import FACTS, NOW, stored_candidate
from offing.model.projects.project import ProjectFacts
from offing.model.review.decision import Decision, Judgement
from offing.model.review.queue import Facet
from offing.model.text.search import Search, Term, parse_search, words_of
from offing.store.candidates.decision import append
from offing.store.candidates.facet import stored_facets
from offing.store.candidates.index import outdated, reindex, reindex_article
from offing.store.candidates.search import MOST_WORDS, keep_words, matches, not_kept
from offing.store.database.engine import Database
from offing.store.tables import article, candidate, entry, evidence, mention, story_article
from suite import examples

TEXTS = {
    "en": ("The President’s e-Government plan", "Huawei and ZTE signed a smart city deal in Nairobi."),
    "fr": ("Côte d’Ivoire : la fibre optique", "Le réseau d’État sera construit par China Telecom."),
    "es": ("Cámaras en Bogotá", "La alcaldía recibió 900 cámaras de vigilancia."),
    "ar": ("شركة هواوي تبني مركز البيانات", "وقّعت الحكومة اتفاقًا مع الصين."),
    "zh": ("中国华为公司建设数据中心", "肯尼亚政府与中国进出口银行签署贷款协议，金额8500万欧元。"),
    "ru": ("Хуавэй построит центр данных", "Договор подписан в Ташкенте, ёмкость сети вырастет."),
    "pt": ("Angola recebe crédito", "A ligação à rede eléctrica custa 30 milhões de dólares."),
}


def _stored(conn: sa.Connection, title: str, text: str, **changes: Any) -> int:
    """A candidate whose one article has this title and text; without facts and quotes where none are given."""
    candidate_id = stored_candidate(conn, **{"facts": ProjectFacts(), **changes})
    if "facts" not in changes:
        conn.execute(sa.delete(evidence).where(evidence.c.candidate_id == candidate_id))
    told = sa.select(story_article.c.article_id).where(story_article.c.story_id == _story(conn, candidate_id))
    words = {"title": title, "paragraphs": [text], "domain": "news.example"}
    conn.execute(sa.update(article).where(article.c.id.in_(told)).values(**words))
    reindex(conn, candidate_id)
    return candidate_id


def _story(conn: sa.Connection, candidate_id: int) -> int:
    return conn.execute(sa.select(candidate.c.story_id).where(candidate.c.id == candidate_id)).scalar_one()


def _found(conn: sa.Connection, typed: str) -> set[int]:
    return _ids(conn, parse_search(typed))


def _ids(conn: sa.Connection, search: Search) -> set[int]:
    conditions = matches(conn, search).among(candidate.c.id)
    return set(conn.execute(sa.select(candidate.c.id).where(*conditions)).scalars())


def test_words_are_found_in_seven_languages(database: Database) -> None:
    """Accents, case, Arabic forms and missing blanks stand in nobody's way; the other languages are not found."""
    typed = {
        "en": ("HUAWEI zte", '"smart city"', "presidents plan*", "e-government", "nairobi -bogota"),
        "fr": ("cote d'ivoire", "etat RESEAU", '"fibre optique"', "China-Telecom"),
        "es": ("camaras", "alcaldia vigilanc*", "BOGOTÁ"),
        "ar": ("هواوى", "شركه", "الصين", '"مركز البيانات"', "وقعت"),
        "zh": ("华为", "华", "数据中心", "进出口银行", '"贷款协议"', "8500万", "银*"),
        "ru": ("хуавэи", "емкость", "ташкент*"),
        "pt": ("credito", "eletrica -electrica rede", "ligacao"),
    }
    with database.write() as conn:
        ids = {language: _stored(conn, *text) for language, text in TEXTS.items()}
        for language, searches in typed.items():
            for search in searches:
                wanted = set() if "eletrica" in search or "presidents" in search else {ids[language]}
                assert _found(conn, search) == wanted, search


def test_names_are_found_as_written_and_canonical(database: Database) -> None:
    """Firms, lenders, counterparts, places and what recognition named in English are found, quotes as well."""
    with database.write() as conn:
        candidate_id = _stored(conn, "كينيا", "نص", facts=FACTS)
        other = _stored(conn, "Other news", "of nothing")
        number = conn.execute(sa.select(article.c.id).where(article.c.title == "كينيا")).scalar_one()
        here = {"article_id": number, "kind": "place", "start": 0, "end": 5, "weight": 1.0}
        conn.execute(sa.insert(mention).values(**here, surface="كينيا", name="Kenya"))
        reindex(conn, candidate_id)
        for search in ("kenya", '"China Exim Bank"', '"EUR 85 million"', "huawei"):
            assert _found(conn, search) == {candidate_id}, search
        assert _found(conn, "") == {candidate_id, other}


def test_a_phrase_does_not_run_from_one_text_into_the_next(database: Database) -> None:
    """The last word of a title and the first of the text below are no phrase."""
    with database.write() as conn:
        candidate_id = _stored(conn, "alpha beta", "gamma delta")
        assert _found(conn, '"alpha beta"') == _found(conn, "beta gamma") == {candidate_id}
        assert _found(conn, '"beta gamma"') == set()


def test_a_long_story_is_found_by_its_beginning(database: Database) -> None:
    """Words beyond what is kept are not found, and a hostile text of endless words is no error."""
    with database.write() as conn:
        candidate_id = _stored(conn, "Plain", "words")
        many = " ".join(f"w{number}" for number in range(MOST_WORDS + 10))
        keep_words(conn, {candidate_id: ("first", many)})
        assert _found(conn, "first w9") == {candidate_id}
        assert _found(conn, f"w{MOST_WORDS + 5}") == set()
        keep_words(conn, {candidate_id: ("first", "\U00020000x" * 200_000, "𠀀" * 10**6)})
        assert _found(conn, "first") == {candidate_id}


def test_a_phrase_is_found_however_often_its_words_stand_before(database: Database) -> None:
    """PostgreSQL keeps 256 places of a word; in a long story the last "of the ministry" is found all the same."""
    with database.write() as conn:
        candidate_id = _stored(conn, "Plain", "words")
        often = " ".join(f"of w{number} the x{number}" for number in range(1_000))
        keep_words(conn, {candidate_id: (f"{often} of the ministry",)})
        for typed in (
            '"of the"',
            '"of the ministry"',
            '"x999 of the ministry"',
            "x999-of-the-minist*",
            '"x998 of w999 the"',
        ):
            assert _found(conn, typed) == {candidate_id}, typed
        for typed in ('"ministry of"', '"of the x999"', '"the w1"', '"w998 the w999"', "the-minister*"):
            assert _found(conn, typed) == set(), typed


_WORDS = ("a", "ab", "b", "abc", "华为", "为")
_TEXTS = st.lists(st.lists(st.sampled_from(_WORDS), max_size=6).map(" ".join), min_size=1, max_size=3)


def _has(texts: list[str], term: Term) -> bool:
    """Whether one of some texts has the words of a term one after the other; told without any index."""
    *before, last = term.words
    for words in (tuple(words_of(text)) for text in texts):
        for at in range(len(words) - len(before)):
            end = words[at + len(before)]
            if words[at : at + len(before)] == tuple(before) and (end.startswith(last) if term.prefix else end == last):
                return True
    return False


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(100))
@given(_TEXTS, st.lists(st.sampled_from(_WORDS), min_size=1, max_size=4), st.booleans())
def test_phrases_are_found_where_they_stand(told: Database, texts: list[str], words: list[str], prefix: bool) -> None:
    """Both databases find a phrase, and the beginning of one, in exactly the texts that hold it."""
    term = Term(tuple(words), prefix)
    with told.write() as conn:
        (candidate_id,) = _found(conn, "")
        keep_words(conn, {candidate_id: texts})
        assert (_ids(conn, Search((term,))) == {candidate_id}) == _has(texts, term)


@pytest.fixture
def told(database: Database) -> Database:
    """A database with one candidate."""
    with database.write() as conn:
        _stored(conn, "Plain", "words")
    return database


def test_the_index_follows_each_change(database: Database) -> None:
    """New facts, corrections, masked texts, merged stories and deletion change what is found."""
    with database.write() as conn:
        candidate_id = _stored(conn, "Alpha", "beta")
        edit = {"countries": ["UGA"], "title": "Gamma works"}
        append(conn, Decision(0, candidate_id, Judgement.DEFER, "Ann", NOW, "", {}, edit))
        assert outdated(conn, [candidate_id]) == (candidate_id,)
        reindex(conn, candidate_id)
        assert outdated(conn, [candidate_id]) == not_kept(conn) == ()
        assert {(Facet.COUNTRY, "UGA"), (Facet.PERSON, "ann")} <= stored_facets(conn, [candidate_id])[candidate_id]
        assert _found(conn, "gamma") == {candidate_id}
        number = conn.execute(sa.select(article.c.id).where(article.c.title == "Alpha")).scalar_one()
        conn.execute(sa.update(article).where(article.c.id == number).values(paragraphs=["x"]))
        reindex_article(conn, number)
        assert _found(conn, "beta") == set()
        other = _stored(conn, "Plain", "words")
        conn.execute(sa.update(candidate).where(candidate.c.id == candidate_id).values(merged_into=other))
        assert not_kept(conn) == outdated(conn, [candidate_id]) == (candidate_id,)
        reindex(conn, candidate_id)
        assert not_kept(conn) == outdated(conn, [candidate_id, other]) == ()
        assert _found(conn, "gamma") == set()


def test_what_is_deleted_leaves_no_words(database: Database) -> None:
    """The database itself takes a candidate's facets and words away with it."""
    with database.write() as conn:
        candidate_id = _stored(conn, "Plain", "words")
        conn.execute(sa.text("DELETE FROM evidence"))
        conn.execute(sa.delete(candidate).where(candidate.c.id == candidate_id))
        assert not_kept(conn) == ()
        assert stored_facets(conn, [candidate_id]) == {candidate_id: frozenset()}


def test_who_added_an_article_is_a_person_of_its_candidate(database: Database) -> None:
    """What somebody added by hand is found among what is theirs."""
    with database.write() as conn:
        candidate_id = _stored(conn, "Plain", "words")
        conn.execute(sa.update(entry).values(added_by="Ben"))
        reindex(conn, candidate_id)
        assert (Facet.PERSON, "ben") in stored_facets(conn, [candidate_id])[candidate_id]


@pytest.fixture
def searched(database: Database) -> Database:
    """A database with one candidate for each language."""
    with database.write() as conn:
        for text in TEXTS.values():
            _stored(conn, *text)
    return database


_PIECES = (
    '"',
    "*",
    "-",
    "'",
    ":",
    "&",
    "|",
    "!",
    "(",
    ")",
    "<->",
    "AND",
    "OR",
    "NOT",
    "NEAR(",
    "华",
    "a",
    " ",
    "\\",
    ";",
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(60))
@given(st.text(max_size=40) | st.lists(st.sampled_from(_PIECES), max_size=14).map("".join))
@example("\x00'\"; DROP TABLE candidate; -- \ud800")
@example("rowid:1 words:x {a b}: ^a + b")
@example("ᏸ ꭰ \U0001e900 𐐷*")
@example("½ ² ㎢ Ⅷ ①")
def test_nothing_typed_is_syntax(searched: Database, typed: str) -> None:
    """Whatever is typed is looked for as words; it never raises and never reaches a database's own query language."""
    with searched.read() as conn:
        every = _found(conn, "")
        asked = parse_search(typed)
        for term in (*asked.wanted, *asked.unwanted):
            held, lacked = (_ids(conn, search) for search in (Search((term,)), Search((), (term,))))
            assert held | lacked == every
            assert not held & lacked
        assert _found(conn, typed) <= every
