"""Imports spaCy without its command line.

`import spacy` loads its commands for the sake of one function, `spacy.info`, and with them typer, requests and httpx: a
third of spaCy's import cost, for nothing that is called here. A placeholder stands in for that function during the
import.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

_COMMAND = "spacy.cli.info"


def info(*arguments: Any, **options: Any) -> Any:
    """The real `spacy.info`, imported when called."""
    from spacy.cli.info import info as real

    return real(*arguments, **options)


@contextmanager
def _without_commands() -> Iterator[None]:
    """Import spaCy in this context as if its commands were loaded; code that needs them later gets the real ones."""
    if "spacy" in sys.modules:
        yield
        return
    held = ModuleType(_COMMAND)
    held.info = info  # type: ignore[attr-defined]
    sys.modules[_COMMAND] = held
    try:
        yield
    finally:
        del sys.modules[_COMMAND]


with _without_commands():
    import spacy
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.util import registry

__all__ = ["Doc", "Language", "registry", "spacy"]
