"""What sentences mean decides with wordings: which worries are told, what is the project's, what is heard."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from offing.model.article import Article
from offing.model.floats import Floats
from offing.model.meaning import Meaning, Reading
from offing.model.mention import MentionKind
from offing.model.vocabulary import AmountKind, Concern, Role
from offing.propose import encoder
from offing.propose.concerns import CONCERN, choose_concerns
from offing.propose.likely import Group, grouped, meant, named, signed
from offing.propose.meaning import MOST, NO, NOTHING, YES, Heard, told
from offing.propose.reading import Scope, read
from offing.steps.analyst import load_analyst
from propose.spans import NOON, Text, shipped_rules

needs_encoder = pytest.mark.skipif(not encoder.is_there(), reason="no encoder: its weights are for Linux on x86-64")
SURE = 8.0
BODY = "counterparts"


def scope_of(text: Text) -> Scope:
    """A text as one scope, with the weights that ship."""
    return read(text.article, text.mentions, shipped_rules())


def told_by(scope: Scope, *shares: float) -> Heard:
    """The sentences of a scope as they would be heard: how surely each means a failure, and that a body takes part."""
    logits = np.array([[math.log(share / (1 - share))] for share in shares], np.float32)
    kinds = (Concern.FAILURE.value, *(kind.value for kind in Concern if kind is not Concern.FAILURE), NOTHING)
    weights = np.zeros((len(kinds), 1), np.float32)
    weights[0] = 1.0
    bias = np.full(len(kinds), -SURE, np.float32)
    bias[[0, -1]] = 0.0
    bodies = Reading((NO, YES), np.array([[0, 0], [1, 0]], np.float32), np.zeros(2, np.float32))
    meaning = Meaning({CONCERN: Reading(kinds, weights, bias), BODY: bodies}, {"": np.zeros(1, np.float32)})
    return Heard(meaning, scope.lines[: len(shares)], logits, scope.article)


def found(scope: Scope, heard: Heard) -> dict[str, list[str]]:
    """The kinds of worries with the words that prove them."""
    return {value.key: [mention.text for _, mention in value.mentions] for value in choose_concerns(scope, heard)}


def test_a_sentence_is_a_worry_without_its_wordings() -> None:
    """It proves itself; a sentence that hardly means it is none."""
    scope = scope_of(Text("Hall opens", "Rain drips on the racks."))
    assert found(scope, told_by(scope, 0.01, 0.97)) == {Concern.FAILURE: ["Rain drips on the racks."]}
    assert found(scope, told_by(scope, 0.01, 0.2)) == {}


def test_a_wording_is_proved_where_it_is_meant() -> None:
    """Of two wordings the one counts first whose sentence means a worry; another sentence only where none does."""
    text = Text("Hall opens", "Halls fail. Nothing else is told.", "The halls fail in the rain.")
    text.cue("concern", "fail", Concern.FAILURE, weight=2.0)
    scope = scope_of(text)
    first, second = (mention.start for mention in text.mentions)
    by_meaning = choose_concerns(scope, told_by(scope, 0.01, 0.02, 0.01, 0.9))[0]
    assert [mention.start for _, mention in by_meaning.mentions] == [second, first]
    elsewhere = found(scope, told_by(scope, 0.01, 0.02, 0.9, 0.02))
    assert elsewhere == {Concern.FAILURE: ["Nothing else is told."]}


def test_a_wording_that_no_sentence_means_needs_strength() -> None:
    """What sentences mean speaks against a wording as well as for it."""
    text = Text("Hall opens", "The hall may fail.").cue("concern", "fail", Concern.FAILURE, weight=2.0)
    scope = scope_of(text)
    assert found(scope, told_by(scope, 0.01, 0.6)) == {Concern.FAILURE: ["fail"]}
    assert found(scope, told_by(scope, 0.003, 0.003)) == {}


def test_what_stands_in_a_sentence_is_weighed_by_it() -> None:
    """In log-odds, at most four; nothing is said of what was not heard, or where nothing is heard at all."""
    text = Text("Hall opens", "The port bought it.", "The port is old.").put(MentionKind.COUNTERPART, "port")
    scope = scope_of(text)
    (group,) = grouped((("port", *pair) for pair in scope.of(MentionKind.COUNTERPART)), lambda *_: 1.0)
    assert meant(told_by(scope, 0.5, 0.75), BODY, group) == pytest.approx(math.log(3))
    assert meant(told_by(scope, 0.5, 0.9999), BODY, group) == 4.0
    assert meant(told_by(scope, 0.5), BODY, group) == 0.0
    (signs,) = [each.signs for each in signed(BODY, [group], lambda _: {}, None)]
    assert (signs["meant"], signs["named"], signs["unheard"]) == (0.0, 0.0, 1.0)


@needs_encoder
def test_what_a_mention_means_is_weighed_too() -> None:
    """Each mention of a body by itself, on average and in log-odds; nothing by a model that has no such reading."""
    text = Text("Hall opens", "The port bought it.", "The port is old.").put(MentionKind.COUNTERPART, "port")
    scope = scope_of(text)
    (group,) = grouped((("port", *pair) for pair in scope.of(MentionKind.COUNTERPART)), lambda *_: 1.0)
    heard = told_by(scope, 0.5, 0.75)
    assert _named(heard, group) == 0.0
    bias = np.array([0.0, math.log(3)], np.float32)
    surely = Reading((NO, YES), np.zeros((2, 3 * 384), np.float32), bias)
    knowing = Meaning({**heard.meaning.readings, named(BODY): surely}, heard.meaning.centres)
    assert _named(replace(heard, meaning=knowing), group) == pytest.approx(math.log(3))


@needs_encoder
def test_a_mention_is_read_beside_its_sentence_and_the_whole() -> None:
    """Only of sentences that were heard; nothing by a model that has no such reading."""
    text = Text("Hall opens", "The port bought it.", "The port is old.").put(MentionKind.COUNTERPART, "port")
    scope = scope_of(text)
    pairs = list(scope.of(MentionKind.COUNTERPART))
    heard = told_by(scope, 0.5, 0.75)
    assert heard.standing("kind_named", pairs) == {}
    beside = np.zeros((2, 2 + 3 * 384), np.float32)
    beside[1, 0] = 1.0  # what the sentence says
    knowing = Meaning({"kind_named": Reading((NO, YES), beside, np.zeros(2, np.float32))}, heard.meaning.centres)
    assert replace(heard, meaning=knowing).standing("kind_named", pairs)[YES] == pytest.approx(0.75)
    unheard = replace(heard, meaning=knowing, lines=scope.lines[:1], vectors=heard.vectors[:1])
    assert unheard.standing("kind_named", pairs) == {}


@needs_encoder
def test_kinds_and_roles_are_told_by_sentence_and_mention() -> None:
    """By the model that ships, through a whole article: a bank's loan, a builder."""
    paragraphs = (
        "The Export-Import Bank of China lent Zambia $5 million on Monday for a fibre line that ZTE is building.",
        "The loan is to be paid back within ten years.",
    )
    article = Article(1, "China Exim Bank lends Zambia $5 million for fibre", paragraphs, "en", published=NOON)
    (best, *_) = load_analyst(None).study(article).proposals
    assert [amount.kind for amount in best.facts.amounts] == [AmountKind.LOAN]
    assert [lender.id for lender in best.facts.lenders] == ["china-eximbank"]
    assert best.facts.firms[0].role in {Role.CONTRACTOR, Role.SUPPLIER}


