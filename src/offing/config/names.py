"""Names that one file of config takes from another: reasons, markers and learned signs from the wordings."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from offing.config.documents import error_at, instead, read_document
from offing.config.layers import Layers
from offing.config.scoring import FILE, OBSERVED, SCREEN_FILE, SIGNS_FILE
from offing.config.wording_files import wording_files
from offing.model.mention import MentionKind
from offing.model.signs import INTERCEPT, KEYED_KINDS, PARTED_KINDS, PLACES_OF_SIGNS

_MARKS = "marks-"
_OLD_DATE = "old-date"  # the one marker that dates tell, not wordings


def check_names(layers: Layers) -> None:
    """Hold reasons and markers of scoring.toml, and the signs of relevance.toml, to what the wordings have.

    Raises:
        ConfigError: a reason or sign that nothing observes, or a marker that no wording tells: it would never count.
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
    """Hold the learned signs to the places and kinds of mentions that a text can show.

    Raises:
        ConfigError: a sign that no text shows, or no intercept beside them.
    """
    kinds = set(_kinds_of_signs(keys))
    known = {INTERCEPT} | {f"{place}|{kind}" for place in PLACES_OF_SIGNS for kind in kinds}
    for file in (SIGNS_FILE, SCREEN_FILE):
        names = {name for path in layers.files(file) for name in read_document(path).get("signs", {})}
        for name in sorted(names - known):
            place, _, kind = name.partition("|")
            is_placed = place in PLACES_OF_SIGNS
            hint = instead(kind, kinds) if is_placed else instead(place, {INTERCEPT, *PLACES_OF_SIGNS})
            raise error_at(layers, file, ("signs", name), f"no text shows this sign; {hint}")
        if INTERCEPT not in names:
            raise error_at(layers, file, ("signs", INTERCEPT), "has no weight")


def _kinds_of_signs(keys: Mapping[str, Collection[str]]) -> Iterator[str]:
    for kind in MentionKind:
        if kind in KEYED_KINDS:
            yield from (f"{kind}:{key}" for key in keys[kind])
        elif kind in PARTED_KINDS:
            yield from (f"{kind}:{part}" for part in PARTED_KINDS[kind])
        else:
            yield kind


def _keys_by_kind(layers: Layers) -> dict[str, set[str]]:
    """What the wordings of each kind tell apart; a site's copy of a file need not say its kind again."""
    found: dict[str, set[str]] = {kind: set() for kind in KEYED_KINDS}
    for file in wording_files(layers):
        for path in layers.files(file.relative) if file.kind in found else ():
            document = read_document(path)
            found[file.kind].update(document if file.language else document.get("cues", {}))
    return found
