"""An encoded article: what is said of its text, stretches, sentences and projects, all of it inside the text."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from offing.model.reading.tags import Tag
from offing.model.sources.article import Article
from offing.model.values.floats import Floats, shares
from offing.propose.encoder.encoded import EncodedArticle, EncodedPart, Span, _runs
from offing.propose.encoder.heads import ANOTHER, NOBODY, OWN, UNPARTED, Heads
from offing.propose.encoder.windows import WindowPiece
from offing.propose.reading.layout import sentences
from propose.encodings import VALUES, WIDTH, Told, encoded_as, heads_of, pieces_of

PARAGRAPHS = ("Huawei laid the cable to Lobito for Unitel. It cost $5 million.", "ZTE rents a mast in Soyo.")
ARTICLE = Article(1, "A cable for Lobito", PARAGRAPHS, "en")
TEXT = ARTICLE.text
BOUNDS = tuple((sentence.start, sentence.end) for sentence in sentences(ARTICLE))
LONG = Article(2, "A road", tuple(f"Paragraph {n} tells of the road and of its bridge." for n in range(9)), "en")
NOWHERE = (len(TEXT) + 5, len(TEXT) + 9)


def at(words: str, text: str = TEXT) -> tuple[int, int]:
    """Where some words stand."""
    return text.index(words), text.index(words) + len(words)


def told(article: EncodedArticle, tag: Tag) -> list[str]:
    """The stretches that carry a tag, as the text has them."""
    return [TEXT[span.start : span.end] for span in article.spans(tag)]


def test_a_stretch_has_the_pieces_that_it_touches() -> None:
    """Also those that it cuts; no mark between paragraphs, which is as wide as nothing."""
    found = encoded_as(ARTICLE, Told())
    start, end = at("the cable")
    words = [TEXT[found.pieces[row].start : found.pieces[row].end] for row in found.inside(start + 1, end - 1)]
    assert words == ["the", "cable"]
    everything = found.inside(0, len(TEXT))
    assert len(everything) == len(found.pieces) - len(PARAGRAPHS)
    assert found.inside(start, start).tolist() == found.inside(*NOWHERE).tolist() == []


def test_how_surely_a_stretch_carries_a_tag_is_the_mean_of_its_pieces() -> None:
    """Of each tag for itself; nobody knows of what was not read."""
    found = encoded_as(ARTICLE, Told(tags={Tag.FIRM: {"Huawei": 0.9}, Tag.SIZE: {"the cable": 0.7}}))
    assert found.share(Tag.FIRM, *at("Huawei")) == pytest.approx(0.9, abs=1e-3)
    assert found.share(Tag.FIRM, *at("Huawei laid the")) == pytest.approx(0.3, abs=1e-3)
    assert found.share(Tag.SIZE, *at("the cable")) == pytest.approx(0.7, abs=1e-3)
    assert found.share(Tag.OTHER_FIRM, *at("Huawei")) == pytest.approx(0.0, abs=1e-3)
    assert found.share(Tag.FIRM, *NOWHERE) is None


def test_spans_stand_where_their_pieces_do_and_say_how_surely() -> None:
    """In the order of the text, two that touch are two; less likely than not is none."""
    firms = {"Huawei": 0.8, "laid the": 0.9, "ZTE": 0.4}
    found = encoded_as(ARTICLE, Told(tags={Tag.FIRM: firms, Tag.PLACE: {"Lobito": 0.99}}))
    first, second = found.spans(Tag.FIRM)
    assert (first, second) == (
        Span(*at("Huawei"), pytest.approx(0.8, abs=1e-3)),
        Span(*at("laid the"), pytest.approx(0.9, abs=1e-3)),
    )
    assert told(found, Tag.PLACE) == ["Lobito", "Lobito"]
    assert told(found, Tag.LENDER) == []


def test_a_span_to_the_end_of_the_text_ends_there() -> None:
    """The last piece closes it."""
    assert told(encoded_as(ARTICLE, Told(tags={Tag.PLACE: {"Soyo.": 0.9}})), Tag.PLACE) == ["Soyo."]


def test_a_role_is_reported_over_all_places_of_a_firm() -> None:
    """By the mean of its places; those that were not read say nothing, and where none was, nobody knows."""
    found = encoded_as(ARTICLE, Told(roles={"supplier": 0.6}, kinds={"loan": 0.5}))
    roles = found.of_spans("roles", [at("Huawei"), NOWHERE])
    assert set(roles) == set(VALUES["roles"])
    assert roles["supplier"] == pytest.approx(0.6, abs=1e-4)
    assert found.of_spans("kinds", [at("$5 million")])["loan"] == pytest.approx(0.5, abs=1e-4)
    assert found.of_spans("roles", [NOWHERE]) == found.of_spans("roles", []) == {}


def test_places_of_a_firm_that_say_other_things_are_averaged() -> None:
    """A role that is sure at one of two places counts half."""
    found = encoded_as(ARTICLE, Told())
    arrays = dict(found.heads.arrays)
    wide = arrays["roles.0.weight"].shape[1] // 2
    arrays["roles.0.weight"] = np.zeros((1, 2 * wide), np.float32)
    arrays["roles.0.weight"][0, 0] = arrays["roles.0.weight"][0, wide] = 10.0
    arrays["roles.2.weight"] = np.zeros_like(arrays["roles.2.weight"])
    arrays["roles.2.weight"][1] = 1.0
    arrays["roles.2.bias"] = np.full_like(arrays["roles.2.bias"], -50.0)
    arrays["roles.2.bias"][:2] = 9.0, 0.0
    states = found.states.copy()
    states[found.inside(*at("Huawei")), 0] = 1.0
    roles = replace(found, states=states, heads=Heads(arrays, VALUES)).of_spans("roles", [at("Huawei"), at("ZTE")])
    assert roles["supplier"] == pytest.approx(0.5, abs=1e-3)
    assert roles["contractor"] == pytest.approx(0.5, abs=1e-3)


@pytest.mark.parametrize("words", ["It cost", "ZTE rents"])
def test_a_sentence_turns_where_it_begins_and_wherever_inside_it_is_asked(words: str) -> None:
    """The sentences beside it do not; nothing turns before the first sentence."""
    found = encoded_as(ARTICLE, Told(turns={words: 0.8}))
    for start, end in BOUNDS:
        own = 0.8 if start == TEXT.index(words) else 0.0
        for place in (start, (start + end) // 2, end - 1):
            assert found.begins(place) == pytest.approx(own, abs=1e-3), (place, TEXT[start:end])
    assert replace(found, sentences=BOUNDS[1:]).begins(0) == 0.0


def test_the_first_sentence_may_turn_too() -> None:
    """A title that is about a project is the first of it, however long it is."""
    found = encoded_as(ARTICLE, Told(turns={"A cable": 0.9}))
    assert found.begins(0) == pytest.approx(0.9, abs=1e-3)


def test_the_text_as_a_whole_has_a_share_for_each_value() -> None:
    """They are numbered."""
    found = encoded_as(ARTICLE, Told(text={"relevant": {"1": 0.7}, "count": {"0": 0.1, "1": 0.2}})).text
    assert found["relevant"] == {"0": pytest.approx(0.3, abs=1e-4), "1": pytest.approx(0.7, abs=1e-4)}
    assert found["count"]["1"] == pytest.approx(0.2, abs=1e-4)
    assert [sum(row.values()) for row in found.values()] == pytest.approx([1.0, 1.0], abs=1e-5)


def test_a_project_has_a_share_for_each_value_and_worries_each_for_itself() -> None:
    """Those of a field add up to one; any number of worries may hold."""
    asked = {"status": {"signed": 0.8}, "concerns": {"failure": 0.9, "procurement": 0.8}}
    fields = encoded_as(ARTICLE, Told(fields=asked)).whole.fields
    assert set(fields) == set(VALUES["project"])
    assert fields["status"]["signed"] == pytest.approx(0.8, abs=1e-2)
    assert sum(fields["status"].values()) == pytest.approx(1.0, abs=1e-5)
    assert (fields["concerns"]["failure"], fields["concerns"]["procurement"]) == pytest.approx((0.9, 0.8), abs=1e-2)


def test_a_part_has_its_own_what_is_nobodys_and_what_is_anothers() -> None:
    """Marks between paragraphs are nobody's; what is its own is that, though it was nobody's too."""
    found = encoded_as(ARTICLE, Told())
    part = found.part([at("A cable"), at("ZTE rents a mast in Soyo.")], unassigned=[(0, len(ARTICLE.title))])
    whose = {TEXT[piece.start : piece.end]: int(who) for piece, who in zip(found.pieces, part.members, strict=True)}
    assert (whose["A"], whose["for"], whose[""], whose["Huawei"], whose["ZTE"]) == (
        *(OWN, ANOTHER, NOBODY, ANOTHER, OWN),
    )
    title = dict(zip(found.inside(0, len(ARTICLE.title)), part.members, strict=False))
    assert list(title.values()) == [OWN, OWN, NOBODY, NOBODY]
    assert set(found.whole.members.tolist()) == {UNPARTED}


def test_whose_a_piece_is_moves_what_is_read_of_a_project() -> None:
    """The same text has another status for a part than for the whole."""
    found = random_encoding(TEXT, seed=3)
    whole, part = found.whole.fields, found.part([at("ZTE rents a mast in Soyo.")]).fields
    assert max(abs(whole["status"][value] - share) for value, share in part["status"].items()) > 1e-3


@pytest.mark.parametrize("words", ["It cost", "ZTE rents"])
def test_the_sentence_that_speaks_for_a_value_is_reported(words: str) -> None:
    """It has most of the sum, the others have less; a stretch that was not read has nothing."""
    found = encoded_as(ARTICLE, Told(fields={"status": {"signed": 0.8}}, speaks=[words])).whole
    told_by = found.contributions("status", "signed", [*BOUNDS, NOWHERE])
    assert told_by.index(max(told_by)) == [TEXT.index(words) == start for start, _ in BOUNDS].index(True)
    assert told_by[-1] == 0.0


def test_nothing_is_said_of_a_text_without_pieces() -> None:
    """No field, no tag, no role, no turn."""
    empty = encoded_as(Article(3, "\u200b", (), "en"), Told(text={"relevant": {"1": 0.9}}, pieces=0))
    assert (empty.text, empty.whole.fields) == ({}, {})
    assert [list(empty.spans(tag)) for tag in Tag] == [[]] * len(Tag)
    assert empty.share(Tag.FIRM, 0, 5) is None
    assert empty.of_spans("roles", [(0, 5)]) == {}
    assert empty.begins(0) == 0.0
    assert empty.part([(0, 5)]).fields == {}


def test_nothing_is_said_of_what_stands_behind_the_pieces_that_were_read() -> None:
    """No tag, no role, no turn, and no word for a value; what was read is said all the same."""
    read = encoded_as(LONG, Told(tags={Tag.SIZE: {"bridge": 0.9}}, roles={"supplier": 0.9}, pieces=30))
    behind = [(sentence.start, sentence.end) for sentence in sentences(LONG)][-3:]
    for stretch in behind:
        assert read.inside(*stretch).tolist() == []
        assert read.share(Tag.SIZE, *stretch) is None
        assert read.of_spans("roles", [stretch]) == {}
        assert read.begins(stretch[0]) == pytest.approx(0.0, abs=1e-3)
    assert read.whole.contributions("status", "signed", behind) == [0.0] * 3
    assert all(span.end <= read.pieces[-1].end for span in read.spans(Tag.SIZE))
    assert read.means(behind).tolist() == np.zeros((3, read.states.shape[1])).tolist()
    assert list(read.spans(Tag.SIZE))


def test_a_sentence_behind_what_was_read_turns_to_nothing() -> None:
    """Whatever the heads make of a state of noughts, no sentence stands behind it."""
    found = random_encoding(LONG.text, seed=5, bounds=[(s.start, s.end) for s in sentences(LONG)], most=30)
    assert found.begins(found.sentences[-1][0]) == 0.0


def test_a_project_of_which_nothing_was_read_has_no_values() -> None:
    """What is read are other projects only: they say nothing of this one."""
    found = random_encoding(LONG.text, seed=5, most=30)
    last = sentences(LONG)[-1]
    assert found.part([(last.start, last.end)], unassigned=[(0, len(LONG.title))]).fields == {}


def random_encoding(
    text: str, seed: int, bounds: list[tuple[int, int]] | None = None, most: int = 700, pieces: int | None = None
) -> EncodedArticle:
    """A text encoded by chance, by heads of five dimensions by chance."""
    chance, width = np.random.default_rng(seed), 5
    arrays = {name: by_chance(chance, *_shape(array, width)) for name, array in heads_of(Told()).arrays.items()}
    found = pieces_of(text)[: most if pieces is None else pieces]
    return EncodedArticle(found, by_chance(chance, len(found), width), Heads(arrays, VALUES), tuple(bounds or ()))


def _shape(array: Floats, width: int) -> tuple[int, ...]:
    """The shape of an array of heads over so many dimensions as one over others has it."""
    return tuple({WIDTH: width, 2 * WIDTH: 2 * width}.get(size, size) for size in array.shape)


def by_chance(chance: np.random.Generator, *shape: int) -> Floats:
    """Numbers by chance."""
    return chance.normal(size=shape).astype(np.float32)


WORDS = st.sampled_from(["Huawei", "路", "a", "$5", "(Lobito)", "é", "e\u0301", "\u200b", "—", "x" * 30])
TEXTS = st.lists(st.lists(WORDS, max_size=6).map(" ".join), max_size=4).map("\n\n".join)
SEEDS = st.integers(0, 10_000)


def odds_of(part: EncodedPart, field: str) -> Floats:
    """The log-odds of a field of a project."""
    own = part.article.heads.own(part.article.states, part.members)
    return part.article.heads.project(own)[field]


@given(TEXTS.filter(str.strip), SEEDS, st.sampled_from(VALUES["project"]), st.lists(st.integers(0, 3), max_size=30))
def test_what_all_pieces_add_is_what_speaks_for_a_value(text: str, seed: int, field: str, whose: list[int]) -> None:
    """The parts of all pieces sum to the log-odds of a value beside the mean of its field's, but for the bias."""
    found = random_encoding(text, seed)
    if not found.pieces:
        return
    members = np.resize(np.array([*whose, UNPARTED], np.intp), len(found.pieces))
    part = EncodedPart(found, members)
    odds, bias = odds_of(part, field), found.heads.arrays[f"project.values.{field}.bias"]
    everywhere = (-1, len(text) + 1)
    own = found.heads.own(found.states, members)
    for place, value in enumerate(VALUES[field]):
        parts = found.heads.contributions(field, place, own)
        centred = odds[place] - odds.mean() - (bias[place] - bias.mean())
        assert parts.shape == (len(found.pieces),)
        assert float(parts.sum()) == pytest.approx(float(centred), abs=1e-3)
        marks = float(parts[[piece.start == piece.end for piece in found.pieces]].sum())
        (all_of_them,) = part.contributions(field, value, [everywhere])
        assert all_of_them + marks == pytest.approx(float(parts.sum()), abs=1e-3)


