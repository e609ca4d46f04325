"""Meaning: what sentences tell whose words no list has, and an engine that is only given what it can take."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offing.config.layers import Layers
from offing.config.scoring import load_scoring
from offing.model.candidate import Proposal
from offing.model.evidence import FieldName
from offing.model.meaning import Meaning, Reading
from offing.model.rules import ScoringRules
from offing.model.signs import INTERCEPT
from offing.model.vocabulary import Concern, Status
from offing.propose import encoder, propose
from offing.propose.encoder import reader
from offing.propose.layout import Zone
from offing.propose.meaning import mean_of
from propose.spans import COUNTRY, FIRM, Text
from suite import examples

needs_encoder = pytest.mark.skipif(not encoder.is_there(), reason="no encoder: its weights are not installed here")
UPSETTING = ("\ufdfa" * 40, "\ufdfa \ufdfb " * 300, "a\0b", "\ud800\udc00\ud83d", "", " ", "\u202e" * 50, "㌖" * 900)
UPSETTING += ("x" * 100_000, "👩‍👩‍👧‍👦" * 200, "</s><mask><pad>", "e" + "\u0301" * 2_000)


@pytest.fixture
def unable(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine that has no weights."""
    monkeypatch.setattr(reader, "weights_file", lambda: None)
    reader._encoder.cache_clear()
    encoder.forget()
    yield
    reader._encoder.cache_clear()


def learned() -> ScoringRules:
    """The scoring that ships with what sentences mean."""
    return replace(load_scoring(Layers.of(None)), signs={})


def told(*paragraphs: str, rules: ScoringRules | None = None) -> Proposal:
    """What an article on Huawei's data centre in Ghana says, of which no wording is known but the names."""
    text = Text("Huawei data centre in Ghana", *paragraphs).put(FIRM, "Huawei", "huawei").put(COUNTRY, "Ghana", "GHA")
    text.cue("status", "centre", "agreed", weight=0.4)
    return propose(text.article, text.mentions, rules or learned()).proposals[0]


@needs_encoder
def test_a_status_without_a_wording_is_read_from_its_sentence() -> None:
    """Who unpacks crates is building; the sentence is the proof, word for word."""
    sentence = "Crews have hung half of the racks, the other half still waits in crates on the pier."
    proposal = told(sentence)
    assert proposal.facts.status is Status.UNDER_CONSTRUCTION
    quotes = [each for each in proposal.evidence if each.field is FieldName.STATUS]
    assert sentence in [each.text for each in quotes]


@needs_encoder
def test_a_worry_without_a_wording_is_read_from_its_sentence() -> None:
    """Roofs that leak are a failure, though nobody says so."""
    proposal = told("Rain drips on the racks, and nine of the twelve cooling units have not run since May.")
    assert Concern.FAILURE in [concern.kind for concern in proposal.facts.concerns]


@needs_encoder
def test_a_wording_of_a_worry_that_no_sentence_means_is_none() -> None:
    """A list of what was delivered is no worry, whatever word stands in it; a debt that cannot be repaid is one."""
    for sentence, is_worry in (
        ("The containers hold racks, two generators and air conditioners for the hall.", False),
        ("Opposition lawmakers say the country cannot repay the loan for the hall and sinks deeper into debt.", True),
    ):
        text = Text("Huawei data centre in Ghana", sentence).put(FIRM, "Huawei", "huawei").put(COUNTRY, "Ghana", "GHA")
        text.cue("status", "centre", "agreed", weight=0.4).cue("concern", "hall", Concern.DEBT_FINANCE, weight=2.0)
        found = propose(text.article, text.mentions, learned()).proposals[0].facts.concerns
        assert (Concern.DEBT_FINANCE in [each.kind for each in found]) is is_worry


