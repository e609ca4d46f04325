"""Validates a site's own config folder: no file that nothing reads, each file in its own shape.

A misspelt name would be silently ignored, and the site would keep the shipped config. So every command that uses
the config gets its layers from here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path

from offing.config import checks
from offing.config.files.documents import instead
from offing.config.files.layers import Layers
from offing.config.files.wording_files import FOLDER, OWN
from offing.config.files.wording_files import KINDS as WORDING_KINDS
from offing.errors import ConfigError, UsageError

LEXICONS = "lexicons"
_WORDINGS = (OWN, *(f"{FOLDER}/{kind}/*.toml" for kind in WORDING_KINDS))
# Allowed besides: notes, hidden files, the test pages of outlets, beside their rules or below them.
_FREE = ("README*", "*/README*", "*/*/README*", ".*", "*/.*", "outlets/*/*", "outlets/*.html", "outlets/*.htm")


@dataclass(frozen=True, slots=True)
class FileKind:
    """Files of one kind, by patterns below a config folder; `check` raises if they are invalid."""

    name: str
    patterns: tuple[str, ...]
    check: Callable[[Layers], str]


KINDS = (
    FileKind("feeds catalogue", ("feeds/*.toml",), checks.feeds),
    FileKind("languages", ("languages.toml",), checks.languages),
    FileKind("wording", (*_WORDINGS, "models/small_words.txt", "models/simplified.txt"), checks.wording),
    FileKind(
        "scoring", ("scoring.toml", "context.toml", "models/relevance.toml", "models/screen.toml"), checks.scoring
    ),
    FileKind("meaning of texts", ("models/meaning.npz",), checks.meaning),
    FileKind("article encoder", ("models/reader.npz",), checks.tuned),
    FileKind("matching", ("matching.toml", "models/rarity.tsv", "models/common_words.txt"), checks.matching),
    FileKind("rates", ("rates.toml",), checks.rates),
    FileKind("queue", ("queue.toml",), checks.queue),
    FileKind("retention", ("retention.toml",), checks.retention),
    FileKind("records", ("records.toml",), checks.records),
    FileKind("releases", ("release.toml",), checks.release),
    FileKind("keys", ("keys.toml",), checks.keys),
    FileKind("known projects", ("known/*.toml",), checks.known),
    FileKind("outlet rules", ("outlets/*.toml",), checks.outlets),
    FileKind("credentials", ("credentials.toml",), checks.credentials),
    FileKind("fetching", ("fetch.toml",), checks.fetching),
    FileKind("sentinel", ("sentinel.toml",), checks.sentinel),
    FileKind("second reader", ("reader.toml",), checks.reader),
    FileKind("translation", ("translation.toml",), checks.translation),
    FileKind(LEXICONS, tuple(f"lexicons/{table}.csv" for table in checks.TABLES), checks.lexicons),
)
_READ = tuple(pattern for kind in KINDS for pattern in kind.patterns)


def site_layers(site: Path | None) -> Layers:
    """Return the shipped config with a site's own folder over it, after validating every file of the site.

    Raises:
        UsageError: the folder does not exist.
        ConfigError: a file is invalid, or one that nothing reads.
    """
    layers = Layers.of(site)
    _checked(layers, layers.stamp())
    return layers


def with_folder(layers: Layers, folder: Path) -> Layers:
    """Return layers with one more folder over them, after validating every file of it.

    Raises:
        UsageError: the folder does not exist.
        ConfigError: a file is invalid, or one that nothing reads.
    """
    if not folder.is_dir():
        raise UsageError(f"there is no folder {str(folder)!r}")
    found = Layers((*layers.folders, folder))
    _checked(found, found.stamp())
    return found


@lru_cache(maxsize=4)
def _checked(layers: Layers, _stamp: object) -> None:
    own = Layers(layers.folders[1:])
    for error in unread(own):
        raise error
    for kind in KINDS:
        if any(True for pattern in kind.patterns for _ in own.glob(pattern)):
            kind.check(layers)


def unread(own: Layers) -> Iterator[ConfigError]:
    """Yield an error for each file or folder in a site's own folders that nothing reads."""
    for folder in own.folders:
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder).as_posix()
            if not _is_read(name, is_folder=path.is_dir()):
                yield ConfigError(f"nothing reads this; {instead(name, _names(name))}", path)


def _is_read(name: str, *, is_folder: bool) -> bool:
    """Return whether a path below the config folder is hidden, allowed, or of a kind that is loaded."""
    if any(part.startswith(".") for part in name.split("/")):
        return True
    of_outlets = name.startswith("outlets/")  # test pages may lie at any depth
    if is_folder:
        return of_outlets or any(pattern.startswith(f"{name}/") for pattern in (*_READ, "outlets/pages/"))
    # `*` in a pattern also matches slashes, hence the depth.
    return any(
        fnmatchcase(name, pattern) and (of_outlets or name.count("/") <= max(pattern.count("/"), 1))
        for pattern in (*_READ, *_FREE)
    )


def _names(name: str) -> list[str]:
    """Return the names allowed beside a path."""
    parent = name.rpartition("/")[0]
    above = f"{parent}/" if parent and any(pattern.startswith(f"{parent}/") for pattern in _READ) else ""
    beside = [pattern.removeprefix(above).partition("/") for pattern in _READ if pattern.startswith(above)]
    return sorted({f"{above}{first}{slash}" for first, slash, _ in beside})
