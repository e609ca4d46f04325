"""Form tokens: a form counts once, and not before a person can have seen its page."""

from __future__ import annotations

import re
import secrets

from fastapi import Request

from offing.errors import TooSoon
from offing.web.access import place_of, wants_json

LEAST_AGE = 0.4  # seconds: more than the second click of a hand (about 150 ms), less than anybody needs to read a line
_MADE = re.compile(r"\.t([0-9a-f]{1,12})\Z")


def new_mark(made: float, before: str = "") -> str:
    """A unique form token.

    Args:
        made: when its page was made, in seconds.
        before: the token's prefix; it ends with the time it was made, in milliseconds.
    """
    return f"{before or secrets.token_urlsafe(16)}.t{int(made * 1000):x}"


def page_token(candidate_id: int, made: float) -> str:
    """A token for the form of one shown page: it counts once, and for that candidate alone."""
    return new_mark(made, f"{candidate_id}.{secrets.token_urlsafe(16)}")


def check_age(request: Request, mark: str) -> None:
    """Refuse a form from a page that had only just been served: the second of two clicks hit it unseen.

    Scripts are let through: they know when a page was shown, which may have been fetched long before (`guard.js`). So
    is a form without a token.

    Args:
        request: the request that sent the form.
        mark: the form's token, its field `token`.

    Raises:
        TooSoon: the page is younger than `LEAST_AGE`.
    """
    made = _MADE.search(mark)
    if made is None or wants_json(request):
        return
    age = place_of(request).ticks() - int(made[1], 16) / 1000
    if 0 <= age < LEAST_AGE:
        raise TooSoon("this page has only just opened, so nothing was done: take a look, then press the button")
