"""The files of the site: pages from templates, each with its checksum. Pure: files are streams."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from offing.publish.cells import clean
from offing.publish.formats.format import Head
from offing.publish.formats.site.words import FILTERS
from offing.publish.marked import OpenFile

FOLDER = "site"
PAGES = Path(__file__).with_name("pages")
ASSETS = ("site.css", "search.js", "icon.svg")


@cache
def _templates() -> Environment:
    made = Environment(loader=FileSystemLoader(PAGES), autoescape=True, undefined=StrictUndefined)
    made.trim_blocks = made.lstrip_blocks = True
    made.filters.update(FILTERS)
    return made


class Blank(dict[str, str]):
    """Cells of a row for a template: one that is missing is empty, while any other misspelt name is an error."""

    def __missing__(self, _: str) -> str:
        """An empty cell."""
        return ""


class Output:
    """Writes the files of `site/`, and their checksums as `sha256sum --check` reads them.

    Args:
        open_file: opens a file of the release.
        head: what every page says of the release.
    """

    def __init__(self, open_file: OpenFile, head: Head) -> None:
        self._open, self._head = open_file, head
        self._sums = open_file(f"{FOLDER}/SHA256SUMS")

    def page(self, template: str, name: str, said: Mapping[str, Any]) -> None:
        """Render a page; `up` leads its links to the folder of the site."""
        up = "../" * name.count("/")
        text = _templates().get_template(template).render(**said, head=self._head, up=up, own=name)
        self.write(name, clean(text).encode())

    def write(self, name: str, content: bytes) -> None:
        """Write a file."""
        with self._open(f"{FOLDER}/{name}") as file:
            file.write(content)
        self._sums.write(f"{hashlib.sha256(content).hexdigest()}  {name}\n".encode())

    def close(self) -> None:
        """Write what every page needs, and close the list of checksums."""
        for name in ASSETS:
            self.write(name, (PAGES / name).read_bytes())
        self._sums.close()
