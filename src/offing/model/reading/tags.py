"""Tags: the role of a stretch of an article's text in the project that the article reports, given by the encoder."""

from __future__ import annotations

from enum import StrEnum


class Tag(StrEnum):
    """The role of a stretch of text in the project."""

    FIRM = "firm"
    OTHER_FIRM = "other-firm"
    LENDER = "lender"
    BODY = "body"
    PLACE = "place"
    AMOUNT = "amount"
    OTHER_AMOUNT = "other-amount"
    SIZE = "size"
    OTHER_SIZE = "other-size"
    STATUS = "status"
    CONCERN = "concern"