@given(TEXTS, SEEDS)
def test_shares_are_shares_whatever_the_heads_are(text: str, seed: int) -> None:
    """Between 0 and 1; those of one field add up to one."""
    found = random_encoding(text, seed)
    for name, row in (*found.text.items(), *found.whole.fields.items()):
        assert all(0 <= share <= 1 for share in row.values())
        assert name == "concerns" or sum(row.values()) == pytest.approx(1.0, abs=1e-4)
    assert bool(found.text) is bool(found.whole.fields) is bool(found.pieces)


@given(TEXTS, SEEDS, st.integers(0, 12))
def test_spans_lie_in_the_text_one_behind_the_other(text: str, seed: int, most: int) -> None:
    """Whatever the heads say, also where only the first pieces were read."""
    found = random_encoding(text, seed, pieces=most)
    for tag in Tag:
        spans = list(found.spans(tag))
        assert all(0 <= span.start <= span.end <= len(text) for span in spans)
        assert all(0.5 < span.share <= 1 for span in spans)
        assert all(one.end <= other.start for one, other in pairwise(spans))
        assert all(span.end <= found.pieces[-1].end for span in spans)


@given(TEXTS, SEEDS, st.integers(-3, 60), st.integers(-3, 60))
def test_any_stretch_can_be_asked_for(text: str, seed: int, start: int, end: int) -> None:
    """Backwards, outside the text, or as wide as nothing."""
    found = random_encoding(text, seed, bounds=[(0, len(text))])
    rows = found.inside(start, end)
    assert all(found.pieces[row].start < end and start < found.pieces[row].end for row in rows)
    share = found.share(Tag.BODY, start, end)
    assert (share is None) == (len(rows) == 0)
    assert share is None or 0 <= share <= 1
    assert bool(found.of_spans("kinds", [(start, end)])) is bool(len(rows))
    assert 0 <= found.begins(start) <= 1
    assert found.means([(start, end)]).shape == (1, 5)


