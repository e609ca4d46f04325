"""What tells the language of a text: the words that stand in any text of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class LanguageSigns:
    """By what languages of one script are told apart.

    `words` holds, by script, the frequent small words of each language. Of languages with as many such words in a text
    one of `widely_written` is likelier. `families` names the languages that neither script nor words tell from another;
    there the page's own word does.
    """

    words: Mapping[str, Mapping[str, frozenset[str]]] = field(default_factory=dict)
    widely_written: frozenset[str] = frozenset()
    families: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