@needs_encoder
def test_what_is_not_worth_encoding_has_what_its_wordings_say() -> None:
    """To encode a text costs several times as much as all else; what wordings alone make a candidate is encoded."""
    sentence = "Crews have hung half of the racks, the other half still waits in crates on the pier."
    screened = replace(learned(), screen={INTERCEPT: -9.0})
    assert told(sentence, rules=replace(screened, cut=0.9999)).facts.status is Status.AGREED
    assert told(sentence, rules=screened).facts.status is Status.UNDER_CONSTRUCTION
    heard = replace(screened, screen={INTERCEPT: 9.0}, cut=0.9999)
    assert told(sentence, rules=heard).facts.status is not Status.AGREED


def test_without_a_model_wordings_decide() -> None:
    """A site without the model's file has what its wordings say."""
    assert told("Crews hang racks.", rules=replace(learned(), meaning=None)).facts.status is Status.AGREED


def test_without_weights_wordings_decide(unable: None) -> None:
    """And whoever asks for vectors all the same is told so."""
    assert not encoder.is_there()
    assert told("Crews hang racks.").facts.status is Status.AGREED
    with pytest.raises(RuntimeError, match="no encoder"):
        encoder.vectors_of(["Trains run, 12 of them."])


@needs_encoder
def test_without_onnx_runtime_there_is_no_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    """The weights alone are of no use."""
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    reader._encoder.cache_clear()
    assert not encoder.is_there()
    reader._encoder.cache_clear()


@needs_encoder
@pytest.mark.parametrize("text", UPSETTING, ids=range(len(UPSETTING)))
def test_texts_that_upset_encoders_are_taken(text: str) -> None:
    """Ligatures that become words, NULs, lone surrogates, endless words, marks of models: a vector of length 1 each."""
    (vector,) = encoder.vectors_of([text])
    assert np.isclose(np.linalg.norm(vector), 1.0, atol=1e-3)


@given(st.text(max_size=3 * encoder.LONGEST))
def test_what_the_encoder_gets_is_short_and_plain(text: str) -> None:
    """Normal form, no controls, no lone surrogates, bounded; a second cleaning changes nothing of importance."""
    clean = encoder.cleaned(text)
    assert len(clean) <= 2 * encoder.LONGEST
    assert not any(unicodedata.category(c) in {"Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"} for c in clean)
    assert "\ufdfa" not in clean
    clean.encode()


@needs_encoder
@settings(max_examples=examples(25), deadline=None)
@given(st.text(max_size=80))
def test_the_same_sentence_has_the_same_vector(text: str) -> None:
    """Alone or among others, the first time or again."""
    alone = encoder.vectors_of([text])[0]
    encoder.forget()
    among = encoder.vectors_of(["Trains run.", text])[1]
    assert np.array_equal(alone, among)


def test_a_reading_gives_shares() -> None:
    """They add up to one, and the value that a vector points to has most."""
    reading = Reading(("a", "b"), np.array([[4, 0], [0, 4]], np.float32), np.zeros(2, np.float32))
    shares = reading.of(np.array([[1, 0], [0, 1]], np.float32))
    assert np.allclose(shares.sum(axis=1), 1)
    assert shares.argmax(axis=1).tolist() == [0, 1]


def test_what_all_sentences_of_a_language_share_is_taken_away() -> None:
    """Of a language that no passage was written in, what all languages share."""
    meaning = Meaning({}, {"": np.array([1, 0], np.float32), "fr": np.array([0, 1], np.float32)})
    vectors = np.array([[1, 1]], np.float32)
    assert meaning.centred(vectors, "fr").tolist() == [[1, 0]]
    assert meaning.centred(vectors, "sw").tolist() == [[0, 1]]
    assert meaning.centred(np.array([[1, 0]], np.float32), "sw").tolist() == [[0, 0]]


def test_title_and_lead_say_most_of_a_text() -> None:
    """What stands far down is mostly another project or the past of this one."""
    vectors = np.array([[1, 0], [0, 1]], np.float32)
    assert np.allclose(mean_of([Zone.TITLE, Zone.BODY], vectors), [0.8, 0.2])
