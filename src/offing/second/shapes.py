"""The shapes of a second reader's values: one for each kind of field, every value with its quote."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

MOST_PROJECTS = 20  # of one article; the longest digest of the annotated sets reports eight
MOST_VALUES = 40  # of one field
_LONGEST_QUOTE = 1500

Quote = Annotated[str, Field(min_length=2, max_length=_LONGEST_QUOTE)]
Word = Annotated[str, Field(min_length=1, max_length=60)]
Name = Annotated[str, Field(min_length=2, max_length=300)]
Number = Annotated[Decimal, Field(gt=0, le=10**15)]


class QuotedValue(BaseModel):
    """A value with the quote that proves it; extra keys are ignored."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    quote: Quote


class QuotedWord(QuotedValue):
    """A country, or a word of a closed list."""

    value: Word


class QuotedName(QuotedValue):
    """A name as the article writes it."""

    name: Name


class QuotedFirm(QuotedName):
    """A firm and its role."""

    role: Word | None = None


class QuotedSum(QuotedValue):
    """A sum of money."""

    value: Number
    currency: Word
    kind: Word | None = None


class QuotedSize(QuotedValue):
    """A quantity."""

    value: Number
    unit: Word


Shape = TypeVar("Shape", bound=QuotedValue)


def shaped(value: Any, shape: type[Shape]) -> Shape | None:
    """A value validated against a shape; None where it does not fit."""
    try:
        return shape.model_validate(value)
    except ValidationError:
        return None
