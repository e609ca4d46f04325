"""Cues: wordings with a meaning, the longer before the shorter, accents told apart."""

from __future__ import annotations

import pytest

from offing.model.reading.rules import Cue, Lexicon, RecognitionRules, Wording
from offing.model.sources.article import Article
from offing.recognize import Recognizer

CUES = (
    Cue("status", "signed", "en", "signed"),
    Cue("status", "signed", "en", "signed a contract", 1.5),
    Cue("status", "approved", "en", "approv*", 0.5),
    Cue("sector", "telecom-connectivity", "en", "fibre network"),
    Cue("sector", "e-government", "en", "fibre network"),
    Cue("sector", "e-government", "en", "Fibre Network"),
    Cue("flow", "contract", "en", "contract"),
    Cue("status", "signed", "fr", "signé*"),
    Cue("status", "signed", "zh", "签署"),
    Cue("status", "signed", "ar", "توقيع"),
    Cue("signal", "no-deal", "*", "no deal"),
    Cue("signal", "no-deal", "pt", "nenhum (projecto|projeto) novo"),
    Cue("signal", "marks-denied", "en", "denied that"),
    Cue("signal", "denial", "en", "denied"),
)


def cues(text: str, language: str = "en") -> list[tuple[str, str, str, float]]:
    """The cues of a text: kind, key, words, weight."""
    wording = Wording(CUES, (), (), languages=("en", "fr", "es", "pt", "zh", "ar"))
    recognizer = Recognizer(RecognitionRules(Lexicon((), (), (), (), (), ()), wording))
    found = recognizer.recognize(Article(1, "", (text,), language))
    return [(m.kind.value, m.key or "", m.text, m.weight) for m in found]


def test_the_longer_wording_wins_within_a_kind():
    """Inside a longer wording of its kind a shorter one does not count; another kind's does."""
    assert cues("They Signed a  contract.") == [
        ("status", "signed", "Signed a  contract", 1.5),
        ("flow", "contract", "contract", 1.0),
    ]


def test_one_wording_may_speak_for_two_keys():
    """Both keys of a wording are reported, each once."""
    assert sorted(key for _, key, _, _ in cues("a fibre network")) == ["e-government", "telecom-connectivity"]


def test_wordings_side_by_side_all_count():
    """Wordings that do not overlap are all reported, in order, with any ending where a star allows one."""
    assert [words for _, _, words, _ in cues("approved, approves: signed")] == ["approved", "approves", "signed"]


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("fr", "Il a signé à Conakry", ["signé"]),
        ("fr", "Elle est signée à Conakry", ["signée"]),
        ("fr", "un signe étrange", []),
        ("fr", "CONTRAT SIGNE à midi", ["SIGNE"]),
        ("fr", "il a signe hier", ["signe"]),  # a text without any accent
        ("zh", "双方签署协议", ["签署"]),
        ("ar", "والتوقيع", ["توقيع"]),
        ("es", "no deal", ["no deal"]),
        ("fr", "approved", []),
        ("pt", "Não há nenhum projeto novo", ["nenhum projeto novo"]),
    ],
)
def test_languages(language: str, text: str, words: list[str]):
    """Cues count in their language; an accent tells French words apart unless the text writes none."""
    assert [found for _, _, found, _ in cues(text, language)] == words


def test_what_denies_is_reported_apart_from_who_is_denied():
    """A wording that takes a firm out leaves the denial inside it in place."""
    assert {key for _, key, _, _ in cues("They denied that")} == {"marks-denied", "denial"}
