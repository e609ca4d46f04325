"""What recognition looks for in one language, made from the rules once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from offing.model.manners import is_latin
from offing.model.mention import MentionKind
from offing.model.rules import Alias, CaseRule, CountryForm, Cue, Entity, Lexicon, PlaceName, RecognitionRules
from offing.recognize.fold import fold_form
from offing.recognize.patterns import Form, leading_choices
from offing.recognize.transcription import Spellings

CHINA_CODE = "CHN"
_LEGAL_FORMS = (
    "co., ltd.",
    "co., ltd",
    "co. ltd.",
    "co. ltd",
    "co.,ltd.",
    "co.,ltd",
    "limited",
    "ltd.",
    "ltd",
    "inc.",
    "inc",
)
_CHINESE_LEGAL_FORMS = (
    *("集团股份有限公司", "股份有限公司", "有限责任公司", "集团有限公司", "有限公司", "集团公司"),
    *("集团股份", "股份", "集团"),
)
_SHORTEST_CHINESE = 4
# How names of banks and ministries end, shorter and in full.
_COUNTRY_IN_FULL = (
    (" of China", " of the People's Republic of China"),
    (" of China", " of the PRC"),
    (" de Chine", " de la République populaire de Chine"),
    (" de China", " de la República Popular China"),
    (" de China", " de la República Popular de China"),
    (" da China", " da República Popular da China"),
    (" Китая", " КНР"),
    (" Китая", " Китайской Народной Республики"),
)
_INSTITUTION = "institution"
_SHORT_ABBREVIATION = 4  # of an institution: counts as written only (ENDE, not "Ende")


class CaseCheck(StrEnum):
    """How a name must be written."""

    ANY = "any"
    EXACT = "exact"
    CAPITAL = "capital"


@dataclass(frozen=True, slots=True)
class Name:
    """A name and the entity, country or place that it stands for."""

    kind: MentionKind
    key: str
    name: str
    text: str
    case: CaseCheck = CaseCheck.ANY
    near: tuple[str, ...] = ()
    by: str = ""


@dataclass(frozen=True, slots=True)
class Trap:
    """A phrase inside which names of one of `kinds` are not meant."""

    kinds: frozenset[MentionKind]
    text: str
    case: CaseCheck


Payload = Name | Trap | Cue

_TRAPPED = {
    "lender": frozenset({MentionKind.LENDER}),
    "firm": frozenset({MentionKind.FIRM}),
    "country": frozenset({MentionKind.COUNTRY, MentionKind.PLACE}),
    "chinese": frozenset({MentionKind.CHINA}),
}


def forms(rules: RecognitionRules, language: str) -> Iterator[Form[Payload]]:
    """The forms that count in a text of a language, beside the names of firms and lenders, which count in any."""
    yield from _trap_forms(rules.lexicon, language)
    yield from _country_forms(rules.lexicon, language)
    yield from _place_forms(rules.lexicon, language)
    for cue in rules.wording.cues:
        if cue.language in (language, "*"):
            for text, lead in leading_choices(cue.text):
                yield Form(text, cue if lead == cue.text else replace(cue, text=lead), takes_article=True)


def china_forms(lexicon: Lexicon) -> Iterator[Form[Payload]]:
    """China and its places in any language: beside Chinese actors what makes a text worth a closer look."""
    for form in lexicon.countries:
        if form.country == CHINA_CODE:
            yield _country_form(form)
    for place in lexicon.places:
        if place.country == CHINA_CODE:
            yield Form(place.text, _place_name(place), inflects=True)


def actor_forms(rules: RecognitionRules) -> Iterator[Form[Payload]]:
    """The aliases, canonical names and Chinese names of all firms and lenders, also as they are spelled elsewhere."""
    lexicon, spellings = rules.lexicon, Spellings(rules.wording.pattern_words)
    kinds = dict.fromkeys((entity.id for entity in lexicon.firms), MentionKind.FIRM)
    kinds |= dict.fromkeys((entity.id for entity in lexicon.lenders), MentionKind.LENDER)
    entities = {entity.id: entity for entity in (*lexicon.firms, *lexicon.lenders)}
    seen: set[tuple[str, str]] = set()
    for alias in (*lexicon.aliases, *_canonical(entities.values())):
        entity = entities[alias.entity]
        if (alias.entity, alias.text) not in seen:
            seen.add((alias.entity, alias.text))
            yield from _alias_forms(alias, entity, kinds[alias.entity])
            yield from _spelled(alias, entity, spellings) if kinds[alias.entity] is MentionKind.FIRM else ()


def _canonical(entities: Iterable[Entity]) -> Iterator[Alias]:
    for entity in entities:
        yield Alias(entity.id, entity.name, case=CaseRule.ANY if " " in entity.name else CaseRule.EXACT)
        if entity.name_zh:
            yield Alias(entity.id, entity.name_zh, "zh")


def _alias_forms(alias: Alias, entity: Entity, kind: MentionKind) -> Iterator[Form[Payload]]:
    case = CaseCheck.EXACT if alias.case is CaseRule.EXACT else CaseCheck.ANY
    for text in dict.fromkeys(_spellings(alias.text)):
        name = Name(kind, entity.id, entity.name, text, case, alias.near, entity.kind.value)
        yield Form(text, name, inflects=True)


def _spelled(alias: Alias, firm: Entity, spellings: Spellings) -> Iterator[Form[Payload]]:
    near = alias.near or (("China",) if alias.text.isupper() else ())
    for text in spellings.of(alias.text):
        name = Name(MentionKind.FIRM, firm.id, firm.name, text, near=near, by=firm.kind.value)
        yield Form(text, name, inflects=True)


def _spellings(text: str) -> Iterator[str]:
    """A name as it stands and without its legal form, with & or "and", hyphen or blank."""
    for base in (text, without_legal_form(text)):
        yield base
        if " & " in base:
            yield base.replace(" & ", " and ")
        if " and " in base:
            yield base.replace(" and ", " & ")
        if "-" in base.strip("-"):
            yield base.replace("-", " ")
    for short, full in _COUNTRY_IN_FULL:
        if text.endswith(short):
            yield text.removesuffix(short) + full


def without_legal_form(text: str) -> str:
    """A firm's name without Co., Ltd or 有限公司, where enough of it is left to tell it."""
    low = text.lower()
    for form in _LEGAL_FORMS if low.endswith(_LEGAL_FORMS) else ():  # most names end with none: that is told at once
        base = text[: -len(form)].rstrip(" ,")
        if low.endswith((" " + form, "," + form)) and " " in base:
            return base
    for form in _CHINESE_LEGAL_FORMS if text.endswith(_CHINESE_LEGAL_FORMS) else ():
        if text.endswith(form) and len(text) - len(form) >= _SHORTEST_CHINESE:
            return text[: -len(form)]
    return text


