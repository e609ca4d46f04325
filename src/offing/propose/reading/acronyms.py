"""Namesakes: acronyms that a text itself spells out as something that is not Chinese.

"CRBC, the Coast Range Broadcasting Co-operative"; "a ZTE, a Zona de Transição Ecológica". Where the full form contains
a word for China, or is itself a firm's name, the acronym is that firm's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from offing.model.reading.mention import Mention, MentionKind
from offing.propose.reading.grammar import pattern, words
from offing.propose.reading.scope import Scope

_SHORT = re.compile(r"[A-Z]{3,6}")
_REACH = 110  # characters around the acronym within which it is spelled out
_SMALL = r"(?:\s(?:{})\b)*"
_CHINESE = r"(?i:%s)"


def is_namesake(scope: Scope, mention: Mention) -> bool:
    """Whether the text spells an acronym out, and the full form is not Chinese."""
    if mention.kind is not MentionKind.FIRM or not _SHORT.fullmatch(mention.text):
        return False
    spelled = list(_spelled_out(scope, mention))
    firms = [(m.start, m.end) for _, m in scope.of(MentionKind.FIRM) if not _SHORT.fullmatch(m.text)]
    chinese = pattern(_CHINESE, words(scope.rules, "china"))
    return bool(spelled) and not any(
        chinese.search(found.group()) or any(found.start() < end and start < found.end() for start, end in firms)
        for found in spelled
    )


def _spelled_out(scope: Scope, mention: Mention) -> Iterator[re.Match[str]]:
    """Words near the acronym that begin with its letters, all capitalised or all in lower case."""
    first, others, text = mention.text[0], mention.text[1:], scope.article.text
    small = _SMALL.format(words(scope.rules, "name_links"))
    rest = "".join(rf"{small}[\s-]{other}[\w’'-]+" for other in others)
    plain = re.compile(rf"(?<!\w){first}(?!{others}\b)[\w’']+{rest}")
    folded = re.compile(rf"(?<!\w){first.lower()}[\w’']+" + rest.lower())
    begin = max(0, mention.start - _REACH)
    yield from plain.finditer(text, begin, mention.end + _REACH)
    yield from folded.finditer(text, begin, mention.end + _REACH)
