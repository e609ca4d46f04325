"""The documents of a release: the machine-readable description, the codebook, the checksums. Pure.

`datapackage.json` follows Data Package and Table Schema, version 1 (specs.frictionlessdata.io).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from offing.publish.schema import ALL_TABLES, CHANGES, PROJECT_ID
from offing.publish.table import AnyTable, Column

_READING = """\
All files are UTF-8, with commas between cells and a line feed after each row. Days are ISO 8601, times UTC.
An empty cell means that nothing is known.

A text that a spreadsheet could take for a formula (first sign =, +, -, @ and the like) has one apostrophe before it.
Take it off again where the text after it, past any apostrophes and spaces, starts with such a sign."""


def datapackage(version: str, files: Mapping[str, bytes]) -> bytes:
    """Return the description of all tables: columns, types, allowed values, sizes and digests."""
    described = {
        "profile": "tabular-data-package",
        "name": "offing",
        "title": "Projects of Chinese firms, lenders and public bodies abroad",
        "version": version,
        "resources": [_resource(table, files[table.file]) for table in ALL_TABLES],
    }
    return (json.dumps(described, indent=2) + "\n").encode()


def codebook(version: str) -> bytes:
    """Return the meaning of every table, column and value, for people."""
    chapters = "\n\n".join(_chapter(table) for table in ALL_TABLES)
    return f"# Codebook of release {version}\n\n{_READING}\n\n{chapters}\n".encode()


def checksums(files: Mapping[str, bytes]) -> bytes:
    """Return the SHA-256 of each file, in the format of `sha256sum --check`."""
    return "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files)).encode()


def _resource(table: AnyTable, content: bytes) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(column) for column in table.columns], "missingValues": [""]}
    if table.key:
        schema["primaryKey"] = list(table.key)
    if PROJECT_ID in table.header and table is not CHANGES:
        target = {"resource": "projects", "fields": "id"}
        schema["foreignKeys"] = [{"fields": PROJECT_ID, "reference": target}]
    return {
        "profile": "tabular-data-resource",
        "name": table.name.lower(),
        "path": table.file,
        "description": table.meaning,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": schema,
    }


def _field(column: Column[Any]) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if column.required else {}
    if column.words:
        constraints["enum"] = list(column.words)
    described = {"name": column.name, "type": column.form, "description": column.meaning}
    return {**described, "constraints": constraints} if constraints else described


def _chapter(table: AnyTable) -> str:
    lines = [f"- `{column.name}` ({column.form}): {column.meaning}{_allowed(column)}" for column in table.columns]
    return "\n".join([f"## {table.file}", "", table.meaning, "", *lines])


def _allowed(column: Column[Any]) -> str:
    return f"; one of {', '.join(column.words)}" if column.words else ""