@lru_cache(maxsize=50_000)
def name_key(text: str) -> str:
    """What the spellings of one firm's name share: folded, without its legal form."""
    return fold_form(without_legal_form(text.strip()))


def _trap_forms(lexicon: Lexicon, language: str) -> Iterator[Form[Payload]]:
    """False friends; of firms and lenders in any language, as their names are, else in the text's own (china)."""
    for friend in lexicon.false_friends:
        if friend.language not in (language, "*") and friend.kind not in ("firm", "lender"):
            continue
        case = CaseCheck.EXACT if friend.case is CaseRule.EXACT else CaseCheck.ANY
        trap = Trap(_TRAPPED[friend.kind], friend.phrase, case)
        yield Form(friend.phrase, trap, inflects=True, takes_article=True)


def _country_forms(lexicon: Lexicon, language: str) -> Iterator[Form[Payload]]:
    for form in lexicon.countries:
        foreign = not is_latin(language) and form.language == "en" and form.kind == "name"
        if form.language in (language, "*") or foreign:
            yield _country_form(form)


def _country_form(form: CountryForm) -> Form[Payload]:
    kind = MentionKind.CHINA if form.country == CHINA_CODE else MentionKind.COUNTRY
    name = Name(kind, form.country, form.country, form.text, _country_case(form), by=form.kind)
    return Form(form.text, name, inflects=form.kind == "name", takes_article=form.kind != "name")


def _country_case(form: CountryForm) -> CaseCheck:
    """Names are capitalised in every language, demonyms in English only, abbreviations stand as they are."""
    if form.kind == "abbreviation":
        return CaseCheck.EXACT
    return CaseCheck.CAPITAL if form.kind == "name" or form.language in ("en", "*") else CaseCheck.ANY


def _place_forms(lexicon: Lexicon, language: str) -> Iterator[Form[Payload]]:
    for place in lexicon.places:
        if place.language in (language, "*"):
            yield Form(place.text, _place_name(place), inflects=True)


def _place_name(place: PlaceName) -> Name:
    short = place.kind == _INSTITUTION and len(place.text) <= _SHORT_ABBREVIATION and place.text.isupper()
    case = CaseCheck.EXACT if short else CaseCheck.CAPITAL
    return Name(MentionKind.PLACE, place.country, place.text, place.text, case, place.near, place.kind)
