"""Names that one file of config takes from another: reasons and markers of scoring.toml from the wordings."""

from __future__ import annotations

from offing.config.documents import error_at, instead, read_document
from offing.config.languages import WORDINGS, kind_in
from offing.config.layers import Layers
from offing.config.scoring import FILE, OBSERVED
from offing.model.mention import MentionKind

_MARKS = "marks-"
_OLD_DATE = "old-date"  # the one marker that dates tell, not wordings


def check_names(layers: Layers) -> None:
    """Hold reasons and markers of scoring.toml to the signals that the wordings have.

    Raises:
        ConfigError: a reason that nothing observes, or a marker that no wording tells: it would never count.
    """
    signals = _signals(layers)
    marks = {signal.removeprefix(_MARKS) for signal in signals if signal.startswith(_MARKS)} | {_OLD_DATE}
    for path in layers.files(FILE):
        document = read_document(path)
        for name in document.get("reasons", {}):
            if name not in signals and name not in OBSERVED:
                message = f"no wording has this signal; {instead(name, {*signals, *OBSERVED})}"
                raise error_at(layers, FILE, ("reasons", name), message)
        for field, table in document.get("markers", {}).items():
            for name in table:
                if name not in marks:
                    message = f"no wording has the signal {_MARKS}{name}; {instead(name, marks)}"
                    raise error_at(layers, FILE, ("markers", field, name), message)


def _signals(layers: Layers) -> set[str]:
    """The signals of the wordings; a site's copy of a file need not say its kind again."""
    paths = list(layers.glob(WORDINGS))
    names = {path.name for path in paths if kind_in(path) == MentionKind.SIGNAL.value}
    documents = [read_document(path) for path in paths if path.name in names]
    return {key for document in documents for key in document.get("cues", {})}
