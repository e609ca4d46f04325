"""Reads the values of a queue filter as they are written in an address. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from offing.errors import UsageError
from offing.model.review.candidate import CandidateKind
from offing.model.review.queue_view import DoubtKind, Order, QueuePosition, QueueView
from offing.model.values.vocabulary import Sector, Status

LARGEST_PAGE = 200
_COUNTRY, _LANGUAGE, _KEY = re.compile(r"[A-Z]{3}"), re.compile(r"[a-z]{2,3}"), re.compile(r"[a-z]{1,20}")
_YES, _NO = ("1", "true", "yes", "on"), ("0", "false", "no", "off")
_DOLLARS = re.compile(r"(?:usd|us\$|\$)? ?([0-9]{1,13}(?:\.[0-9]{1,3})?) ?(k|m|bn|million|billion)?", re.IGNORECASE)
_THOUSANDS = re.compile(r"(?<=[0-9])[, '\u2019](?=[0-9]{3}(?![0-9]))")
_SCALES = {"": 1, "k": 10**3, "m": 10**6, "million": 10**6, "bn": 10**9, "billion": 10**9}
_MOST_DOLLARS = 10**15


def _country(key: str, written: str) -> str:
    return _shaped(key, written.upper(), _COUNTRY, "a country's three letters, such as KEN")


def _language(key: str, written: str) -> str:
    return _shaped(key, written.lower(), _LANGUAGE, "a language's two letters, such as fr")


def _shaped(key: str, written: str, shape: re.Pattern[str], wanted: str) -> str:
    if not shape.fullmatch(written):
        raise UsageError(f"{key}={written!r} cannot be used: give {wanted}")
    return written


def _name(_key: str, written: str) -> str:
    return written.casefold()


def _text(_key: str, written: str) -> str:
    return written


def _word(key: str, written: str, allowed: type[StrEnum]) -> Any:
    try:
        return allowed(written.lower())
    except ValueError as error:
        raise UsageError(f"{key}={written!r} cannot be used: give one of {', '.join(allowed)}") from error


def _flag(key: str, written: str) -> bool:
    if written.lower() not in (*_YES, *_NO):
        raise UsageError(f"{key}={written!r} cannot be used: give 1 or leave it out")
    return written.lower() in _YES


def _size(key: str, written: str) -> int:
    if not re.fullmatch("[0-9]{1,3}", written) or not 1 <= int(written) <= LARGEST_PAGE:
        raise UsageError(f"{key}={written!r} cannot be used: give a number from 1 to {LARGEST_PAGE}")
    return int(written)


def _day(key: str, written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise UsageError(f"{key}={written!r} cannot be used: give a day, such as 2026-03-04") from error


def _dollars(key: str, written: str) -> int:
    found = _DOLLARS.fullmatch(_THOUSANDS.sub("", written))
    value = int(float(found[1]) * _SCALES[(found[2] or "").lower()]) if found else _MOST_DOLLARS + 1
    if value > _MOST_DOLLARS:
        raise UsageError(f"{key}={written!r} cannot be used: give US dollars, such as 2500000, 2.5m or 1bn")
    return value


READERS: Mapping[str, Any] = {
    "view": lambda key, written: _word(key, written, QueueView),
    "kind": lambda key, written: _word(key, written, CandidateKind),
    "country": _country,
    "sector": lambda key, written: _word(key, written, Sector),
    "language": _language,
    "source": _name,
    "firm": _name,
    "lender": _name,
    "status": lambda key, written: _word(key, written, Status),
    "doubt": lambda key, written: _word(key, written, DoubtKind),
    "first_day": _day,
    "last_day": _day,
    "usd_least": _dollars,
    "usd_most": _dollars,
    "order": lambda key, written: _word(key, written, Order),
    "mine": _flag,
    "assigned": _name,
    "deferred": _flag,
    "text": _text,
    "after": lambda _key, written: QueuePosition.parse(written),
    "before": lambda _key, written: QueuePosition.parse(written),
    "size": _size,
}
"""How the value of each field of a `QueueFilter` is read; each raises UsageError for one that cannot be used."""
