"""Mentions that only the encoder finds: beside those of lists and patterns, whole words of the text, and none twice."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offing.model.reading.mention import Mention, MentionKind
from offing.model.reading.rules import EntityKind
from offing.model.reading.tags import Tag
from offing.model.sources.article import Article
from offing.propose.parties.tagged import _LEAST, BY, united
from propose.encodings import Told, encoded_as, tagged_as

FIRM, LENDER, BODY, PLACE = MentionKind.FIRM, MentionKind.LENDER, MentionKind.COUNTERPART, MentionKind.PLACE
FINDS = {Tag.FIRM: FIRM, Tag.LENDER: LENDER, Tag.BODY: BODY, Tag.PLACE: PLACE}
KNOWN = {
    FIRM: {FIRM, LENDER, MentionKind.COUNTRY, MentionKind.CHINA, PLACE, BODY},
    LENDER: {LENDER, MentionKind.CHINA, MentionKind.COUNTRY, PLACE, BODY},
    BODY: {BODY, FIRM, LENDER, MentionKind.COUNTRY, MentionKind.CHINA},
    PLACE: {PLACE, MentionKind.COUNTRY, MentionKind.CHINA, FIRM, LENDER, BODY},
}
PARAGRAPH = "Rongda Cable (of Wuhan) signed with Unitel, and the Bank of Anhui lends; it lands at Lobito."


def article_of(*paragraphs: str) -> Article:
    """An article without a title."""
    return Article(1, "", paragraphs or (PARAGRAPH,), "en")


def mention(article: Article, kind: MentionKind, words: str) -> Mention:
    """A mention of a list."""
    start = article.text.index(words)
    return Mention(kind, start, start + len(words), words, name=words)


def added(article: Article, known: list[Mention], *spans: tuple[Tag, str, float]) -> list[tuple[MentionKind, str]]:
    """What is found beside what is known, where some words carry tags."""
    at = [(tag, article.text.index(words), len(words), share) for tag, words, share in spans]
    encoded = tagged_as(article.text, [(tag, start, start + size, share) for tag, start, size, share in at])
    found = united(article, known, encoded)
    assert list(found) == sorted(found, key=lambda each: (each.start, -each.end))
    assert [each for each in found if each.by != BY] == sorted(known, key=lambda each: (each.start, -each.end))
    return [(each.kind, each.text) for each in found if each.by == BY]


def test_firms_lenders_bodies_and_places_are_found() -> None:
    """In the order of the text; each is named as it is written, has no key, and says how sure it is."""
    spans = {Tag.PLACE: {"Lobito": 0.9}, Tag.LENDER: {"Bank of Anhui": 0.88}, Tag.BODY: {"Unitel": 0.85}}
    article = article_of()
    encoded = encoded_as(article, Told(tags={**spans, Tag.FIRM: {"Rongda Cable": 0.99}}))
    found = united(article, (), encoded)
    assert [(each.kind, each.text, each.name, each.key, each.by) for each in found] == [
        (FIRM, "Rongda Cable", "Rongda Cable", None, BY),
        (BODY, "Unitel", "Unitel", None, BY),
        (LENDER, "Bank of Anhui", "Bank of Anhui", None, BY),
        (PLACE, "Lobito", "Lobito", None, BY),
    ]
    assert [each.weight for each in found] == pytest.approx([0.99, 0.85, 0.88, 0.9], abs=1e-3)


@pytest.mark.parametrize("tag", sorted(set(Tag) - set(FINDS)))
def test_what_is_anothers_or_no_name_is_no_mention(tag: Tag) -> None:
    """A firm of another project, a sum, a size, a status and a worry are not named here."""
    assert added(article_of(), [], (tag, "Rongda Cable", 0.99)) == []


def test_what_is_hardly_likely_or_a_letter_is_no_mention() -> None:
    """A span has to be as likely as its tag demands, and two characters long."""
    for tag, least in _LEAST.items():
        assert added(article_of(), [], (tag, "Rongda Cable", least - 0.02)) == []
        assert added(article_of(), [], (tag, "Rongda Cable", least + 0.02)) == [(FINDS[tag], "Rongda Cable")]
    assert added(article_of("Plan B stands."), [], (Tag.PLACE, "B", 0.99)) == []
    assert added(article_of("The (…) stands."), [], (Tag.PLACE, "(…)", 0.99)) == []


@pytest.mark.parametrize(
    ("tag", "kind", "is_known"),
    [
        (Tag.FIRM, FIRM, True),
        (Tag.FIRM, LENDER, True),
        (Tag.FIRM, PLACE, True),
        (Tag.FIRM, MentionKind.MONEY, False),
        (Tag.LENDER, BODY, True),
        (Tag.LENDER, LENDER, True),
        (Tag.LENDER, MentionKind.CHINA, True),
        (Tag.LENDER, FIRM, False),
        (Tag.BODY, BODY, True),
        (Tag.BODY, MentionKind.COUNTRY, True),
        (Tag.BODY, PLACE, False),
        (Tag.PLACE, PLACE, True),
        (Tag.PLACE, MentionKind.COUNTRY, True),
        (Tag.PLACE, BODY, True),
        (Tag.PLACE, MentionKind.SECTOR, False),
    ],
)
def test_what_lists_know_is_not_found_again(tag: Tag, kind: MentionKind, is_known: bool) -> None:
    """Nor what only shares a word with it; a mention that says something else of the words leaves them free."""
    article = article_of()
    known = [mention(article, kind, "Cable")]
    assert added(article, known, (tag, "Rongda Cable", 0.99)) == ([] if is_known else [(FINDS[tag], "Rongda Cable")])
    assert added(article, known, (tag, "Lobito", 0.99)) == [(FINDS[tag], "Lobito")]


def test_what_only_touches_a_known_mention_is_found() -> None:
    """Beside it, before or behind, no character is shared; a long mention hides a short one that it holds."""
    article = article_of("西非中铁建设公司银行")
    known = [mention(article, FIRM, "中铁建设")]
    assert added(article, known, (Tag.FIRM, "西非", 0.9), (Tag.FIRM, "公司", 0.9)) == [(FIRM, "西非"), (FIRM, "公司")]
    assert added(article, known, (Tag.FIRM, "铁建", 0.9)) == []
    assert added(article, [*known, mention(article, FIRM, "西")], (Tag.FIRM, "非中", 0.9)) == []


def test_a_word_of_a_firms_name_is_no_lender() -> None:
    """Neither its last word nor its beginning; the whole name may lend, and so may a longer one that holds it."""
    article = article_of("China Telecommunication Construction Corporation lends through CTCC Finance.")
    known = [mention(article, FIRM, "China Telecommunication Construction Corporation"), mention(article, FIRM, "CTCC")]
    for words in ("Corporation", "China Telecommunication"):
        assert added(article, known, (Tag.LENDER, words, 0.99)) == []
    for words in ("China Telecommunication Construction Corporation", "CTCC Finance"):
        assert added(article, known, (Tag.LENDER, words, 0.99)) == [(LENDER, words)]
    body = [replace(each, by=EntityKind.PUBLIC_BODY) for each in known]
    assert added(article, body, (Tag.LENDER, "China Telecommunication", 0.99)) == [(LENDER, "China Telecommunication")]


@pytest.mark.parametrize(
    ("paragraph", "tagged", "found"),
    [
        ("It is Rongda Cable's.", "ongda Cab", "Rongda Cable"),
        ("(Rongda), said", "(Rongda),", "Rongda"),
        ("«Хуатун» строит", "«Хуат", "Хуатун"),
        ("Rongda2 builds", "Rongda", "Rongda2"),
        ("شركة رونغدا تبني", "ونغد", "رونغدا"),
        ("A First-rate port", "First", "First"),
        ("中国路桥承建大桥", "路桥", "路桥"),
        ("由Rongda承建", "ongda", "Rongda"),
        ("由Rongda承建", "由Rongda", "由Rongda"),
        ("， 路桥 。", "， 路桥 。", "路桥"),
    ],
)
def test_a_mention_is_whole_words_without_what_stands_around_them(paragraph: str, tagged: str, found: str) -> None:
    """A word that a span cuts belongs to it whole, quotes and stops do not; Chinese characters stand alone."""
    assert added(article_of(paragraph), [], (Tag.FIRM, tagged, 0.95)) == [(FIRM, found)]


@pytest.mark.parametrize(
    ("tag", "tagged", "found"),
    [
        (Tag.FIRM, "the firm Rongda Cable has", ["Rongda Cable"]),
        (Tag.LENDER, "of the Bank of Anhui", ["Bank of Anhui"]),
        (Tag.PLACE, "near the", []),
        (Tag.BODY, "the regional hospital of", ["the regional hospital of"]),
    ],
)
def test_no_name_begins_or_ends_with_small_letters(tag: Tag, tagged: str, found: list[str]) -> None:
    """But a body may be called by what it is: "the regional hospital"."""
    assert [text for _, text in added(article_of(f"Yes, {tagged} today."), [], (tag, tagged, 0.95))] == found


def test_two_spans_in_one_word_are_one_mention() -> None:
    """A word is named once, though its pieces were taken for two firms."""
    article = article_of("Rongdacable builds.")
    spans = [(Tag.FIRM, 0, 6, 0.9), (Tag.FIRM, 6, 11, 0.9)]
    offset = article.text.index("Rongda")
    at = [(tag, start + offset, end + offset, share) for tag, start, end, share in spans]
    assert [each.text for each in united(article, (), tagged_as(article.text, at))] == ["Rongdacable"]


def test_a_mention_stands_in_one_paragraph() -> None:
    """A span that runs over the end of a paragraph is no name."""
    article = Article(1, "News of Rongda", ("Cable laid.",), "en")
    start, end = article.text.index("Rongda"), article.text.index(" laid")
    found = united(article, (), tagged_as(article.text, [(Tag.FIRM, start, end, 0.9)]))
    assert all("\n" not in each.text for each in found)


TEXTS = st.text(st.sampled_from("aZé7路桥. ,(-«"), min_size=1, max_size=30)
PLACES = st.tuples(st.integers(0, 29), st.integers(1, 9))
SPANS = st.lists(st.tuples(st.sampled_from(list(Tag)), PLACES, st.floats(0.51, 0.99)), max_size=6)
LISTED = st.lists(st.tuples(st.sampled_from(list(MentionKind)), PLACES), max_size=4)


@given(TEXTS, SPANS, LISTED)
def test_what_is_added_is_the_text_and_stands_over_nothing_known(
    text: str, spans: list[tuple[Tag, tuple[int, int], float]], listed: list[tuple[MentionKind, tuple[int, int]]]
) -> None:
    """Its words are the article's, whole, long enough and of the kind of a tag; what was known all stays."""
    article = Article(1, "", (text,), "en")
    whole, size = article.text, len(article.text)
    known = [
        Mention(kind, start, min(start + length, size), whole[start : start + length])
        for kind, (start, length) in listed
        if start < size
    ]
    encoded = tagged_as(whole, [(tag, start, min(start + n, size), sure) for tag, (start, n), sure in spans])
    found = united(article, known, encoded)
    new = [each for each in found if each.by == BY]
    assert sorted(map(id, known)) == sorted(id(each) for each in found if each.by != BY)
    for each in new:
        assert each.text == whole[each.start : each.end] == each.name
        assert 2 <= len(each.text) <= size
        assert each.text[0].isalnum()
        assert each.text[-1].isalnum()
        assert not _is_cut(whole, each.start)
        assert not _is_cut(whole, each.end)
        assert not any(_share(each, other) for other in known if other.kind in KNOWN[each.kind])
    assert not any(_share(one, other) for one, other in combinations(new, 2) if one.kind is other.kind)


def _is_cut(text: str, place: int) -> bool:
    """Whether a place lies inside a word."""
    beside = text[place - 1 : place] + text[place : place + 1]
    return place > 0 and len(beside) == 2 and beside.isalnum() and not any("一" <= char <= "鿿" for char in beside)


def _share(one: Mention, other: Mention) -> bool:
    return one.start < other.end and other.start < one.end
