"""Reads what a translation service answers. Pure; whatever the bytes are, nothing raises."""

from __future__ import annotations

import json
from typing import Any


def translated_texts(body: bytes, many: int) -> tuple[str, ...]:
    """Return the translations in an answer to a request about several texts; empty if it holds no such number of texts.

    One that is blank is no translation.
    """
    found = _json(body)
    texts = found.get("translatedText") if isinstance(found, dict) else None
    if isinstance(texts, str) and many == 1:
        texts = [texts]
    if not isinstance(texts, list) or len(texts) != many:
        return ()
    usable = tuple(each for each in texts if isinstance(each, str) and each.strip())
    return usable if len(usable) == many else ()


def language_code(body: bytes, language: str) -> str | None:
    """Return a service's own code for a language: the very code, or one of its scripts (zh-Hans for zh).

    None if the service has a list without it. What has no list is taken at our word.
    """
    rows = _json(body)
    codes = (
        [row["code"] for row in rows if isinstance(row, dict) and isinstance(row.get("code"), str)]
        if isinstance(rows, list)
        else []
    )
    if not codes or language in codes:
        return language
    return next((code for code in codes if code.partition("-")[0] == language), None)


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None
