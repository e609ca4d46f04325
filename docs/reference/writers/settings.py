"""The variables of the environment, as settings.py describes them."""

from __future__ import annotations

import re

from offing import settings
from writers.markdown import document, table

INTRODUCTION = """What a site sets in the environment; nothing else is read from it. All other rules are in files
([Config](../config.md)). A name that begins with `OFFING_` and is none of these is refused. What
each means for running a site: [For ops](../operate.md#environment)."""
_LINE = re.compile(r"^(OFFING_\w+)\s+(.+)$", re.MULTILINE)


def page() -> str:
    """Return the page."""
    rows = [_row(name, text) for name, text in _LINE.findall(settings.__doc__ or "")]
    return document("Settings", INTRODUCTION, table(("variable", "meaning", "default"), rows))


def _row(name: str, text: str) -> tuple[str, str, str]:
    meaning, _, default = text.partition("; default ")
    return f"`{name}`", meaning, default
