"""Streets, squares and treaties that bear the name of a town far away: Avenida Caracas, the Paris Agreement."""

from __future__ import annotations

import re

from offing.model.mention import MentionKind
from offing.recognize.draft import Draft

_BEFORE = re.compile(
    r"(?:^|[\s(«“\"])(?:"
    r"(?:av\.?|avda\.?|avenida|avenue|calle|rue|boulevard|bd\.?|bulevar|carrera|cra\.?|jirón|jr\.|rua|travessa|praça|plaza"
    r"|place|alameda|protocole|accord|convention|convenio|acuerdo|acordo|protocolo)"
    r" (?:de la |de l['’]|de |del |du |da |do |d['’])?"
    r"|(?:улиц[аеуы]|ул\.|проспект[аеу]?|пр-т|площад[ьи]|бульвар[ае]?) [«\"]?"
    r"|(?:شارع|ساحة|اتفاق|اتفاقية|بروتوكول) )$",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"[»\"]?(?: (?:Street|St\.|Avenue|Ave\.?|Boulevard|Square|Agreement|Accords?"
    r"|Declaration|Convention|Protocol|Treaty|Club|Consensus|Stock Exchange)\b"
    r"|大街|大道|街|广场|协定|宣言|公约|议定书|俱乐部)"
)
_REACH = 24
_NAMED_AFTER = frozenset({"city", "capital", "town", "name"})


def drop_streets(draft: Draft) -> None:
    """Take away the towns and countries that a street, a square or a treaty is only named after."""
    draft.drop(
        mention
        for mention in draft.of(MentionKind.PLACE, MentionKind.COUNTRY)
        if mention.by in _NAMED_AFTER
        and (
            _BEFORE.search(draft.text, max(0, mention.start - _REACH), mention.start)
            or _BEHIND.match(draft.text, mention.end)
        )
    )
