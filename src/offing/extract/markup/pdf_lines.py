"""Reads the lines of a PDF document in page order, with PDFium: docs/decisions/0006.

PDFium is not thread-safe: only worker processes, which do one job at a time, may call this.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from importlib.util import find_spec
from typing import Any

from offing.errors import MissingExtra

LARGEST_DOCUMENT = 5 * 1024 * 1024
MOST_PAGES = 60
MOST_CHARACTERS = 250_000  # of the document; an article is cut below that
_HYPHENS = (0x02, 0xFFFE)  # PDFium's marks for a hyphen at the end of a line; it writes no line break after it
_BREAKS = (0x0D, 0x0A, *_HYPHENS)
_LARGEST_CODE = 0x10FFFF


@dataclass(frozen=True, slots=True)
class PdfLine:
    """One line: its text, the size of its first letter, and its position; `bottom` grows upwards."""

    text: str
    size: float
    left: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class PrintedPages:
    """The lines of each page read, the document's own metadata, and whether there is more of it."""

    pages: tuple[tuple[PdfLine, ...], ...]
    data: Mapping[str, str]
    cut: bool


def read_lines(body: bytes) -> PrintedPages | str:
    """The lines of a PDF document, or why it cannot be read.

    Raises:
        MissingExtra: PDFium is not installed; not the document's fault, so it can be read later.
    """
    if not pdf_is_read():
        raise MissingExtra("PDF documents are not read here", "pdf")
    import pypdfium2  # heavy import: only the worker that reads a PDF pays for it

    if len(body) > LARGEST_DOCUMENT:
        return f"the PDF document has {len(body):,} bytes; documents up to {LARGEST_DOCUMENT:,} are read"
    try:
        document = pypdfium2.PdfDocument(body)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        return "the PDF document is locked by a password" if locked else "the PDF document is damaged"
    try:
        pages, cut = _pages(document)
        return PrintedPages(pages, document.get_metadata_dict(skip_empty=True), cut)
    except pypdfium2.PdfiumError:
        return "the PDF document is damaged"
    finally:
        document.close()


def pdf_is_read() -> bool:
    """Whether PDFium, which the extra `pdf` installs, is available."""
    return find_spec("pypdfium2") is not None


def _pages(document: Any) -> tuple[tuple[tuple[PdfLine, ...], ...], bool]:
    left = MOST_CHARACTERS
    pages = []
    for number in range(min(len(document), MOST_PAGES)):
        page = document.get_page(number)
        text = page.get_textpage()
        count = text.count_chars()
        pages.append(tuple(_lines(text.raw, min(count, left))))
        left -= count
        text.close()
        page.close()
        if left <= 0:
            break
    return tuple(pages), left < 0 or len(document) > len(pages)


def _lines(text: Any, count: int) -> Iterator[PdfLine]:
    from pypdfium2 import raw

    start = 0
    codes = [raw.FPDFText_GetUnicode(text, place) for place in range(count)]
    for place, code in enumerate([*codes, _BREAKS[0]]):
        if code in _BREAKS:
            if line := _line(text, codes[start:place], start):
                yield replace(line, text=f"{line.text}-") if code in _HYPHENS else line
            start = place + 1


def _line(text: Any, codes: list[int], start: int) -> PdfLine | None:
    from pypdfium2 import raw

    visible = [place for place, code in enumerate(codes) if chr(min(code, _LARGEST_CODE)).strip("\x00 \t\u00a0")]
    if not visible:
        return None
    first, last = start + visible[0], start + visible[-1]
    left, bottom, _ = _box(text, first)
    _, _, right = _box(text, last)
    characters = "".join(chr(min(code, _LARGEST_CODE)) for code in codes)
    decoded = characters.encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # joins surrogate pairs
    return PdfLine(decoded, raw.FPDFText_GetFontSize(text, first), left, right, bottom)


def _box(text: Any, place: int) -> tuple[float, float, float]:
    """Left, bottom and right of a character."""
    from pypdfium2 import raw

    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    raw.FPDFText_GetCharBox(text, place, left, right, bottom, top)
    return left.value, bottom.value, right.value
