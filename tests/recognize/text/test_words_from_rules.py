"""The words by which names are read come from the rules: others are read by others, and none are needed."""

from __future__ import annotations

import re
from functools import cached_property

import pytest

from offing.model.reading.mention import MentionKind
from offing.model.reading.patterns import PatternRole, PatternWord
from offing.model.reading.rules import Lexicon, RecognitionRules, Wording
from offing.model.sources.article import Article
from offing.recognize import Recognizer
from offing.recognize.lexicon.country_namesakes import CountryNamesakes
from offing.recognize.pipeline.language_readers import LanguageReaders
from offing.recognize.places.shared_matchers import SharedMatchers
from offing.recognize.text.capitals import CapitalRuns
from offing.recognize.text.draft import Draft
from offing.recognize.text.folded_text import fold
from offing.recognize.text.name_words import NameWords
from offing.recognize.text.pattern_grammar import PatternGrammar
from offing.recognize.text.transcription import Spellings

_EMPTY = RecognitionRules(Lexicon((), (), (), (), (), ()), Wording((), (), ()))


def words(role: PatternRole = PatternRole.NAME_GRAMMAR, **parts: str) -> tuple[PatternWord, ...]:
    """Italian words of some parts, each text parted by blanks."""
    return tuple(PatternWord(role, word, "it", part) for part, text in parts.items() for word in text.split())


@pytest.mark.parametrize(
    ("parts", "text", "name"),
    [
        ({}, "Autorità dei Porti di Lanling apre", "Autorità"),
        ({"run_links": "dei di"}, "Autorità dei Porti di Lanling apre", "Autorità dei Porti di Lanling"),
        ({"run_links": "dei di"}, "Porti di un altro", "Porti"),  # none at the end
        ({}, "Acque Lanling, Srl, apre", "Acque Lanling"),
        ({"run_forms": "srl"}, "Acque Lanling, Srl, apre", "Acque Lanling, Srl"),
        ({"run_ends": "srl"}, "Acque Srl Lanling", "Acque Srl"),
        ({"abbreviations": "sig"}, "Ditta Sig. di Lanling", "Ditta Sig."),
        ({"abbreviations": "sig", "behind_abbreviations": "di"}, "Ditta Sig. di Lanling", "Ditta Sig. di Lanling"),
        ({"abbreviations": "n", "before_numbers": "N"}, "Gruppo N. 3 Lanling", "Gruppo N. 3 Lanling"),
    ],
)
def test_capitals_are_joined_by_the_words_of_the_rules(parts: dict[str, str], text: str, name: str) -> None:
    """Small words, legal forms and abbreviations of any language carry on a name, those of no list end it."""
    run = CapitalRuns(PatternGrammar(words(**parts))).run_from(text, 0)
    assert text[run[0].start : run[-1].end] == name


def test_words_of_a_projects_name_come_from_the_rules() -> None:
    """What stands around a name is no part of it, where the rules say so."""
    listed = (
        *words(PatternRole.PROJECT_ARTICLE, x="la"),
        *words(PatternRole.PROJECT_LINK, x="di"),
        *words(PatternRole.PROJECT_ENDING, x="costruzione"),
    )
    text = "La Diga di Lanling Costruzione"
    for of, name in ((listed, ["Diga", "di", "Lanling"]), ((), text.split())):
        names = NameWords(of)
        assert [[token.text for token in part] for part in names.closed(list(names.read(text)))] == [name]


def test_spellings_leave_out_what_the_rules_say() -> None:
    """A legal form is spelled, unless a list leaves it out."""
    spelled = words(PatternRole.SPELLED, alpha="альфа", rail="рейл")
    assert list(Spellings(spelled).of("Alpha Rail Ltd")) == []
    left_out = (*spelled, PatternWord(PatternRole.UNSPELLED, "ltd"))
    assert list(Spellings(left_out).of("Alpha Rail Ltd")) == ["альфа рейл"]


@pytest.mark.parametrize(("listed", "country"), [("Congo", "COG"), ("Kongo", "COD")])
def test_shared_names_are_those_of_the_rules(listed: str, country: str) -> None:
    """A bare name that several countries bear means the one whose towns are named."""
    article = Article(1, "Congo", ("Brazzaville",), "it")
    draft = Draft(article, article.text, fold(article.text), "it", [])
    draft.add(MentionKind.COUNTRY, 0, 5, key="COD", by="name")
    draft.add(MentionKind.PLACE, 7, 18, key="COG", by="capital")
    CountryNamesakes(words(PatternRole.NAME_CONTEXT, namesakes=listed)).settle(draft)
    assert [mention.key for mention in draft.of(MentionKind.COUNTRY)] == [country]


def test_characters_of_no_list_stand_for_nothing() -> None:
    """A class of characters without any is no pattern; signs that mean something there are only signs."""
    grammar = PatternGrammar(words(stop="a-c ]"))
    assert re.findall(f"[{grammar.characters('stop')}]", "abc-]") == ["a", "c", "-", "]"]
    assert not re.search(f"[{grammar.characters('none')}]", "any text")


@pytest.mark.parametrize("language", ["en", "fr", "es", "pt", "ru", "ar", "zh", "it"])
def test_a_site_may_empty_any_list(language: str) -> None:
    """Without any words all readers are made, and find nothing."""
    tools = LanguageReaders(SharedMatchers(_EMPTY), language)
    made = [getattr(tools, name) for name, of in vars(LanguageReaders).items() if isinstance(of, cached_property)]
    assert len(made) > 10
    texts = {"zh": "位于成都的公司承建12座桥", "ru": "«Ланьтун» из города", "ar": "شركة في المدينة"}
    article = Article(1, texts.get(language, "The City of X and Co. Ltd (X)"), (), language)
    assert Recognizer(_EMPTY).recognize(article) is not None
