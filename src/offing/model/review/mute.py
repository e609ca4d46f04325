"""A mute: a person's ruling that a name does not refer to a firm or lender, here or wherever it occurs like this.

Without this memory, the same mistake would come back with every similar article.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from offing.model.reading.mention import MentionKind

MUTABLE = frozenset({MentionKind.FIRM, MentionKind.LENDER})


@dataclass(frozen=True, slots=True)
class Mute:
    """One rule: alias × context × source. An empty field matches everything.

    Args:
        kind: firm or lender.
        key: id of the entity that is not meant; for an unlisted name, the name itself in lower case.
        alias: how it is written in the text; case and accents do not count.
        context: words in the same paragraph.
        source: registered domain of the outlet.
    """

    kind: MentionKind
    key: str
    alias: str = ""
    context: str = ""
    source: str = ""

    @property
    def scope(self) -> str:
        """Where it applies, in words."""
        alias = f"as “{self.alias}”" if self.alias else ""
        context = f"near “{self.context}”" if self.context else ""
        source = f"in {self.source}" if self.source else ""
        return ", ".join(filter(None, (alias, context, source))) or "everywhere"


@dataclass(frozen=True, slots=True)
class StoredMute:
    """A mute with who created it, when and why; `undone_by` revoked it."""

    id: int
    rule: Mute
    by: str
    at: datetime
    reason: str = ""
    undone_by: str = ""
    undone_at: datetime | None = None
