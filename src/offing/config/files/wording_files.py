"""The layout of the wordings: `config/wording/`, a folder for each kind and in it a file for each language.

A file directly in `config/wording/` is a site's own: it states its kind, has languages inside, and adds to what ships.
A language is supported once a status or a sector has wordings in it: there is no list of languages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from offing.config.files.documents import instead, line_of, read_document
from offing.config.files.languages import EVERYWHERE, known_languages, no_language
from offing.config.files.layers import Layers
from offing.errors import ConfigError
from offing.model.reading.mention import MentionKind

FOLDER = "wording"
ALL = "all_languages"  # the name of the file for what applies in every language
BY_LANGUAGE, OWN = f"{FOLDER}/*/*.toml", f"{FOLDER}/*.toml"
WORDINGS = (BY_LANGUAGE, OWN)
CUE_KINDS = tuple(
    kind.value
    for kind in (
        *(MentionKind.SECTOR, MentionKind.STATUS, MentionKind.ROLE, MentionKind.FLOW, MentionKind.MODE),
        *(MentionKind.CONCERN, MentionKind.RECORD_TYPE, MentionKind.EVENT, MentionKind.SIGNAL),
    )
)
PAGE_KINDS = ("page-lines", "page-notices", "page-markup")  # for extraction, which loads them itself
ACCOUNT_KIND = "account-grammar"  # for matching, which loads it itself
KINDS = (
    *CUE_KINDS,
    *("currencies", "numbers", "units", "months", "days", "terms", "firm-patterns", "public-bodies"),
    *("place-patterns", "ordinary-words", "project-names", "kinds-of-works"),
    *("name-grammar", "name-context", "transcription", "firm-roles", "sentence-grammar", "progress"),
    *PAGE_KINDS,
    ACCOUNT_KIND,
)
# Files that shipped before there were folders, by their kind. A site's file with such a name replaced
# the lists of that one file, which no current file corresponds to.
MOVED = {
    old: kind
    for kind, names in {
        "status": "status events turns no_status",
        "sector": "sectors supplies works",
        "concern": "concerns complaints grievances misgivings",
        "signal": "signals asides deeds giving standing sums worries",
        "mode": "modes ways",
        "record-type": "record_types courses",
        "role": "roles",
        "flow": "flows",
        "event": "happenings",
        "units": "units things",
        "firm-patterns": "firm_patterns",
        "public-bodies": "bodies",
        "place-patterns": "places",
        "ordinary-words": "ordinary_words",
        "project-names": "project_names",
        "kinds-of-works": "kinds_of_works",
        **{name: name for name in ("currencies", "numbers", "months", "days", "terms")},
    }.items()
    for old in names.split()
}
_KIND = re.compile(r'^kind\s*=\s*"([^"]*)"', re.MULTILINE)
_DEFINING = frozenset({MentionKind.STATUS.value, MentionKind.SECTOR.value})  # of the supported languages


@dataclass(frozen=True, slots=True)
class WordingFile:
    """A file of wordings, in whichever layers have it.

    Args:
        relative: its path below a layer.
        kind: what it holds.
        language: its language, `*` for all languages; "" for a site's own file, which has languages inside.
    """

    relative: str
    kind: str
    language: str

    def keys_as_written(self, keys: Sequence[str]) -> Sequence[str]:
        """The keys of a place in the content as they are in the file: without its language and the table `cues`."""
        at = len(keys) - 1 - keys[::-1].index(self.language) if self.language in keys else len(keys)
        return [*keys[self.kind in CUE_KINDS : at], *keys[at + 1 :]]


def wording_files(layers: Layers) -> tuple[WordingFile, ...]:
    """Return the wording files of some layers, each once: those of a kind and language, then the site's own ones.

    Raises:
        ConfigError: a folder is of no kind, a file of no language, or a site's own file states no kind or has the name
            of a file that once shipped.
    """
    found: dict[str, WordingFile] = {}
    for path in layers.glob(BY_LANGUAGE):
        relative = f"{FOLDER}/{path.parent.name}/{path.name}"
        if relative not in found:
            kind = path.parent.name
            if kind not in KINDS:
                raise ConfigError(f"there is no kind of wording {kind!r}; {instead(kind, KINDS)}", path)
            found[relative] = WordingFile(relative, kind, _language_of(path))
    for path in layers.glob(OWN):
        relative = f"{FOLDER}/{path.name}"
        if relative not in found:
            found[relative] = WordingFile(relative, _kind_inside(path), "")
    return tuple(found.values())


def read_languages(layers: Layers) -> tuple[str, ...]:
    """Return the supported languages: those in which a status or a sector has a wording.

    Raises:
        ConfigError: a wording file is invalid.
    """
    own = layers.holding(*WORDINGS)
    return _read_languages(own, own.digest(*WORDINGS))


@lru_cache(maxsize=4)
def _read_languages(layers: Layers, _digest: str) -> tuple[str, ...]:
    codes = (code for file in wording_files(layers) if file.kind in _DEFINING for code in _worded(layers, file))
    return tuple(dict.fromkeys(code for code in codes if code in known_languages()))


def _worded(layers: Layers, file: WordingFile) -> Iterator[str]:
    """Yield the languages in which a file of cues has a wording."""
    for document in map(read_document, layers.files(file.relative)):
        if file.language:
            yield from (file.language for texts in document.values() if texts)
            continue
        cues = document.get("cues", {})
        for by_language in cues.values() if isinstance(cues, dict) else ():
            yield from (code for code, texts in by_language.items() if texts) if isinstance(by_language, dict) else ()


def _language_of(path: Path) -> str:
    """Return the language a file is named after, `*` for all languages."""
    if path.stem == ALL:
        return EVERYWHERE
    if path.stem not in known_languages():
        message = f"{no_language(path.stem)}: a file here is called after its language, it.toml, or {ALL}.toml"
        raise ConfigError(message, path)
    return path.stem


def _kind_inside(path: Path) -> str:
    """Return the kind that a site's own file states, read without parsing all of it."""
    if path.stem in MOVED:
        kind = MOVED[path.stem]
        raise ConfigError(
            f"wordings lie in a folder for each kind and a file for each language now: call this our_{path.name} and "
            f'write kind = "{kind}" into it, and its lists add to what ships; or move each list to '
            f"{FOLDER}/{kind}/LANGUAGE.toml, where it takes the place of the one that ships",
            path,
        )
    found = _KIND.search(path.read_text(encoding="utf-8-sig", errors="replace"))
    kind = found[1] if found else ""
    if kind not in KINDS:
        read_document(path)  # reports a file that is not TOML at all
        message = f"{kind!r} is none of {', '.join(KINDS)}"
        raise ConfigError(message, path, line_of(path, ["kind"]) if found else None, "kind")
    return kind
