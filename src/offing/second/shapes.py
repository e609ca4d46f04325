"""The shapes of what a second reader says of a project: one for each kind of field, every value with its quote."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

MOST_PROJECTS = 20  # of one article; the longest digest of the annotated sets tells of eight
MOST_VALUES = 40  # of one field
_LONGEST_QUOTE = 1500

Quote = Annotated[str, Field(min_length=2, max_length=_LONGEST_QUOTE)]
Word = Annotated[str, Field(min_length=1, max_length=60)]
Name = Annotated[str, Field(min_length=2, max_length=300)]
Number = Annotated[Decimal, Field(gt=0, le=10**15)]


class Said(BaseModel):
    """A value with the quote that proves it; what else stands beside it is left."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    quote: Quote


class SaidWord(Said):
    """A country, or a word of a closed list."""

    value: Word


class SaidName(Said):
    """A name as the article writes it."""

    name: Name


class SaidFirm(SaidName):
    """A firm and what it does."""

    role: Word | None = None


class SaidSum(Said):
    """A sum of money."""

    value: Number
    currency: Word
    kind: Word | None = None


class SaidSize(Said):
    """A quantity."""

    value: Number
    unit: Word


Shape = TypeVar("Shape", bound=Said)


def shaped(value: Any, shape: type[Shape]) -> Shape | None:
    """A value in its shape; None where it has another."""
    try:
        return shape.model_validate(value)
    except ValidationError:
        return None
