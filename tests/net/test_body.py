"""Bodies: unpacking with limits."""

from __future__ import annotations

import asyncio
import gzip
import random
import tracemalloc
import zlib
from contextlib import asynccontextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offing.model.sources.page import AnswerKind
from offing.net.body import LARGE, GzipBody, body_for, read_body
from offing.net.guard import RequestRefused

TEXT = b"<p>Huawei signs contract in Nairobi.</p>\n" * 300


async def _stream(data: bytes, size: int):
    for start in range(0, len(data), size):
        yield data[start : start + size]


async def _read(data: bytes, coding: str = "", limit: int = 10**6, *, cut: bool = False, size: int = 1000) -> bytes:
    return await read_body(_stream(data, size), body_for(coding, limit, cut=cut), asyncio.Semaphore(1))


@pytest.mark.parametrize("coding", ["gzip", "x-gzip", " GZIP "])
@pytest.mark.parametrize("size", [1, 7, 10**6])
async def test_gzip_is_unpacked(coding: str, size: int):
    """A gzip body is unpacked whatever the pieces in which it comes."""
    assert await _read(gzip.compress(TEXT, mtime=0), coding, size=size) == TEXT


@pytest.mark.parametrize("coding", ["", "identity"])
async def test_a_plain_body_is_left_alone(coding: str):
    """Without a coding the bytes are what they are, also when they happen to be gzip."""
    assert await _read(gzip.compress(TEXT, mtime=0), coding) == gzip.compress(TEXT, mtime=0)


@pytest.mark.parametrize("size", [1, 10**6])
async def test_members_in_a_row(size: int):
    """Several gzip members are one body (RFC 1952)."""
    both = gzip.compress(TEXT, mtime=0) + gzip.compress(b"end", mtime=0)
    assert await _read(both, "gzip", size=size) == TEXT + b"end"


@pytest.mark.parametrize("size", [1, 10**6])
async def test_padding_is_ignored(size: int):
    """What follows the last member and is none does not spoil it."""
    assert await _read(gzip.compress(TEXT, mtime=0) + b"\0\0\0 end", "gzip", size=size) == TEXT


async def test_an_empty_body_is_empty():
    """A body of no bytes is empty in every coding."""
    assert await _read(b"", "gzip") == await _read(b"") == b""


@pytest.mark.parametrize("coding", ["br", "zstd", "deflate", "gzip, gzip", "gzip,deflate", "banana", "x" * 10**5])
def test_other_codings_are_refused(coding: str):
    """Only gzip was asked for, and only once."""
    with pytest.raises(RequestRefused) as refusal:
        body_for(coding, 100)
    assert refusal.value.kind is AnswerKind.ENCODING
    assert len(refusal.value.detail) < 120


@pytest.mark.parametrize(
    "data",
    [
        TEXT,
        gzip.compress(TEXT, mtime=0)[:-1],
        gzip.compress(TEXT, mtime=0)[:20],
        gzip.compress(TEXT, mtime=0)[:-8] + b"12345678",
        b"\x1f",
        b"\x1f\x8b",
    ],
)
async def test_broken_gzip_is_refused(data: bytes):
    """A body that is no gzip, is cut, or fails its checksum never counts as whole."""
    with pytest.raises(RequestRefused) as refusal:
        await _read(data, "gzip")
    assert refusal.value.kind is AnswerKind.ENCODING


async def test_a_cut_second_member_is_refused():
    """A body whose second member is cut is no whole body."""
    with pytest.raises(RequestRefused):
        await _read(gzip.compress(TEXT, mtime=0) + gzip.compress(TEXT, mtime=0)[:30], "gzip")


@pytest.mark.parametrize("coding", ["", "gzip"])
async def test_too_long_is_refused(coding: str):
    """A body above its limit, packed or unpacked, is refused; one of exactly that length is not."""
    data = TEXT if not coding else gzip.compress(TEXT, mtime=0)
    assert await _read(data, coding, limit=len(TEXT)) == TEXT
    with pytest.raises(RequestRefused) as refusal:
        await _read(data, coding, limit=len(TEXT) - 1)
    assert refusal.value.kind is AnswerKind.TOO_LARGE


async def test_a_refusal_says_what_would_be_taken():
    """The limit is told in kilobytes."""
    with pytest.raises(RequestRefused, match="longer than 2,048 KB"):
        await _read(bytes(2**21 + 1), limit=2**21, size=2**16)


async def test_a_bomb_stops_at_the_limit():
    """A bomb of 200 MB is stopped within a little more memory than its limit."""
    bomb = gzip.compress(bytes(200 * 2**20))
    tracemalloc.start()
    try:
        with pytest.raises(RequestRefused):
            await _read(bomb, "gzip", limit=2**20, size=len(bomb))
        assert tracemalloc.get_traced_memory()[1] < 8 * 2**20
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("coding", ["", "gzip"])
async def test_cutting_takes_the_beginning(coding: str):
    """Where a cut is asked for, a longer body gives its first bytes."""
    data = TEXT if not coding else gzip.compress(TEXT, mtime=0)
    assert await _read(data, coding, limit=500, cut=True) == TEXT[:500]


