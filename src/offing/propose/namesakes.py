"""Namesakes: short names that a text itself spells out as something that is not China's.

"CRBC, the Coast Range Broadcasting Co-operative"; "a ZTE, a Zona de Transição Ecológica". Where the spelled-out name
has a word for China in it, or is a firm's itself, the short name is that firm's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from offing.model.mention import Mention, MentionKind
from offing.propose.reading import Scope

_SHORT = re.compile(r"[A-Z]{3,6}")
_REACH = 110  # characters around the short name in which it is spelled out
_SMALL = r"(?:\s(?:of|the|and|for|de|du|des|la|le|les|et|del|los|las|y|da|do|das|dos|e)\b)*"
_CHINESE = re.compile(r"chin|zhong|sino|beijing|pékin|pequim|pekín", re.IGNORECASE)


def is_namesake(scope: Scope, mention: Mention) -> bool:
    """Whether the text spells a short name out, and what it spells out is nothing Chinese."""
    if mention.kind is not MentionKind.FIRM or not _SHORT.fullmatch(mention.text):
        return False
    spelled = list(_spelled_out(scope.article.text, mention))
    firms = [(m.start, m.end) for _, m in scope.of(MentionKind.FIRM) if not _SHORT.fullmatch(m.text)]
    return bool(spelled) and not any(
        _CHINESE.search(found.group()) or any(found.start() < end and start < found.end() for start, end in firms)
        for found in spelled
    )


def _spelled_out(text: str, mention: Mention) -> Iterator[re.Match[str]]:
    """Words beside the short name that begin with its letters, at least the first of them in capitals."""
    first, others = mention.text[0], mention.text[1:]
    rest = "".join(rf"{_SMALL}[\s-]{other}[\w’'-]+" for other in others)
    pattern = re.compile(rf"(?<!\w){first}(?!{others}\b)[\w’']+{rest}")
    folded = re.compile(rf"(?<!\w){first.lower()}[\w’']+" + rest.lower())
    begin = max(0, mention.start - _REACH)
    yield from pattern.finditer(text, begin, mention.end + _REACH)
    yield from folded.finditer(text, begin, mention.end + _REACH)
