"""Spreadsheet files: rows written to and read from .xlsx and .csv. No cell can become a formula."""

from __future__ import annotations

import csv
import io
import re
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from offing.errors import MissingExtra, UsageError
from offing.publish.cells import clean, csv_bytes, csv_rows, guarded, unguarded

LONGEST_CELL = 32_000  # characters; Excel allows 32,767 and rejects a file with more
LARGEST = 50 * 1024**2  # bytes of a file that is read
LARGEST_UNPACKED = 400 * 1024**2
MOST_ROWS = 200_000
PAGE = "queue"
_BOM = b"\xef\xbb\xbf"  # marks a CSV as UTF-8 for Excel
_QUOTED = re.compile(r'"[^"]*"')
_WIDE, _NARROW = 42, 14
_CHUNK, _IN_MEMORY = 64 * 1024, 8 * 1024**2  # bytes


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """How a sheet looks in a spreadsheet program.

    Args:
        choices: the values offered in a column; other values may be typed if the column is in `free`.
        free: columns whose offered values are only suggestions.
        wide: columns of long texts.
        links: columns of addresses.
        hidden: columns that are for the machine alone.
        help: lines of a second page that explain how to fill it in.
        page: the name of the page of rows.
    """

    choices: Mapping[str, Sequence[str]]
    free: frozenset[str]
    wide: frozenset[str]
    links: frozenset[str]
    hidden: frozenset[str]
    help: Sequence[str]
    page: str = PAGE


def write_sheet(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, str]], look: SheetLayout) -> None:
    """Write rows to a file in the format of its suffix.

    Raises:
        UsageError: the suffix is neither .xlsx nor .csv, or the file cannot be written.
        MissingExtra: it is .xlsx, and the library for that is not installed.
    """
    kind = _kind(path)
    try:
        path.write_bytes(_csv(columns, rows) if kind == ".csv" else _xlsx(columns, rows, look))
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from error


