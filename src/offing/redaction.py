"""Redaction: nothing secret in what people see, or in logs and files.

Three nets, since each alone has holes: the places where addresses carry credentials, the values of names that
secrets usually have, and the actual secrets given to this process, wherever they turn up.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any
from urllib.parse import quote, quote_plus, unquote

HIDDEN = "***"
# Names of query parameters and headers that hold secrets: alone, or as the last word of a name.
_NAMES = (
    r"(?:[\w.-]*[_.-])?(?:access[_-]?token|api[_-]?key|auth|authorization|credentials?|jwt|key|pass|passphrase|passwd|"
    r"password|pwd|secret|session[_-]?id|sig|signature|token)"
)
SECRET_NAME = re.compile(_NAMES, re.IGNORECASE)
_QUERY = re.compile(rf"([?&;]{_NAMES}=)[^&;#\s\"'<>]+", re.IGNORECASE)
# In web addresses only the part before the first slash can hold a password, unless what stands where a port should be
# is none; in others it may contain any character.
_WEB = re.compile(
    r"(\bhttps?:[\\/]{2,})(?:[^\s/?#\"'<>@:\[]+:(?!\d{1,5}[/?#])[^\s\"'<>]*|[^\s/?#\"'<>]*)@", re.IGNORECASE
)
_OTHER = re.compile(r"(\b(?!https?:)[a-z][a-z0-9+.-]*://(?:[^\s:/@\"'<>]*:)?)[^\s\"'<>]*@", re.IGNORECASE)
_HEADER = re.compile(r"\b((?:proxy-)?authorization\s*[:=]\s*(?:basic|bearer)\s+)[\w+/=.~-]+", re.IGNORECASE)
# Among our own field names fewer mean a secret: `key` is an ordinary name here.
_PLAIN_SECRET = re.compile(
    r"(?:[\w.-]*[_.-])?(?:access_?token|api[_-]?key|authorization|cookie|passwd|password|secret|token)", re.IGNORECASE
)
_SHORTEST = 8  # shorter ones may be common words, such as the name of the database
_known: set[str] = set()


def remember(*secrets: str) -> None:
    """Hide some secrets from now on wherever they turn up, in every form that addresses and headers use."""
    for secret in secrets:
        if len(secret) >= _SHORTEST:
            _known.update(_forms(secret))


def _forms(secret: str) -> Iterator[str]:
    yield from (secret, unquote(secret), quote(secret, safe=""), quote(secret), quote_plus(secret))
    yield base64.b64encode(secret.encode("utf-8", "surrogatepass")).decode()
    yield repr(secret)[1:-1]


def remember_login(user: str, password: str) -> None:
    """The same for a password, and for the header value made of user and password."""
    if password != user:
        remember(password)
    remember(base64.b64encode(f"{user}:{password}".encode("utf-8", "surrogatepass")).decode())


def redact(text: str) -> str:
    """The text without credentials: in addresses, in parameters and headers with such names, and remembered secrets."""
    for secret in sorted(_known, key=len, reverse=True):
        if secret in text:
            text = text.replace(secret, HIDDEN)
    text = _OTHER.sub(rf"\1{HIDDEN}@", _WEB.sub(rf"\1{HIDDEN}@", text))
    return _HEADER.sub(rf"\1{HIDDEN}", _QUERY.sub(rf"\1{HIDDEN}", text))


def redacted(value: Any, *, by_name: bool = False) -> Any:
    """A value redacted with everything nested in it: texts, mappings with their keys, lists, records, exceptions.

    Args:
        value: what is to be written.
        by_name: also hide values under secret-like names; a person may have asked for those, a log has not.
    """
    if value is None or isinstance(value, Enum | bool | int | float):
        return value
    if isinstance(value, str):
        return redact(value)
    if is_dataclass(value) and not isinstance(value, type):
        value = {each.name: getattr(value, each.name) for each in fields(value)}
    if isinstance(value, Mapping):
        hidden = _hidden if by_name else lambda _name, _value: False
        return {
            redacted(key): HIDDEN if hidden(key, inner) else redacted(inner, by_name=by_name)
            for key, inner in value.items()
        }
    if isinstance(value, list | tuple | set | frozenset):
        return [redacted(inner, by_name=by_name) for inner in value]
    return redact(str(value) if isinstance(value, BaseException) else repr(value))


def _hidden(name: object, value: object) -> bool:
    """Return whether a text is the value of a name that secrets have."""
    return isinstance(name, str) and isinstance(value, str) and _PLAIN_SECRET.fullmatch(name) is not None
