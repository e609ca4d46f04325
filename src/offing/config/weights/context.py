"""Loads `context.toml`: wordings that make a rejected article context, and the regions with their members."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import AfterValidator, Field

from offing.config.files.documents import Strict, line_of, read_merged
from offing.config.files.languages import LanguageOrAll
from offing.config.files.layers import Layers
from offing.config.files.wording_shapes import CueTexts, Forms, Text
from offing.config.lexicons.world import is_country
from offing.errors import ConfigError
from offing.model.reading.context import ContextForm, ContextKind, ContextRules, CountryGroup

FILE = "context.toml"
_Wordings = dict[ContextKind, dict[LanguageOrAll, CueTexts]]


def _is_country(code: str) -> str:
    if not is_country(code):
        raise ValueError(f"{code!r} is not a country: ISO 3166-1 alpha-3, such as KEN")
    return code


class _Zones(Strict):
    title: Annotated[float, Field(ge=0, le=1)]
    lead: Annotated[float, Field(ge=0, le=1)]
    second: Annotated[float, Field(ge=0, le=1)]


class _Region(Forms):
    name: Text
    members: tuple[Annotated[str, AfterValidator(_is_country)], ...]


class _Context(Strict):
    least: Annotated[float, Field(gt=0)]
    region: Annotated[float, Field(ge=0)]
    members_least: Annotated[int, Field(ge=2)]
    other_matter: Annotated[float, Field(gt=0)]
    other_matters: tuple[Text, ...]
    zones: _Zones
    wordings: _Wordings
    named: _Wordings
    regions: dict[str, _Region]


def load_context(layers: Layers, reasons: frozenset[str] | None = None) -> ContextRules:
    """Return the context rules of all layers.

    Args:
        layers: the config folders.
        reasons: the names of scoring.toml, if `other_matters` are to be checked against them.

    Raises:
        ConfigError: a layer's file has an unknown key, country or reason, or a wrong value.
    """
    found = read_merged(layers, FILE, _Context)
    unknown = [name for name in found.other_matters if reasons is not None and name not in reasons]
    if unknown:
        path = list(layers.files(FILE))[-1]
        message = f"{unknown[0]!r} is no reason of scoring.toml"
        raise ConfigError(message, path, line_of(path, ["other_matters"]), "other_matters")
    return ContextRules(
        wordings=(*_forms(found.wordings, named=False), *_forms(found.named, named=True)),
        names=tuple(
            ContextForm(key, text, language)
            for key, region in found.regions.items()
            for language, text in region.pairs()
        ),
        regions=tuple(
            CountryGroup(key, region.name, frozenset(region.members)) for key, region in found.regions.items()
        ),
        zones=tuple(found.zones.model_dump().items()),
        least=found.least,
        region=found.region,
        members_least=found.members_least,
        other_matter=found.other_matter,
        other_matters=frozenset(found.other_matters),
    )


def _forms(wordings: _Wordings, *, named: bool) -> Iterator[ContextForm]:
    for kind, by_language in wordings.items():
        for language, texts in by_language.items():
            yield from (ContextForm(kind, cue.text, language, cue.weight, named) for cue in texts)
