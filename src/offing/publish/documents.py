"""The documents of a release: the machine-readable description, the codebook, the checksums. Pure.

`datapackage.json` follows Data Package and Table Schema, version 1 (specs.frictionlessdata.io); `CITATION.cff` the
Citation File Format, version 1.2.0 (citation-file-format.github.io).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from offing.model.projects.finding import Citation
from offing.model.projects.release_format import ReleaseFormat
from offing.publish.columns import PROJECT_ID
from offing.publish.formats import FORMATS, formats_of
from offing.publish.formats.format import ColumnText, FileText, Head, TableText
from offing.publish.marked import FileMark
from offing.publish.schema import ALL_TABLES, CHANGES, DATA_TABLES
from offing.publish.table import AnyTable, Column

_READING = """\
All files are UTF-8, with commas between cells and a line feed after each row. Days are ISO 8601, times UTC.
An empty cell means that nothing is known.

A text that a spreadsheet could take for a formula (first sign =, +, -, @ and the like) has one apostrophe before it.
Take it off again where the text after it, past any apostrophes and spaces, starts with such a sign.

`start` and `end` of a quote count characters (Unicode code points, not bytes) from 0, in the text of the article as it
was extracted: its title, an empty line (two line feeds), then its paragraphs with an empty line between them. `end` is
one past the last character, so that the length of the quote is `end - start`.

Of each article a limited share is quoted; its headline and its address are not counted. Where that share is used up,
or the publisher reserves the text, `quote` is empty and `start` and `end` still say where the words stand.

