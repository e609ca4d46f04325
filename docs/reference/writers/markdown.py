"""Markdown that every page is made of."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Sequence

NOTE = "<!-- Written by `make reference`; edit the code, not this page. -->"
_LITERAL = re.compile(r"(?m)^(?P<before>.*)::$")


def document(title: str, introduction: str, *blocks: str) -> str:
    """Return a page: its title, what it is about, and its parts."""
    return "\n\n".join((f"# {title}", NOTE, introduction, *(block for block in blocks if block))) + "\n"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table, or nothing where there are no rows."""
    lines = ["| " + " | ".join(cell(each) for each in row) + " |" for row in rows]
    if not lines:
        return ""
    return "\n".join(("| " + " | ".join(head) + " |", "|" + "---|" * len(head), *lines))


def cell(text: str) -> str:
    """Return a text as it may stand in a table: one line, no column marks."""
    return " ".join(text.split()).replace("|", "\\|")


def code(text: str) -> str:
    """Return a text as code; an empty one stays empty."""
    return f"`{text}`" if text else ""


def fenced(text: str, language: str = "") -> str:
    """Return lines of code or a diagram."""
    return f"```{language}\n{text}\n```"


def prose(docstring: str | None) -> str:
    """Return a docstring as paragraphs, with its code as code blocks."""
    text = inspect.cleandoc(docstring or "")
    return _LITERAL.sub(lambda found: f"{found['before']}:" if found["before"] else "", text).strip()