def _named(heard: Heard, group: Group) -> float:
    (found,) = signed(BODY, [group], lambda _: {}, heard)
    return found.signs["named"]


def test_later_sentences_are_heard_where_they_may_tell_something() -> None:
    """The first ones all; behind them those with a worry, a worry's field or a sum, six at most; none of the past."""
    later = ["Deputies fear it.", "It leaks.", "It costs $5 million.", "It is blue.", "Long ago it cost $6 million."]
    text = Text("Hall opens", *["It is so."] * (MOST - 1), *later, *["It leaks again."] * 6)
    text.cue("signal", "fear", "marks-worry").cue("concern", "leaks", Concern.FAILURE)
    text.money("$5 million", "5000000", "USD").money("$6 million", "6000000", "USD")
    text.cue("signal", "Long ago", "marks-history")
    scope = scope_of(text)
    heard = [scope.article.text[line.sentence.start : line.sentence.end] for line in told(scope)]
    assert heard[MOST:] == [*later[:3], *["It leaks again."] * 3]


def test_the_whole_is_the_first_sentences() -> None:
    """What is heard later changes nothing of it."""
    text = Text("Hall opens", *["It is so."] * (MOST - 1), "It leaks.").cue("concern", "leaks", Concern.FAILURE)
    scope = scope_of(text)
    few, all_of_them = told_by(scope, *[0.3] * MOST), told_by(scope, *[0.3] * MOST, 0.9)
    assert _rows(few, scope) == pytest.approx(_rows(all_of_them, scope))
    assert len(all_of_them.each(CONCERN)) == MOST + 1
    assert len(all_of_them.single(CONCERN)) == MOST


def _rows(heard: Heard, scope: Scope) -> Floats:
    return heard.beside_vectors(scope.lines[:1])
