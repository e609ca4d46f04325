"""The wordings of `config/wording` as they stand in the files: each an entry of a list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from offing.config.files.layers import Layers
from offing.config.wordings.wording import load_wording
from offing.model.reading.mention import MentionKind
from offing.model.reading.rules import Wording

UNITS = "units"
KINDS = ("status", "sector", "units", "signal", "concern", "mode", "event", "flow", "role", "record-type")
HOLDS = 0.05  # below this weight a wording only holds shorter ones and says nothing itself


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """A wording: of which kind, language and list, what it says, and how strongly."""

    kind: str
    language: str
    key: str
    text: str
    weight: float = 1.0

    @property
    def holds(self) -> bool:
        """Whether it only holds shorter wordings."""
        return self.weight < HOLDS and self.kind != MentionKind.SIGNAL

    @property
    def name(self) -> str:
        """What tells it from all others."""
        return f"{self.kind}\t{self.language}\t{self.key}\t{self.text}"


def entries(wording: Wording | None = None) -> Iterator[Entry]:
    """Yield all entries of the lists that are counted, as they ship."""
    wording = wording or load_wording(Layers.of())
    yield from (Entry(cue.kind, cue.language, cue.key, cue.text, cue.weight) for cue in wording.cues)
    yield from (Entry(UNITS, form.language, form.currency, form.text) for form in wording.units)
