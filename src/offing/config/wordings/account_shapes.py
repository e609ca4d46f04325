"""The shape of `config/wording/account-grammar/`; the files document each list."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from offing.config.files.documents import Strict
from offing.config.files.wording_shapes import Forms, LowerPatterns


class AccountGrammar(Strict):
    """`account-grammar`: words for stages, ordinals and umbrella agreements. The keys of `numbers` are numbers."""

    kind: Literal["account-grammar"]
    stages: LowerPatterns = LowerPatterns()
    stages_unparted: LowerPatterns = LowerPatterns()
    number_ends: LowerPatterns = LowerPatterns()
    ordinal_ends: LowerPatterns = LowerPatterns()
    ordinal_ends_attached: LowerPatterns = LowerPatterns()
    ordinals_before: LowerPatterns = LowerPatterns()
    ordinals_apart: LowerPatterns = LowerPatterns()
    sections: LowerPatterns = LowerPatterns()
    sections_unparted: LowerPatterns = LowerPatterns()
    umbrellas: LowerPatterns = LowerPatterns()
    credit_lines: LowerPatterns = LowerPatterns()
    several: LowerPatterns = LowerPatterns()
    numbers: dict[Annotated[int, Field(ge=1, le=99)], Forms] = Field(default_factory=dict)
