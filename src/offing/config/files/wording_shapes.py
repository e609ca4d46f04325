"""The shapes of the files in `config/wording/`, by kind: with each list under its language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Literal, Self

from babel import Locale
from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from offing.config.files.documents import Strict
from offing.config.files.languages import EVERYWHERE, LanguageOrAll, known_languages, no_language


def _is_currency(code: str) -> str:
    if code not in Locale.parse("en").currencies:
        raise ValueError(f"{code!r} is not a currency: ISO 4217, such as KES")
    return code


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Texts = tuple[Text, ...]
Currency = Annotated[str, AfterValidator(_is_currency)]


class Forms(Strict):
    """Wordings by ISO 639-1 language."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Texts] = Field(init=False)
    everywhere: Annotated[Texts, Field(alias="*")] = ()

    @model_validator(mode="after")
    def _only_languages(self) -> Self:
        """Return the unchanged wordings.

        Raises:
            PydanticCustomError: names a key that is neither one of the shape nor a language.
        """
        for key in self.__pydantic_extra__:
            if key not in known_languages():
                raise PydanticCustomError("no_language", "{message}", {"message": no_language(key), "key": key})
        return self

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Yield each wording with its language, `*` for all."""
        yield from ((EVERYWHERE, text) for text in self.everywhere)
        for language, texts in self.__pydantic_extra__.items():
            yield from ((language, text) for text in texts)


class Patterns(Forms):
    """Wordings that are regular expressions."""

    @model_validator(mode="after")
    def _only_patterns(self) -> Self:
        """Return the unchanged wordings.

        Raises:
            PydanticCustomError: one is not a regular expression.
        """
        for _, text in self.pairs():
            try:
                re.compile(text)
            except re.error as error:
                message = {"message": f"{text!r} is no regular expression: {error}"}
                raise PydanticCustomError("no_pattern", "{message}", message) from error
        return self


_SPECIAL = re.compile(r"\\.")  # escapes in regular expressions: \W is no capital


class LowerPatterns(Patterns):
    """Regular expressions in lower case, since they are matched against lower-case text."""

    @model_validator(mode="after")
    def _only_small_letters(self) -> Self:
        """Return the unchanged wordings.

        Raises:
            PydanticCustomError: one has a capital letter, so that it would never match.
        """
        for _, text in self.pairs():
            if (plain := _SPECIAL.sub("", text)) != plain.lower():
                message = {"message": f"{text!r} has capitals, and meets only small letters"}
                raise PydanticCustomError("no_small_letters", "{message}", message)
        return self


class WeightedText(Strict):
    """A cue with a weight other than the default."""

    text: Text
    weight: float = Field(1.0, gt=0, le=10)


# A cue may be written as its text alone.
CueTexts = tuple[
    Annotated[WeightedText, BeforeValidator(lambda cue: {"text": cue} if isinstance(cue, str) else cue)], ...
]


class Cues(Strict):
    """Cues of any kind: `kind` determines the valid keys."""

    kind: str
    cues: dict[str, dict[LanguageOrAll, CueTexts]]


class Shared(Forms):
    """Wordings that several currencies share: one file lists which, and each language adds its wordings."""

    currencies: tuple[Currency, ...] = ()
    default: Currency | None = None


class Currencies(Strict):
    """`currencies`."""

    kind: Literal["currencies"]
    wordlike_codes: tuple[Currency, ...] = ()
    always: dict[Currency, Forms] = Field(default_factory=dict)
    local: dict[Currency, Forms] = Field(default_factory=dict)
    shared: dict[str, Shared] = Field(default_factory=dict)


class FirmPatterns(Strict):
    """`firm-patterns`."""

    kind: Literal["firm-patterns"]
    suffixes: Forms = Forms()
    nouns: Forms = Forms()
    trades: Forms = Forms()
    institutions: Forms = Forms()
    placed_institutions: Forms = Forms()
    affiliations: Forms = Forms()
    subsidiaries: Forms = Forms()
    local_units: Forms = Forms()
    regions: Forms = Forms()
    authorities_before: Forms = Forms()
    authorities_behind: Forms = Forms()


class PublicBodies(Strict):
    """`public-bodies`."""

    kind: Literal["public-bodies"]
    heads: Forms = Forms()
    definite_heads: Forms = Forms()
    tails: Forms = Forms()
    generic: Forms = Forms()
    introducers: Forms = Forms()
    links: Forms = Forms()
    onlookers: Forms = Forms()
    excluded: Forms = Forms()


class PlacePatterns(Strict):
    """`place-patterns`."""

    kind: Literal["place-patterns"]
    locatives: Forms = Forms()
    nouns_before: Forms = Forms()
    sites: Forms = Forms()
    nouns_after: Forms = Forms()
    not_places: Forms = Forms()
    streets_before: Patterns = Patterns()
    street_links: Patterns = Patterns()
    streets_behind: Patterns = Patterns()


class ProjectNames(Strict):
    """`project-names`."""

    kind: Literal["project-names"]
    nouns: Forms = Forms()
    introducers: Forms = Forms()
    not_names: Forms = Forms()
    links: Forms = Forms()
    articles: Forms = Forms()
    endings: Forms = Forms()
    behind_introducers: Forms = Forms()


class KindsOfWorks(Strict):
    """`kinds-of-works`."""

    kind: Literal["kinds-of-works"]
    nationwide: Texts = ()
    citywide: Texts = ()
    kinds: dict[str, Forms] = Field(default_factory=dict)
    ordinals: dict[str, Forms] = Field(default_factory=dict)


class Transcription(Strict):
    """`transcription`: how English words of firms' names, and letters of abbreviations, are spelled."""

    kind: Literal["transcription"]
    letters: dict[Annotated[str, Field(pattern=r"^[A-Z]$")], Forms] = Field(default_factory=dict)
    words: dict[Annotated[str, Field(pattern=r"^[a-z]+$")], Forms] = Field(default_factory=dict)
    left_out: Texts = ()
    left_out_at_end: Texts = ()


class FirmRoles(Strict):
    """`firm-roles`: what firms' names imply about their role."""

    kind: Literal["firm-roles"]
    contractor: Patterns = Patterns()
    supplier: Patterns = Patterns()
    operator: Patterns = Patterns()
    investor: Patterns = Patterns()
    consultant: Patterns = Patterns()
    public_body: Patterns = Patterns()


class OrdinaryWords(Strict):
    """`ordinary-words`."""

    kind: Literal["ordinary-words"] = "ordinary-words"
    countries: Forms = Forms()
    places: Forms = Forms()
    given_names: Forms = Forms()
