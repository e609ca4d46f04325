"""The list of decisions, from the headings of their records."""

from __future__ import annotations

import re
from pathlib import Path

from writers.markdown import document

FOLDER = Path(__file__).parents[2] / "decisions"
INTRODUCTION = """Choices that are hard to undo, each with its context, the decision and its consequences. A new one
takes the next number; one that no longer holds keeps its place and says by which it was replaced."""
_HEADING = re.compile(r"^# (\d+)\. (.+)$", re.MULTILINE)


def page() -> str:
    """Return the page."""
    return document("Decisions", INTRODUCTION, "\n".join(map(_line, sorted(FOLDER.glob("[0-9]*.md")))))


def _line(path: Path) -> str:
    found = _HEADING.search(path.read_text("utf-8"))
    if found is None or int(found[1]) != int(path.name[:4]):
        raise ValueError(f"{path.name} has to begin with its number and title: # {int(path.name[:4])}. …")
    return f"- [{found[1]}. {found[2]}]({path.name})"
