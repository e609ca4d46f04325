"""The forms that recognition looks for in one language, built from the rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from offing.model.reading.mention import MentionKind
from offing.model.reading.rules import Alias, CaseRule, CountryForm, Cue, Entity, Lexicon, PlaceName, RecognitionRules
from offing.model.text.language_traits import is_latin
from offing.recognize.text.name_endings import endings_of
from offing.recognize.text.patterns import Form, leading_choices
from offing.recognize.text.transcription import Spellings

CHINA_CODE = "CHN"
_INSTITUTION = "institution"
_SHORT_ABBREVIATION = 4  # of an institution: case-sensitive (ENDE, not "Ende")


class CaseCheck(StrEnum):
    """The case in which a name must be written."""

    ANY = "any"
    EXACT = "exact"
    CAPITAL = "capital"


@dataclass(frozen=True, slots=True)
class Name:
    """A name and the entity, country or place that it refers to."""

    kind: MentionKind
    key: str
    name: str
    text: str
    case: CaseCheck = CaseCheck.ANY
    near: tuple[str, ...] = ()
    by: str = ""


@dataclass(frozen=True, slots=True)
class FalseFriendForm:
    """A false friend: a phrase that excludes the names of `kinds` inside it."""

    kinds: frozenset[MentionKind]
    text: str
    case: CaseCheck


Payload = Name | FalseFriendForm | Cue

_EXCLUDED = {
    "lender": frozenset({MentionKind.LENDER}),
    "firm": frozenset({MentionKind.FIRM}),
    "country": frozenset({MentionKind.COUNTRY, MentionKind.PLACE}),
    "chinese": frozenset({MentionKind.CHINA}),
}


def forms(rules: RecognitionRules, language: str) -> Iterator[Form[Payload]]:
    """The forms for texts of a language, except names of firms and lenders, which apply to all languages."""
    for friend in rules.lexicon.false_friends:
        # Those for firms and lenders count in all languages, like their names; others in the text's own (china).
        if friend.language in (language, "*") or friend.kind in ("firm", "lender"):
            case = CaseCheck.EXACT if friend.case is CaseRule.EXACT else CaseCheck.ANY
            form = FalseFriendForm(_EXCLUDED[friend.kind], friend.phrase, case)
            yield Form(friend.phrase, form, inflects=True, takes_article=True)
    for country in rules.lexicon.countries:
        foreign = not is_latin(language) and country.language == "en" and country.kind == "name"
        if country.language in (language, "*") or foreign:
            yield _country_form(country)
    for place in rules.lexicon.places:
        if place.language in (language, "*"):
            yield Form(place.text, _place_name(place), inflects=True)
    for cue in rules.wording.cues:
        if cue.language in (language, "*"):
            for text, choice in leading_choices(cue.text):
                yield Form(text, cue if choice == cue.text else replace(cue, text=choice), takes_article=True)


def china_forms(lexicon: Lexicon) -> Iterator[Form[Payload]]:
    """China and its places in all languages: like Chinese actors, they make a text worth a closer look."""
    for form in lexicon.countries:
        if form.country == CHINA_CODE:
            yield _country_form(form)
    for place in lexicon.places:
        if place.country == CHINA_CODE:
            yield Form(place.text, _place_name(place), inflects=True)


def actor_forms(rules: RecognitionRules) -> Iterator[Form[Payload]]:
    """The aliases, canonical names and Chinese names of all firms and lenders, with transcriptions."""
    lexicon, spellings = rules.lexicon, Spellings(rules.wording.pattern_words)
    endings = endings_of(lexicon.endings)
    kinds = dict.fromkeys((entity.id for entity in lexicon.firms), MentionKind.FIRM)
    kinds |= dict.fromkeys((entity.id for entity in lexicon.lenders), MentionKind.LENDER)
    entities = {entity.id: entity for entity in (*lexicon.firms, *lexicon.lenders)}
    seen: set[tuple[str, str]] = set()
    for alias in (*lexicon.aliases, *_canonical(entities.values())):
        if (alias.entity, alias.text) in seen:
            continue
        seen.add((alias.entity, alias.text))
        entity, kind = entities[alias.entity], kinds[alias.entity]
        case = CaseCheck.EXACT if alias.case is CaseRule.EXACT else CaseCheck.ANY
        for text in dict.fromkeys(endings.spellings(alias.text)):
            name = Name(kind, entity.id, entity.name, text, case, alias.near, entity.kind.value)
            yield Form(text, name, inflects=True)
        near = alias.near or (("China",) if alias.text.isupper() else ())
        for text in spellings.of(alias.text) if kind is MentionKind.FIRM else ():
            name = Name(kind, entity.id, entity.name, text, near=near, by=entity.kind.value)
            yield Form(text, name, inflects=True)


def _canonical(entities: Iterable[Entity]) -> Iterator[Alias]:
    for entity in entities:
        yield Alias(entity.id, entity.name, case=CaseRule.ANY if " " in entity.name else CaseRule.EXACT)
        if entity.name_zh:
            yield Alias(entity.id, entity.name_zh, "zh")


def _country_form(form: CountryForm) -> Form[Payload]:
    kind = MentionKind.CHINA if form.country == CHINA_CODE else MentionKind.COUNTRY
    # Names are capitalised in every language, demonyms in English only, abbreviations are case-sensitive.
    if form.kind == "abbreviation":
        case = CaseCheck.EXACT
    else:
        case = CaseCheck.CAPITAL if form.kind == "name" or form.language in ("en", "*") else CaseCheck.ANY
    name = Name(kind, form.country, form.country, form.text, case, by=form.kind)
    return Form(form.text, name, inflects=form.kind == "name", takes_article=form.kind != "name")


def _place_name(place: PlaceName) -> Name:
    short = place.kind == _INSTITUTION and len(place.text) <= _SHORT_ABBREVIATION and place.text.isupper()
    case = CaseCheck.EXACT if short else CaseCheck.CAPITAL
    return Name(MentionKind.PLACE, place.country, place.text, place.text, case, place.near, place.kind)
