"""Tense: what has happened, what is to come, what only should have happened."""

from __future__ import annotations

from dataclasses import replace

import pytest

from offing.config.weights.scoring import shipped_scoring
from offing.propose.reading.tense import clause_before, is_future, is_partly, is_unreal

RULES = shipped_scoring()


def read(text: str, word: str, language: str) -> tuple[bool, bool]:
    """Whether a word of a text is still to come, and whether it only should have been."""
    start = text.index(word)
    before = clause_before(text, start, 0)
    return is_future(before, word, language, RULES), is_unreal(before, word, language, RULES)


@pytest.mark.parametrize(
    ("text", "word", "language"),
    [
        ("The plant will be completed in May", "completed", "en"),
        ("Le pont sera livré en mai", "livré", "fr"),
        ("Le président inaugurera le pont", "inaugurera", "fr"),
        ("El presidente la inaugurará el 3 de marzo", "inaugurará", "es"),
        ("O presidente vai inaugurar a ponte", "inaugurar", "pt"),
        ("As empresas construirão a ponte", "construirão", "pt"),
        ("As obras ficarão prontas em maio", "prontas", "pt"),
        ("El puente quedará terminado en mayo", "terminado", "es"),
        ("大桥预计明年竣工", "竣工", "zh"),
        ("Мост будет открыт в мае", "открыт", "ru"),
        ("وستصل الآلات في أيار", "الآلات", "ar"),
    ],
)
def test_what_is_to_come_is_reported_by_verb_or_auxiliary(text: str, word: str, language: str):
    """Auxiliaries before a wording and the endings of the verb itself tell the future."""
    assert read(text, word, language)[0]


@pytest.mark.parametrize(
    ("text", "word", "language"),
    [
        ("The plant was to have been completed", "completed", "en"),
        ("Le pont devait être livré en mai", "livré", "fr"),
        ("El puente debía estar terminado", "terminado", "es"),
        ("A ponte deveria estar pronta", "pronta", "pt"),
        ("大桥原定去年竣工", "竣工", "zh"),
        ("Мост должен был открыться", "открыться", "ru"),
        ("كان من المقرر افتتاح الجسر", "افتتاح", "ar"),
    ],
)
def test_what_should_have_happened_did_not(text: str, word: str, language: str):
    """What was to have been completed is not completed."""
    assert read(text, word, language)[1]


@pytest.mark.parametrize(
    ("text", "word", "language"),
    [
        ("A ponte no Ceará foi concluída", "concluída", "pt"),
        ("O porto do tubarão foi inaugurado", "inaugurado", "pt"),
        ("No ribeirão foi inaugurada a ponte", "inaugurada", "pt"),
        ("El metro en Teherán se inauguró ayer", "inauguró", "es"),
        ("Au bord de la Riviera livré", "livré", "fr"),
        ("أعلن الوزير أن الشركة أنجزت الجسر", "أنجزت", "ar"),
    ],
)
def test_places_nouns_and_that_are_no_future(text: str, word: str, language: str):
    """Only verbs in small letters tell the future by their ending; the Arabic that tells nothing of time."""
    assert not read(text, word, language)[0]


def test_another_clause_does_not_count():
    """A future in the clause before says nothing of this one; an unknown language has no tenses."""
    assert read("It will grow, the plant was completed", "completed", "en") == (False, False)
    assert read("It will be completed", "completed", "xx") == (False, False)


def test_a_share_below_the_whole_is_progress():
    """Finished to 40 per cent is not finished, to 100 per cent it is."""
    text = "Les conduites sont achevées à 40 %."
    start = text.index("achevées")
    assert is_partly(text, start, start + 8, RULES)
    assert not is_partly(text.replace("40", "100"), start, start + 8, RULES)


@pytest.mark.parametrize(
    ("text", "word", "language"),
    [
        ("Traffic is diverted until the bridge is built", "built", "en"),
        ("Tolls are waived before the bridge is opened", "opened", "en"),
        ("Jobs come when the plant is completed", "completed", "en"),
        ("Rents rise once the port is finished", "finished", "en"),
        ("Le trafic est dévié avant que le pont soit livré", "livré", "fr"),
        ("Le bac reste jusqu'à ce que le pont soit livré", "livré", "fr"),
        ("Le péage vient lorsque le pont est livré", "livré", "fr"),
        ("Le péage vient une fois le pont livré", "livré", "fr"),
        ("El ferry sigue hasta que el puente esté terminado", "terminado", "es"),
        ("El peaje llega cuando el puente esté terminado", "terminado", "es"),
        ("El peaje se fija antes de que el puente esté terminado", "terminado", "es"),
        ("El peaje llega una vez terminado", "terminado", "es"),
        ("A balsa fica até que a ponte esteja pronta", "pronta", "pt"),
        ("A portagem vem quando a ponte estiver pronta", "pronta", "pt"),
        ("A portagem vem antes da ponte estar pronta", "pronta", "pt"),
        ("A portagem vem uma vez pronta", "pronta", "pt"),
        ("一旦大桥竣工", "竣工", "zh"),
        ("Плата вводится, когда мост открыт", "открыт", "ru"),
        ("Паром ходит до того дня как мост открыт", "открыт", "ru"),
        ("Плата вводится после того как мост открыт", "открыт", "ru"),
        ("تفرض الرسوم قبل افتتاح الجسر", "افتتاح", "ar"),
        ("تفرض الرسوم عندما يتم افتتاح الجسر", "افتتاح", "ar"),
        ("تفرض الرسوم بعد أن يتم افتتاح الجسر", "افتتاح", "ar"),
    ],
)
def test_what_waits_for_a_thing_tells_that_it_is_still_to_come(text: str, word: str, language: str):
    """What happens until, before or when an item is done says that it is not done yet."""
    future, unreal = read(text, word, language)
    assert future
    assert not unreal


def test_a_clause_that_has_ended_tells_nothing_of_the_next() -> None:
    """Until the rains end, the bridge was built: the comma ends what is awaited."""
    assert not read("When the rains had ended, the bridge was built", "built", "en")[0]


def test_a_further_language_tells_the_future_by_its_own_words():
    """What a site writes down for a language counts in texts of that language only."""
    rules = replace(RULES, grammar={**RULES.grammar, "future.it": "sarà|saranno"})
    assert is_future("Il ponte sarà ", "completato", "it", rules)
    assert not is_future("Il ponte sarà ", "completato", "it", RULES)
    assert not is_future("Il ponte sarà ", "completato", "fr", rules)
