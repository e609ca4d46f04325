"""Layers of config: the shipped folder below, a site's own folder over it, merged row by row and key by key."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from offing.errors import UsageError
from offing.shipped import shipped


@dataclass(frozen=True, slots=True)
class Layers:
    """The config folders, lowest first."""

    folders: tuple[Path, ...]

    @classmethod
    def of(cls, site: Path | None = None) -> Layers:
        """Return the layers of a site: the shipped folder, and over it the site's own folder if it has one.

        Raises:
            UsageError: the folder does not exist; the site would otherwise silently run on the shipped config.
        """
        if site is not None and not site.is_dir():
            raise UsageError(
                f"there is no config folder {str(site)!r}: correct --config or OFFING_CONFIG, or create the folder"
            )
        return cls((shipped("config"), *((site,) if site else ())))

    def files(self, relative: str) -> Iterator[Path]:
        """Yield every layer's copy of one file, lowest first."""
        for folder in self.folders:
            if (folder / relative).is_file():
                yield folder / relative

    def glob(self, pattern: str) -> Iterator[Path]:
        """Yield every layer's files that match a pattern, lowest layer first, by name within a layer."""
        for folder in self.folders:
            yield from sorted(path for path in folder.glob(pattern) if path.is_file())

    def holding(self, *patterns: str) -> Layers:
        """Return only those layers that have files matching some patterns."""
        return Layers(tuple(folder for folder in self.folders if any(any(folder.glob(each)) for each in patterns)))

    def stamp(self) -> tuple[tuple[str, int, int], ...]:
        """Return every file with its size and modification time: the same stamp means the same content."""
        files = (path for folder in self.folders for path in sorted(folder.rglob("*")) if path.is_file())
        return tuple((str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in files)

    def fingerprint(self, *patterns: str, but: Collection[str] = ()) -> str:
        """Return a digest of the content and location of files.

        Args:
            patterns: of the files.
            but: files to leave out, by path below a layer.
        """
        digest = hashlib.sha256()
        for layer, folder in enumerate(self.folders):
            for path in (path for pattern in patterns for path in Layers((folder,)).glob(pattern)):
                name = path.relative_to(folder).as_posix()
                if name not in but:
                    content = path.read_bytes()
                    digest.update(f"{layer} {name} {len(content)}\n".encode() + content)
        return digest.hexdigest()

    def digest(self, *patterns: str) -> str:
        """Return a short digest of the content of files: the version of their rules."""
        digest = hashlib.sha256()
        for folder in self.folders:
            for path in (path for pattern in patterns for path in Layers((folder,)).glob(pattern)):
                digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
        return digest.hexdigest()[:12]