def test_runs_are_reported_apart_by_where_they_begin() -> None:
    """Also by a piece that says it is the first, inside of a run; and one of a piece alone."""
    inside = [True, True, True, False, True, True, False, False, True]
    begins = [True, False, True, True, False, False, False, True, False]
    assert list(_runs(inside, begins)) == [(0, 1), (2, 2), (4, 5), (8, 8)]
    assert list(_runs([], [])) == []


def test_a_span_is_as_sure_as_its_surest_piece() -> None:
    """Its other pieces may be less sure than not, down to a third; by numbers that a person can check."""
    pieces = (WindowPiece(10, 0, 3), WindowPiece(10, 4, 9), WindowPiece(10, 10, 12))
    rows = np.array([[0.0, -1.5, -1.4], [0.0, 0.0, 3.0], [5.0, 0.0, 0.0]], np.float32)
    heads = Heads(
        {"tags.weight": np.eye(3, dtype=np.float32), "tags.bias": np.zeros(3, np.float32)}, {"tags": (Tag.FIRM.value,)}
    )
    (span,) = EncodedArticle(pieces, rows, heads).spans(Tag.FIRM)
    assert (span.start, span.end, span.share) == (0, 9, pytest.approx(float(1 - shares(rows)[1, 0])))
    rows[1] = 0.0, -9.0, -0.5  # nowhere likelier than not
    assert list(EncodedArticle(pieces, rows, heads).spans(Tag.FIRM)) == []
