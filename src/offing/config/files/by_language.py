"""Files for one language: their lists omit the language, which is in the file's name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from offing.config.files.documents import Document, Shape, inside, line_of, merged, read_document, read_merged, validate
from offing.config.files.languages import EVERYWHERE, known_languages
from offing.config.files.layers import Layers
from offing.config.files.wording_files import ALL, CUE_KINDS, WordingFile, wording_files
from offing.config.files.wording_shapes import Forms, Shared
from offing.errors import ConfigError

_CUES = "cues"


def read_kind(layers: Layers, kind: str, shape: type[Shape]) -> Iterator[Shape]:
    """Yield the contents of the files of a kind, file by file.

    Raises:
        ConfigError: a file is invalid.
    """
    for file in wording_files(layers):
        if file.kind == kind:
            yield read_wording(layers, file, shape)


def read_wording(layers: Layers, file: WordingFile, shape: type[Shape]) -> Shape:
    """Return a file merged over all layers: a higher layer's list replaces the lower one's.

    Raises:
        ConfigError: a layer's file is unreadable, or has an unknown key or a wrong value.
    """
    if not file.language:
        return read_merged(layers, file.relative, shape)
    document: Document = {}
    path = layers.folders[0] / file.relative
    for path in layers.files(file.relative):
        document = merged(document, _Spread(path, file).document(shape))
        found = validate(document, shape, path, file.keys_as_written)
    return found


@dataclass(frozen=True, slots=True)
class _Spread:
    """One layer's copy of a file in the form its shape expects: with the language at each list."""

    path: Path
    file: WordingFile

    def document(self, shape: type[Shape]) -> Document:
        document = read_document(self.path)
        if document.pop("kind", self.file.kind) != self.file.kind:
            raise self._error(["kind"], f"what stands in {self.path.parent.name}/ is {self.file.kind}")
        if self.file.kind in CUE_KINDS:
            return {"kind": self.file.kind, _CUES: {key: self._list([key], value) for key, value in document.items()}}
        spread = {key: self._spread([key], value, inside(shape, key)) for key, value in document.items()}
        return {"kind": self.file.kind, **spread}

    def _spread(self, keys: list[str], value: Any, kind: Any) -> Any:
        is_forms = isinstance(kind, type) and issubclass(kind, Forms)
        if is_forms and (isinstance(value, list) or kind is not Shared):
            return self._list(keys, value)
        if not is_forms and isinstance(value, dict):
            return {key: self._spread([*keys, key], each, inside(kind, key)) for key, each in value.items()}
        if kind is not None and self.file.language != EVERYWHERE:
            raise self._error(keys, f"is the same in every language: it belongs into {ALL}.toml")
        for key in known_languages().intersection(value) if is_forms else ():
            raise self._error([*keys, key], f"is of one language: it belongs into {key}.toml")
        return value

    def _list(self, keys: list[str], value: Any) -> Document:
        if not isinstance(value, list):
            message = f'is no list; what stands in {self.path.name} names no language inside: {keys[-1]} = ["…"]'
            raise self._error(keys, message)
        return {self.file.language: value}

    def _error(self, keys: Sequence[str], message: str) -> ConfigError:
        return ConfigError(message, self.path, line_of(self.path, keys), ".".join(keys))
