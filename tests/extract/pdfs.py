"""PDF documents for tests: a small writer of pages of positioned lines, so that nothing printed need be copied."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

_ORDERING = "<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"


@dataclass(frozen=True, slots=True)
class Set:
    """One line as it is set: text, size in points, distance from the left and from the bottom of the page."""

    text: str
    size: float = 11
    left: float = 72
    bottom: float = 700


def column(*texts: str, top: float = 700, size: float = 11, left: float = 72, leading: float = 14) -> list[Set]:
    """Lines one below the other; an empty one leaves a gap."""
    return [Set(text, size, left, top - place * leading) for place, text in enumerate(texts) if text]


def pdf(*pages: list[Set], pack: bool = True, encrypt: bool = False, **data: str) -> bytes:
    """A document of pages. Any script can be set: glyphs are numbers, and a map says which characters they are."""
    letters = sorted({char for page in pages for line in page for char in line.text})
    glyphs = {char: place for place, char in enumerate(letters, 1)}
    kids = " ".join(f"{7 + 2 * number} 0 R" for number in range(len(pages)))
    known = " ".join(f"/{name} <feff{value.encode('utf-16-be').hex()}>" for name, value in data.items())
    font = "/Type /Font /BaseFont /Test"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>".encode(),
        f"<< {font} /Subtype /Type0 /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>".encode(),
        f"<< {font} /Subtype /CIDFontType2 /CIDSystemInfo {_ORDERING} /DW 500 >>".encode(),
        _stream(_character_map(glyphs), pack),
        f"<< {known} >>".encode(),
    ]
    for number, page in enumerate(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {8 + 2 * number} 0 R"
            " /Resources << /Font << /F 3 0 R >> >> >>".encode()
        )
        objects.append(_stream("".join(_shown(line, glyphs) for line in page).encode(), pack))
    return _document(objects, encrypt)


def _shown(line: Set, glyphs: dict[str, int]) -> str:
    code = "".join(f"{glyphs[char]:04x}" for char in line.text)
    return f"BT /F {line.size} Tf 1 0 0 1 {line.left} {line.bottom} Tm <{code}> Tj ET\n"


def _character_map(glyphs: dict[str, int]) -> bytes:
    pairs = [f"<{glyph:04x}> <{char.encode('utf-16-be').hex()}>" for char, glyph in glyphs.items()]
    parts = [pairs[at : at + 100] for at in range(0, len(pairs), 100)]
    body = "\n".join(f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar" for part in parts)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /T def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <ffff> endcodespacerange\n{body}\nendcmap end end"
    ).encode()


def _stream(content: bytes, pack: bool) -> bytes:
    packed = zlib.compress(content) if pack else content
    kind = " /Filter /FlateDecode" if pack else ""
    return f"<< /Length {len(packed)}{kind} >>\nstream\n".encode() + packed + b"\nendstream"


def _document(objects: list[bytes], encrypt: bool) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    lock = " /Encrypt << /Filter /Standard /V 1 /R 2 /O <{0}> /U <{0}> /P -4 >> /ID [<00> <00>]".format("00" * 32)
    trailer = f"<< /Size {len(objects) + 1} /Root 1 0 R /Info 6 0 R{lock if encrypt else ''} >>"
    return bytes(out) + f"trailer\n{trailer}\nstartxref\n{start}\n%%EOF\n".encode()
