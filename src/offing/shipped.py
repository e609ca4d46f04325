"""Finds the files that ship with offing: config, pipelines, migrations.

In an installed wheel they are inside the package; in a source tree at the root of the repository.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent


def shipped(name: str) -> Path:
    """Return the shipped folder `config`, `pipelines` or `migrations`.

    Raises:
        FileNotFoundError: the installation is broken.
    """
    for folder in (_PACKAGE / "_shipped" / name, _PACKAGE.parents[1] / name):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"the folder {name!r} that ships with offing is missing: reinstall it")
