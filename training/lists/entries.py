"""The wordings of `config/wording`, each an entry of a list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from offing.config.files.layers import Layers
from offing.config.wordings.wording import load_wording
from offing.model.reading.mention import MentionKind
from offing.model.reading.rules import Wording

UNITS = "units"
KINDS = ("status", "sector", "units", "signal", "concern", "mode", "event", "flow", "role", "record-type")
BLOCKS = 0.05  # below this weight a wording only blocks shorter ones within it, and casts no vote itself


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """A wording with its kind, language, list (`key`) and weight."""

    kind: str
    language: str
    key: str
    text: str
    weight: float = 1.0

    @property
    def is_blocking(self) -> bool:
        """Whether it only blocks shorter wordings within it."""
        return self.weight < BLOCKS and self.kind != MentionKind.SIGNAL

    @property
    def name(self) -> str:
        """The unique name of the entry."""
        return f"{self.kind}\t{self.language}\t{self.key}\t{self.text}"


def entries(wording: Wording | None = None) -> Iterator[Entry]:
    """Yield all entries of the counted lists; by default those that ship."""
    wording = wording or load_wording(Layers.of())
    yield from (Entry(cue.kind, cue.language, cue.key, cue.text, cue.weight) for cue in wording.cues)
    yield from (Entry(UNITS, form.language, form.currency, form.text) for form in wording.units)
