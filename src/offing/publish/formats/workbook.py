"""offing.xlsx: one workbook with a sheet for each table and the codebook. Pure but for its own temporary files.

Office Open XML (ECMA-376): a ZIP of XML files. Rows come project by project and a sheet is one file of the ZIP, so each
sheet waits in a temporary file; nothing is held. Written by hand since openpyxl notes the time in every workbook.
"""

from __future__ import annotations

import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from typing import BinaryIO
from xml.sax.saxutils import escape

from offing.publish.body import Cells, ProjectBody
from offing.publish.cells import clean
from offing.publish.formats.format import Head, TableText
from offing.publish.marked import OpenFile

FILE = "offing.xlsx"
MOST_ROWS = 1_048_576  # of a sheet, its head included; what is more goes on in another
LONGEST_CELL = 32_767  # characters
EXACT = 15  # digits that Excel keeps of a number; one with more stays a text
_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest that a ZIP can say; the same for the same data
_NUMBER = re.compile(r"-?\d{1,15}(\.\d+)?")
_WIDE = 60
_WIDTHS = {"integer": 10, "number": 16, "boolean": 10, "date": 12, "datetime": 21}
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_STYLES = (
    f'{_XML}<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/>'
    '<sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs '
    'count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/><xf fontId="1" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


class _Sheet:
    """The rows of a sheet in a temporary file, and of further ones once it is full."""

    def __init__(self, name: str, columns: Iterable[tuple[str, str]]) -> None:
        self.name, self.columns = name, tuple(columns)
        self.parts: list[BinaryIO] = []
        self.rows = 0

    def add(self, texts: Iterable[str]) -> None:
        """Append a row."""
        if not self.parts or self.rows == MOST_ROWS:
            self._begin()
        cells = "".join(_cell(text, form) for text, (_, form) in zip(texts, self.columns, strict=True))
        self._write(cells)

    def names(self) -> list[str]:
        """The names of its sheets; one at least."""
        if not self.parts:
            self._begin()
        return [self.name, *(f"{self.name} {number}" for number in range(2, len(self.parts) + 1))]

    def _begin(self) -> None:
        self.parts.append(tempfile.TemporaryFile())  # noqa: SIM115 -- closed once it is in the workbook
        self.rows = 0
        widths = "".join(
            f'<col min="{place}" max="{place}" width="{_width(name, form)}" customWidth="1"/>'
            for place, (name, form) in enumerate(self.columns, 1)
        )
        head = (
            f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" '
            f'topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>{widths}</cols>'
            "<sheetData>"
        )
        self.parts[-1].write(head.encode())
        self._write("".join(f'<c t="inlineStr" s="1"><is><t>{name}</t></is></c>' for name, _ in self.columns))

    def _write(self, cells: str) -> None:
        self.rows += 1
        self.parts[-1].write(f"<row>{cells}</row>".encode())


class _Onwards:
    """A file that only grows: a ZIP has other bytes where sizes can be filled in later."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def write(self, content: bytes, /) -> int:
        return self._file.write(content)

    def flush(self) -> None:
        """Leave it to the system."""

    def close(self) -> None:
        self._file.close()


class Workbook:
    """Writes offing.xlsx."""

    def __init__(self, open_file: OpenFile, head: Head) -> None:
        self._file = open_file(FILE)
        self._sheets = {each.name: _Sheet(each.name, _columns(each)) for each in head.tables}
        self._codebook = _codebook(head)

    def add(self, body: ProjectBody) -> None:
        """Append the rows of a project to the sheets of their tables."""
        for table, rows in body.rows.items():
            if sheet := self._sheets.get(table):
                for row in rows:
                    sheet.add(_texts(row, sheet.columns))

    def finish(self) -> None:
        """Put the sheets together."""
        sheets = [*self._sheets.values(), self._codebook]
        names = [name for sheet in sheets for name in sheet.names()]
        with zipfile.ZipFile(_Onwards(self._file), "w", zipfile.ZIP_DEFLATED) as packed:
            for path, text in _package(names):
                packed.writestr(_entry(path), text)
            for number, part in enumerate((part for sheet in sheets for part in sheet.parts), 1):
                part.write(b"</sheetData></worksheet>")
                part.seek(0)
                with part, packed.open(_entry(f"xl/worksheets/sheet{number}.xml"), "w", force_zip64=True) as file:
                    shutil.copyfileobj(part, file)
        self._file.close()


def _columns(table: TableText) -> Iterator[tuple[str, str]]:
    return ((each.name, each.form) for each in table.columns)


def _texts(row: Cells, columns: Iterable[tuple[str, str]]) -> Iterator[str]:
    return (row.get(name, "") for name, _ in columns)


def _codebook(head: Head) -> _Sheet:
    sheet = _Sheet("codebook", ((name, "string") for name in ("table", "column", "type", "meaning", "allowed")))
    for name, said in (("version", head.version), ("licence", head.citation.licence)):
        sheet.add(("", name, "", said, ""))
    for table in head.tables:
        sheet.add((table.name, "", "", table.meaning, ""))
        for each in table.columns:
            sheet.add((table.name, each.name, each.form, each.meaning, "; ".join(each.words)))
    return sheet


def _width(name: str, form: str) -> int:
    return _WIDTHS.get(form, _WIDE if name in {"quote", "title", "meaning", "url"} else 24)


def _cell(text: str, form: str) -> str:
    """A text is never a formula here: only an element of its own would be one."""
    if not text:
        return "<c/>"
    if form in {"integer", "number"} and _NUMBER.fullmatch(text) and len(text.strip("-0.").replace(".", "")) <= EXACT:
        return f"<c><v>{text}</v></c>"
    if form == "boolean":
        return f'<c t="b"><v>{int(text == "true")}</v></c>'
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(clean(text)[:LONGEST_CELL])}</t></is></c>'


def _entry(path: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(path, _DAY)
    entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 3
    return entry


def _package(names: list[str]) -> Iterator[tuple[str, str]]:
    """Everything but the sheets themselves."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = [("/xl/workbook.xml", "sheet.main"), ("/xl/styles.xml", "styles")]
    parts += [(f"/xl/worksheets/sheet{number}.xml", "worksheet") for number in range(1, len(names) + 1)]
    overrides = "".join(f'<Override PartName="{path}" ContentType="{kind}.{each}+xml"/>' for path, each in parts)
    types = (
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        f'ContentType="application/xml"/>{overrides}</Types>'
    )
    yield "[Content_Types].xml", types
    yield "_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")])
    sheets = [("worksheet", f"worksheets/sheet{number}.xml") for number in range(1, len(names) + 1)]
    yield "xl/_rels/workbook.xml.rels", _relations([*sheets, ("styles", "styles.xml")])
    listed = "".join(
        f'<sheet name="{name}" sheetId="{place}" r:id="rId{place}"/>' for place, name in enumerate(names, 1)
    )
    book = f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets></workbook>'
    yield "xl/workbook.xml", book
    yield "xl/styles.xml", _STYLES


def _relations(targets: list[tuple[str, str]]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{place}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for place, (kind, target) in enumerate(targets, 1)
    )
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'