def read_sheet(path: Path) -> list[tuple[int, dict[str, str]]]:
    """Return the rows of a file, each with its line number as a spreadsheet shows it; empty rows are left out.

    Raises:
        UsageError: the suffix is neither .xlsx nor .csv, or the file cannot be read or is far too large for a queue.
        MissingExtra: it is .xlsx, and the library for that is not installed.
    """
    kind = _kind(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from error
    if len(data) > LARGEST:
        raise UsageError(f"{path}: is larger than {LARGEST // 1024**2} MB, so no sheet of a queue")
    lines = _csv_lines(data, path) if kind == ".csv" else _xlsx_lines(data, path)
    header = [name.strip() for name in next(lines, [])]
    return [
        (number, dict(zip(header, map(unguarded, cells), strict=False)))
        for number, cells in enumerate(lines, 2)
        if any(cell.strip() for cell in cells)
    ]


def _kind(path: Path) -> str:
    kind = path.suffix.casefold()
    if kind not in (".xlsx", ".csv"):
        raise UsageError(f"{path}: a sheet is a .xlsx or a .csv file")
    if kind == ".xlsx" and not xlsx_is_written():
        raise MissingExtra(f"{path}: only .csv sheets are written and read here", "xlsx")
    return kind


def xlsx_is_written() -> bool:
    """Return whether the library for .xlsx files is installed."""
    return find_spec("openpyxl") is not None


def _csv(columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> bytes:
    return _BOM + csv_bytes(columns, ([row.get(name, "") for name in columns] for row in rows))


def csv_chunks(columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> Iterator[bytes]:
    """Yield a CSV file for Excel row by row."""
    yield _csv(columns, ())
    for row in rows:
        yield csv_rows([[row[name] for name in columns]])


def xlsx_chunks(columns: Sequence[str], rows: Iterable[Mapping[str, str]], title: str = PAGE) -> Iterator[bytes]:
    """Yield an XLSX file of one page. Its rows go to disk as they come: the format ends with a table of its parts."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    page = book.create_sheet(title)
    page.freeze_panes = "B2"
    page.append([_text_cell(page, name) for name in columns])
    for row in rows:
        page.append([_text_cell(page, row[name]) for name in columns])
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as file:
        book.save(file)
        file.seek(0)
        while chunk := file.read(_CHUNK):
            yield chunk


def _csv_lines(data: bytes, path: Path) -> Iterator[list[str]]:
    try:
        text = data.decode("utf-8-sig")
        yield from csv.reader(io.StringIO(text, newline=""), dialect(text))
    except (UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"{path}: is not CSV in UTF-8: {error}") from error


def dialect(text: str) -> type[csv.Dialect]:
    """Return the CSV dialect of a text: commas, or the delimiter of another locale; quoted text does not count."""
    header = _QUOTED.sub("", text.partition("\n")[0])

    class _Found(csv.excel):
        delimiter = max(",;\t", key=header.count)

    return _Found


def _xlsx(columns: Sequence[str], rows: Iterable[Mapping[str, str]], look: SheetLayout) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    page = book.active
    page.title = look.page
    last = 1
    _put(page, 1, columns)
    for last, row in enumerate(rows, 2):
        _put(page, last, [row.get(name, "") for name in columns])
    _dress(page, columns, last, look)
    words = book.create_sheet("how to")
    words.column_dimensions["A"].width = 110
    for number, line in enumerate(look.help, 1):
        _put(words, number, [line])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _put(page: Any, number: int, values: Sequence[str]) -> None:
    """Write the cells of a row as text, whatever they begin with."""
    for place, value in enumerate(values, 1):
        cell = page.cell(number, place)
        cell.value = clean(value)[:LONGEST_CELL]
        cell.data_type = "s"
        if guarded(value) != value:
            cell.quotePrefix = True  # stays text when a person edits the cell


def _text_cell(page: Any, value: str) -> Any:
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(page, clean(value)[:LONGEST_CELL])
    cell.data_type = "s"
    if guarded(value) != value:
        cell.quotePrefix = True  # stays text when a person edits the cell
    return cell


def _dress(page: Any, columns: Sequence[str], last: int, look: SheetLayout) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    page.freeze_panes = "B2"
    for place, name in enumerate(columns, 1):
        letter = get_column_letter(place)
        page.cell(1, place).font = Font(bold=True)
        page.column_dimensions[letter].width = _WIDE if name in look.wide else _NARROW
        page.column_dimensions[letter].hidden = name in look.hidden
        for number in range(2, last + 1):
            cell = page.cell(number, place)
            cell.alignment = Alignment(wrap_text=name in look.wide, vertical="top")
            if name in look.links and str(cell.value or "").startswith(("http://", "https://")):
                cell.hyperlink = cell.value
        if name in look.choices:
            listed = DataValidation("list", formula1=f'"{",".join(look.choices[name])}"', allow_blank=True)
            listed.showErrorMessage = name not in look.free
            listed.add(f"{letter}2:{letter}{max(last, 2)}")
            page.add_data_validation(listed)


def _xlsx_lines(data: bytes, path: Path) -> Iterator[list[str]]:
    try:
        size = _unpacked(data)
        lines = _unpack(data) if size <= LARGEST_UNPACKED else []
    except Exception as error:  # the library raises whatever its parsers do
        raise UsageError(f"{path}: is no .xlsx file that can be read: {type(error).__name__}: {error}") from error
    if size > LARGEST_UNPACKED:
        raise UsageError(f"{path}: unpacks to more than {LARGEST_UNPACKED // 1024**2} MB, so no sheet of a queue")
    yield from lines


def _unpacked(data: bytes) -> int:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return sum(part.file_size for part in packed.infolist())


def _unpack(data: bytes) -> list[list[str]]:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data), read_only=True)
    page = book[PAGE] if PAGE in book.sheetnames else book[book.sheetnames[0]]
    return [[_text(value) for value in row] for row in page.iter_rows(values_only=True, max_row=MOST_ROWS)]


def _text(value: object) -> str:
    """Return a cell as text; a date or number that a spreadsheet made of it is turned back."""
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