@given(st.binary(max_size=3000), st.integers(1, 4000), st.integers(1, 50))
async def test_gzip_round_trip(data: bytes, limit: int, size: int):
    """Any content comes back whole or is refused for its length, never something else."""
    packed = gzip.compress(data, mtime=0)
    if len(data) <= limit and len(packed) <= limit:
        assert await _read(packed, "gzip", limit=limit, size=size) == data
    else:
        with pytest.raises(RequestRefused):
            await _read(packed, "gzip", limit=limit, size=size)
    assert await _read(packed, "gzip", limit=limit, cut=True, size=size) == data[:limit]


@given(st.binary(max_size=200), st.booleans())
async def test_garbage_is_refused_or_empty(data: bytes, gzip_like: bool):
    """No garbage makes unpacking raise anything but a refusal."""
    try:
        await _read(b"\x1f\x8b\x08" * gzip_like + data, "gzip", size=5)
    except RequestRefused as refusal:
        assert refusal.kind is AnswerKind.ENCODING  # noqa: PT017 -- passing is right, too


async def test_only_so_many_large_bodies_are_read_at_once():
    """A body over a megabyte waits until another is done; a small one does not wait."""
    large, gate, order = asyncio.Semaphore(1), asyncio.Event(), []

    async def slowly(name: str):
        yield b"x" * (LARGE + 1)
        order.append(name)
        await gate.wait()

    def read(stream):
        return asyncio.create_task(read_body(stream, body_for("", 10**7), large))

    first = read(slowly("first"))
    await asyncio.sleep(0.01)
    second, small = read(slowly("second")), read(_stream(TEXT, 100))
    assert await small == TEXT
    assert order == ["first"]
    gate.set()
    assert [len(await first), len(await second)] == [LARGE + 1, LARGE + 1]
    assert order == ["first", "second"]


async def test_a_gzip_body_has_the_largest_window_and_is_nothing_else():
    """What repeats itself after 20 KB is unpacked; zlib's own wrapping is no gzip."""
    block = random.Random(1).randbytes(20_000)
    assert await _read(gzip.compress(block * 2, mtime=0), "gzip", size=10**6) == block * 2
    with pytest.raises(RequestRefused, match="is declared as gzip but cannot be unpacked"):
        await _read(zlib.compress(TEXT), "gzip")


def test_it_is_unpacked_64_kb_at_a_time():
    """However much a chunk would give; a body is large above a megabyte."""
    assert len(GzipBody(10**7, cut=False)._decompressed(gzip.compress(bytes(10**6)))) == 64 * 1024
    assert LARGE == 1024 * 1024


@pytest.mark.parametrize("tail", [b"\0", b"\n\x1f", b"end\x1f", b"\x1e", b"\x20"])
@pytest.mark.parametrize("size", [1, 10**6])
async def test_no_other_byte_begins_a_member(tail: bytes, size: int):
    """Padding is told by its first byte, whatever its last one is."""
    assert await _read(gzip.compress(TEXT, mtime=0) + tail, "gzip", size=size) == TEXT


async def test_the_limit_holds_for_what_is_packed_too():
    """What is longer packed than unpacked counts as it came over the wire."""
    data = random.Random(2).randbytes(50)
    packed = gzip.compress(data, mtime=0)
    assert await _read(packed, "gzip", limit=len(packed)) == data
    with pytest.raises(RequestRefused, match="longer than 0 KB") as refusal:
        await _read(packed, "gzip", limit=len(packed) - 1)
    assert refusal.value.kind is AnswerKind.TOO_LARGE
    assert await _read(packed, "gzip", limit=len(packed) - 1, cut=True) == data
    with pytest.raises(RequestRefused, match="cut in half"):
        await _read(packed[:-1], "gzip", limit=len(packed))


def test_a_body_is_refused_unless_a_cut_is_asked_for():
    """By default; a strange coding is named with its first 40 letters."""
    with pytest.raises(RequestRefused):
        body_for("", 3).feed(b"1234")
    with pytest.raises(RequestRefused) as refusal:
        body_for("x" * 41, 3)
    assert refusal.value.detail == f"the body comes as {'x' * 40!r}, but only gzip was asked for"


async def test_nothing_is_read_behind_a_cut():
    """Once a body is full, its stream is left; one that is exactly as long as it may be is read to its end."""
    asked = []

    async def counted():
        for number in range(5):
            asked.append(number)
            yield b"12345"

    assert await read_body(counted(), body_for("", 10, cut=True), asyncio.Semaphore(1)) == b"1234512345"
    assert asked == [0, 1, 2]


@pytest.mark.parametrize(("sizes", "times"), [([LARGE], 0), ([LARGE, 1], 1), ([LARGE + 1, 1, 1, 1], 1)])
async def test_a_large_body_holds_its_place_once(sizes: list[int], times: int):
    """Above a megabyte, however many chunks follow."""
    entered = []

    @asynccontextmanager
    async def place():
        entered.append(1)
        yield

    async def chunks():
        for size in sizes:
            yield bytes(size)

    assert len(await read_body(chunks(), body_for("", 10**7), place())) == sum(sizes)
    assert len(entered) == times
