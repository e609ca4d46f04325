"""Language identification by the frequent words of each language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class LanguageWords:
    """How languages of one script are distinguished.

    `words` holds, by script, the frequent small words of each language. Between languages with equally many such words
    in a text, one of `widely_written` is likelier. `families` names the languages that neither script nor words
    distinguish; there the language that the page declares decides.
    """

    words: Mapping[str, Mapping[str, frozenset[str]]] = field(default_factory=dict)
    widely_written: frozenset[str] = frozenset()
    families: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
