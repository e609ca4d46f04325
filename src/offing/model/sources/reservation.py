"""Reservations: restrictions that a publisher puts on machine reading of its pages."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Reservation(StrEnum):
    """What is reserved; facts and short quotes may be kept all the same.

    noarchive   no copy of the page may be kept (robots meta tag, `X-Robots-Tag`)
    tdm         the rights of text and data mining are reserved (W3C TDM Reservation Protocol)
    """

    NOARCHIVE = "noarchive"
    TDM = "tdm"


def written(reserved: Iterable[Reservation]) -> str:
    """Return reservations in their stored form: in a fixed order, "" for none."""
    chosen = set(reserved)
    return ", ".join(each for each in Reservation if each in chosen)
