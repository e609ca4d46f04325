"""Training and agreements without a work, in the words of each language's press."""

from __future__ import annotations

import pytest

from offing.model.reading.mention import MentionKind
from recognize.samples import mentions

TRAINING, FRAMEWORK = "training-cooperation", "framework-agreement"
TOLD = (
    ("en", "Forty nurses received certificates after the training course.", TRAINING),
    ("en", "The letter of intent between the two ports covers ten years.", FRAMEWORK),
    ("fr", "Un séminaire de formation réunit les douaniers.", TRAINING),
    ("fr", "Un accord de recherche lie les deux instituts.", FRAMEWORK),
    ("es", "Los egresados de la academia de redes son doscientos.", TRAINING),
    ("es", "Firmaron una carta de intención con el puerto.", FRAMEWORK),
    ("pt", "Os formandos receberam ontem os diplomas.", TRAINING),
    ("pt", "As universidades rubricaram ontem um protocolo.", FRAMEWORK),
    ("zh", "三十名官员赴华培训。", TRAINING),
    ("zh", "双方草签合作备忘录。", FRAMEWORK),
    ("ru", "Выпускники получили в акимате дипломы.", TRAINING),
    ("ru", "Подписан протокол о намерениях.", FRAMEWORK),
    ("ar", "دورة تدريبية لثلاثين موظفا", TRAINING),
    ("ar", "خطاب نوايا بين الميناءين", FRAMEWORK),
)


@pytest.mark.parametrize(("language", "sentence", "kind"), TOLD)
def test_courses_and_letters_are_known(language: str, sentence: str, kind: str) -> None:
    """A wording of the kind of record stands in the sentence."""
    assert kind in {m.key for m in mentions(sentence, language) if m.kind is MentionKind.RECORD_TYPE}


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Of course the train of thought went on."),
        ("fr", "Le cours du fleuve est détourné."),
        ("es", "El curso del río cambia."),
    ],
)
def test_courses_of_rivers_are_none(language: str, sentence: str) -> None:
    """Words that only look alike tell no kind of record."""
    assert not [m for m in mentions(sentence, language) if m.kind is MentionKind.RECORD_TYPE]
