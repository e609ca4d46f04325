"""Checks the archive of raw pages: while it cannot be written, nothing is pruned."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

from offing.config.files.layers import Layers
from offing.config.sites.retention import load_retention
from offing.errors import ConfigError
from offing.model.values.numbers import counted
from offing.services.monitoring.site_check import Finding
from offing.store.archive.day_file import day_files

_MB = 1e6


def check_archive(layers: Layers) -> Iterator[Finding]:
    """Check that the archive of a site can be written and its disk takes its budget; yields nothing without one."""
    try:
        archive = load_retention(layers).archive
    except ConfigError:  # which another check reports
        return
    if archive is None:
        return
    folder = archive.folder
    place = folder if folder.is_dir() else folder.parent
    if not place.is_dir() or not os.access(place, os.W_OK | os.X_OK):
        advice = "nothing is pruned meanwhile: correct `folder` of [archive] in retention.toml, or its owner"
        yield Finding("archive", f"{folder} cannot be written", advice)
        return
    files = day_files(folder) if folder.is_dir() else []
    size = sum(file.stat().st_size for file in files)
    newest = f", the newest {files[-1].name}" if files else ""
    found = f"{counted(len(files), 'file')}, {size / _MB:,.0f} MB in {folder}{newest}"
    room = shutil.disk_usage(place).free + size
    small = f"its disk takes {room / _MB:,.0f} MB of it: lower `budget_mb` of [archive], or make room"
    yield Finding("archive", found, small if archive.budget > room else "")
