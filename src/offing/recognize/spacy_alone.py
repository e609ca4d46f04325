"""spaCy without its command line.

`import spacy` draws in its commands for the sake of one function, `spacy.info`, and with them typer, requests and
httpx: a third of what spaCy takes, for nothing that is called here. A place holder stands for that function meanwhile.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

_COMMAND = "spacy.cli.info"


def info(*arguments: Any, **options: Any) -> Any:
    """What `spacy.info` says, drawn in when it is asked."""
    from spacy.cli.info import info as real

    return real(*arguments, **options)


@contextmanager
def _without_commands() -> Iterator[None]:
    """Let spaCy be imported within as if its command had been; what asks for its commands later gets the real ones."""
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
