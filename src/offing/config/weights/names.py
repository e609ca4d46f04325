"""Names that one config file takes from another: reasons, markers and learned signs from the wordings."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from offing.config.files.documents import error_at, instead, read_document
from offing.config.files.layers import Layers
from offing.config.files.wording_files import wording_files
from offing.config.weights.scoring import FILE, OBSERVED, SCREEN_FILE, SIGNS_FILE
from offing.model.reading.feature_names import INTERCEPT, KEYED_KINDS, POSITIONS, SPLIT_KINDS
from offing.model.reading.mention import MentionKind

_MARKS = "marks-"
_OLD_DATE = "old-date"  # the one marker that comes from dates, not wordings


def check_names(layers: Layers) -> None:
    """Check reasons and markers of scoring.toml, and the signs of relevance.toml, against the wordings.

    Raises:
        ConfigError: a reason, sign or marker that no wording can produce, so that it would never count.
    """
    keys = _keys_by_kind(layers)
    signals = keys[MentionKind.SIGNAL]
    _check_signs(layers, keys)
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


def _check_signs(layers: Layers, keys: Mapping[str, Collection[str]]) -> None:
    """Check the learned signs against the places and kinds of mentions that a text can have.

    Raises:
        ConfigError: a sign that no text can have, or a missing intercept.
    """
    kinds = set(_kinds_of_signs(keys))
    known = {INTERCEPT} | {f"{place}|{kind}" for place in POSITIONS for kind in kinds}
    for file in (SIGNS_FILE, SCREEN_FILE):
        names = {name for path in layers.files(file) for name in read_document(path).get("signs", {})}
        for name in sorted(names - known):
            place, _, kind = name.partition("|")
            is_placed = place in POSITIONS
            hint = instead(kind, kinds) if is_placed else instead(place, {INTERCEPT, *POSITIONS})
            raise error_at(layers, file, ("signs", name), f"no text shows this sign; {hint}")
        if INTERCEPT not in names:
            raise error_at(layers, file, ("signs", INTERCEPT), "has no weight")


def _kinds_of_signs(keys: Mapping[str, Collection[str]]) -> Iterator[str]:
    for kind in MentionKind:
        if kind in KEYED_KINDS:
            yield from (f"{kind}:{key}" for key in keys[kind])
        elif kind in SPLIT_KINDS:
            yield from (f"{kind}:{part}" for part in SPLIT_KINDS[kind])
        else:
            yield kind


def _keys_by_kind(layers: Layers) -> dict[str, set[str]]:
    """Return the keys of each kind of wording; a site's copy of a file need not repeat its kind."""
    found: dict[str, set[str]] = {kind: set() for kind in KEYED_KINDS}
    for file in wording_files(layers):
        for path in layers.files(file.relative) if file.kind in found else ():
            document = read_document(path)
            found[file.kind].update(document if file.language else document.get("cues", {}))
    return found