Rows of all tables but sources.csv have ids of their own. An id stays with its row while that stands for the same thing,
also when a value of it is corrected, and is never given twice. `row_id` of evidence says which row it proves."""


_CITED, _LICENSED, _DEPOSITED = "CITATION.cff", "LICENSE", ".zenodo.json"
_DOCUMENTS = {
    "CHANGES.md": "What changed against the release before, for people.",
    CHANGES.file: CHANGES.meaning,
    "delta.json": "The same field by field, for programs.",
    "statistics.json": "Rows of each table, which share of each column is filled, and how far two readers agree.",
    "codebook.md": "Every column and every value, in words.",
    "datapackage.json": "The same for programs: a Frictionless Data Package.",
    "metadata.jsonld": "The release for catalogues and search engines: schema.org and DCAT.",
    _CITED: "How to cite the release, for programs.",
    _DEPOSITED: "What Zenodo asks of a deposit.",
    _LICENSED: "The licence in short, and where its text stands.",
    "SHA256SUMS": "Checksums of all files.",
}
TITLE = "Projects of Chinese firms, lenders and public bodies abroad"


def datapackage(head: Head, files: Mapping[str, FileMark]) -> bytes:
    """The description of all tables and further formats: columns, types, allowed values, sizes and digests."""
    licences = [{"name": head.citation.licence}] if head.citation.licence else []
    authors = [{"title": name, "role": "author"} for name in head.citation.authors]
    others = list(_other_resources(files))
    described = {
        "profile": "data-package" if others else "tabular-data-package",
        "name": "offing",
        "title": TITLE,
        "version": head.version,
        **({"created": head.released} if head.released else {}),
        **({"licenses": licences} if licences else {}),
        **({"contributors": authors} if authors else {}),
        "resources": [*(_resource(table, files[table.file]) for table in ALL_TABLES), *others],
    }
    return (json.dumps(described, indent=2) + "\n").encode()


def head_of(
    version: str, citation: Citation, formats: Iterable[ReleaseFormat] = (), at: datetime | None = None
) -> Head:
    """What the formats of a new release know of it.

    Args:
        version: of the release.
        citation: how it is to be cited.
        formats: those in which it is written.
        at: when it is published, aware.
    """
    tables = tuple(map(TableText.of, DATA_TABLES))
    released = f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if at else ""
    return Head(version, TITLE, citation, tables, released=released, files=tuple(_files(tables, formats, citation)))


def head_from(package: bytes) -> Head:
    """The same of a release that was published, from its datapackage.json."""
    plain = json.loads(package)
    citation = Citation(
        plain.get("licenses", [{"name": ""}])[0]["name"], tuple(each["title"] for each in plain.get("contributors", ()))
    )
    tables = (_table_text(each) for each in plain["resources"] if each["profile"] == "tabular-data-resource")
    described = tuple(each for each in tables if each.name != "changes")
    formats = formats_of([each["path"] for each in plain["resources"]])
    files = tuple(_files(described, formats, citation))
    return Head(plain["version"], plain["title"], citation, described, released=plain.get("created", ""), files=files)


def _files(tables: Iterable[TableText], formats: Iterable[ReleaseFormat], citation: Citation) -> Iterator[FileText]:
    """The files of a release that people download: tables, formats but the site, documents."""
    own = tuple(tables)
    yield from (FileText(f"{each.name}.csv", each.meaning) for each in own)
    chosen = set(formats)
    for spec in (FORMATS[each] for each in FORMATS if each in chosen and each is not ReleaseFormat.SITE):
        if spec.file.name.endswith("/"):
            names = (f"{spec.file.name}{each.name}.{spec.file.kind}" for each in own)
            yield from (FileText(name, spec.file.meaning) for name in names)
        else:
            yield FileText(spec.file.name, spec.file.meaning)
    known = {_CITED: citation.authors, _LICENSED: citation.licence, _DEPOSITED: citation.authors and citation.licence}
    yield from (FileText(name, meaning) for name, meaning in _DOCUMENTS.items() if known.get(name, True))


def _table_text(resource: Mapping[str, Any]) -> TableText:
    fields = resource["schema"]["fields"]
    columns = (
        ColumnText(each["name"], each["type"], each["description"], tuple(each.get("constraints", {}).get("enum", ())))
        for each in fields
    )
    key = tuple(resource["schema"].get("primaryKey", ()))
    return TableText(resource["path"].removesuffix(".csv").lower(), resource["description"], tuple(columns), key)


def _other_resources(files: Mapping[str, FileMark]) -> Iterator[dict[str, Any]]:
    """The files of formats; of a folder each."""
    for spec in FORMATS.values():
        for name in sorted(filter(spec.file.has, files)):
            yield {
                "profile": "data-resource",
                **({} if spec.file.kind == "csv" else {"type": "file"}),  # frictionless would read it as a table
                "name": re.sub(r"[^a-z0-9]+", "-", name.lower()),
                "path": name,
                "description": spec.file.meaning,
                "format": spec.file.kind,
                "mediatype": spec.file.media_type,
                "bytes": files[name].size,
                "hash": f"sha256:{files[name].sha256}",
            }


def citation_file(version: str, citation: Citation) -> bytes:
    """How the release is to be cited, for programs; JSON strings are strings of YAML, too."""
    plain = {
        "cff-version": "1.2.0",
        "message": "If you use these data, please cite them as below.",
        "type": "dataset",
        "title": TITLE,
        "version": version,
        **({"license": citation.licence} if citation.licence else {}),
    }
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in plain.items()]
    names = [f"  - name: {json.dumps(name, ensure_ascii=False)}" for name in citation.authors]
    return ("\n".join((*lines, "authors:", *names)) + "\n").encode()


def codebook(version: str) -> bytes:
    """The meaning of every table, column and value, for people."""
    chapters = "\n\n".join(_chapter(table) for table in ALL_TABLES)
    return f"# Codebook of release {version}\n\n{_READING}\n\n{chapters}\n".encode()


def checksums(files: Mapping[str, FileMark]) -> bytes:
    """The SHA-256 of each file, in the format of `sha256sum --check`."""
    return "".join(f"{files[name].sha256}  {name}\n" for name in sorted(files)).encode()


def _resource(table: AnyTable, mark: FileMark) -> dict[str, Any]:
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
        "bytes": mark.size,
        "hash": f"sha256:{mark.sha256}",
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
