"""Lists of words that code asks for by name: each stands in the shape of its kind, and what ships has words in it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import offing
from offing.config.files.documents import Strict
from offing.config.files.layers import Layers
from offing.config.files.wording_shapes import Patterns
from offing.config.wordings.grammar_shapes import NameContext, NameGrammar, Progress
from offing.config.wordings.value_shapes import Days, Numbers, Units
from offing.config.wordings.wording import load_wording
from offing.model.reading.patterns import PatternRole

_ASKED = re.compile(r"\.(?:choice|words|spaced|opening|characters)\(([^()]*)\)")
_SHAPES: dict[type[Strict], PatternRole] = {
    NameGrammar: PatternRole.NAME_GRAMMAR,
    NameContext: PatternRole.NAME_CONTEXT,
    Progress: PatternRole.PROGRESS,
}
_VALUES: tuple[type[Strict], ...] = (Numbers, Units, Days)  # which have other words besides


@pytest.mark.parametrize("shape", _SHAPES)
def test_each_list_has_words_and_is_asked_for(shape: type[Strict]):
    """One that nobody asks for would be edited without any effect; one without words would find nothing."""
    lists = shape.model_fields.keys() - {"kind"}
    code = "".join(path.read_text("utf-8") for path in (Path(offing.__file__).parent / "recognize").rglob("*.py"))
    assert {name for name in lists if f'"{name}"' not in code and f"'{name}'" not in code} <= _BY_NAME_PARTS
    shipped = load_wording(Layers.of()).pattern_words
    assert {word.value for word in shipped if word.role is _SHAPES[shape]} == lists


_BY_NAME_PARTS = {"general_heads", "weak_heads"}  # the code makes these names of two parts


def test_the_lists_of_numbers_sizes_and_dates_have_words():
    """As those of names."""
    lists = {name for shape in _VALUES for name, field in shape.model_fields.items() if field.annotation is Patterns}
    shipped = load_wording(Layers.of()).pattern_words
    assert {word.value for word in shipped if word.role is PatternRole.VALUE_GRAMMAR} == lists


def test_each_list_that_is_asked_for_is_in_a_shape():
    """A list of another name would be empty, and nobody would know."""
    known = {name for shape in (*_SHAPES, *_VALUES) for name in shape.model_fields}
    for path in (Path(offing.__file__).parent / "recognize").rglob("*.py"):
        for asked in _ASKED.finditer(path.read_text("utf-8")):
            assert {*re.findall(r"[\"']([a-z_]{2,})[\"']", asked[1])} <= known, (path.name, asked[0])
