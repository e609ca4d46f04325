"""A mute: a person's word that a name does not mean a firm or lender, here or wherever it stands like this.

The memory of what was wrong once: without it the same mistake comes back with each article of the same kind.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from offing.model.mention import MentionKind

MUTABLE = frozenset({MentionKind.FIRM, MentionKind.LENDER})


@dataclass(frozen=True, slots=True)
class Mute:
    """One rule: alias × context × source. What is empty holds for all.

    Args:
        kind: firm or lender.
        key: id of the entity that is not meant; of a name that no list has, the name itself in small letters.
        alias: how it stands in the text; case and accents do not count.
        context: words that stand in the same paragraph.
        source: registered domain of the outlet.
    """

    kind: MentionKind
    key: str
    alias: str = ""
    context: str = ""
    source: str = ""

    @property
    def scope(self) -> str:
        """Where it holds, in words."""
        alias = f"as “{self.alias}”" if self.alias else ""
        context = f"near “{self.context}”" if self.context else ""
        source = f"in {self.source}" if self.source else ""
        return ", ".join(filter(None, (alias, context, source))) or "everywhere"


@dataclass(frozen=True, slots=True)
class StoredMute:
    """A mute with who laid it down, when and why; `undone_by` took it back."""

    id: int
    rule: Mute
    by: str
    at: datetime
    reason: str = ""
    undone_by: str = ""
    undone_at: datetime | None = None
