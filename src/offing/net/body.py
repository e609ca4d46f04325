"""Response bodies, read and decompressed here in steps, limited both packed and unpacked.

Clients that decompress on their own turn 809 bytes into a gigabyte before anyone can stop them (finding L1);
so only gzip is requested, and it is decompressed here, at most 64 KiB at a time.
"""

from __future__ import annotations

import zlib
from collections.abc import AsyncIterable
from contextlib import AbstractAsyncContextManager, AsyncExitStack

from offing.model.sources.page import AnswerKind
from offing.net.guard import RequestRefused

STEP = 64 * 1024
LARGE = 1024 * 1024  # most feeds and pages are far smaller
_GZIP = ("gzip", "x-gzip")
_GZIP_WRAPPER = 31  # zlib: a gzip header, the largest window
_GZIP_MAGIC = 0x1F


class Body:
    """Collects a body up to a limit; a longer one is truncated with `cut`, otherwise refused."""

    def __init__(self, limit: int, *, cut: bool) -> None:
        self.limit, self.cut, self.full = limit, cut, False
        self._data = bytearray()
        self._raw = 0

    @property
    def size(self) -> int:
        """The number of bytes collected."""
        return len(self._data)

    def feed(self, chunk: bytes) -> None:
        """Add the next bytes as received.

        Raises:
            Refused: the body is too large, or its compression is broken.
        """
        self._raw += len(chunk)
        if self._raw > self.limit and not self.cut:
            raise self._too_large()
        self._unpack(chunk)

    def finish(self) -> bytes:
        """Return the whole body, after its last bytes.

        Raises:
            Refused: its compressed data ends too early.
        """
        return bytes(self._data)

    def _unpack(self, chunk: bytes) -> None:
        self._add(chunk)

    def _add(self, data: bytes) -> None:
        room = self.limit - len(self._data)
        self._data += data[:room]
        if len(data) > room:
            self.full = True
            if not self.cut:
                raise self._too_large()

    def _too_large(self) -> RequestRefused:
        return RequestRefused(AnswerKind.TOO_LARGE, f"the body is longer than {self.limit // 1024:,} KB")


class GzipBody(Body):
    """A compressed body, in one gzip member or several."""

    def __init__(self, limit: int, *, cut: bool) -> None:
        super().__init__(limit, cut=cut)
        self._member = zlib.decompressobj(_GZIP_WRAPPER)
        self._padding = False

    def finish(self) -> bytes:
        """Return the whole body. See `Body`."""
        if self._raw and not self.full:
            self._add(self._decompressed(b""))
            if not self._member.eof:
                raise RequestRefused(AnswerKind.ENCODING, "the gzip body is cut in half")
        return super().finish()

    def _unpack(self, chunk: bytes) -> None:
        while chunk and not self._padding and not self.full:
            if self._member.eof:
                self._padding = chunk[0] != _GZIP_MAGIC  # gunzip, too, ignores trailing data that is not a member
                self._member = self._member if self._padding else zlib.decompressobj(_GZIP_WRAPPER)
                continue
            self._add(self._decompressed(chunk))
            chunk = self._member.unconsumed_tail or self._member.unused_data

    def _decompressed(self, chunk: bytes) -> bytes:
        try:
            return self._member.decompress(chunk, STEP)
        except zlib.error as error:
            raise RequestRefused(AnswerKind.ENCODING, "the body is declared as gzip but cannot be unpacked") from error


def body_for(coding: str, limit: int, *, cut: bool = False) -> Body:
    """Return the collector for a body of this content coding.

    Args:
        coding: the `Content-Encoding` header, "" if absent.
        limit: the longest body in bytes, packed and unpacked.
        cut: whether a longer one is truncated instead of refused.

    Raises:
        Refused: the coding is one that was not requested.
    """
    name = coding.strip().lower()
    if name in _GZIP:
        return GzipBody(limit, cut=cut)
    if name in ("", "identity"):
        return Body(limit, cut=cut)
    raise RequestRefused(AnswerKind.ENCODING, f"the body comes as {name[:40]!r}, but only gzip was asked for")


async def read_body(chunks: AsyncIterable[bytes], body: Body, large: AbstractAsyncContextManager[object]) -> bytes:
    """Read a whole stream into a body.

    Args:
        chunks: the stream.
        body: the collector.
        large: held while a body longer than `LARGE` is read, so that only a few of these are in memory at once.

    Raises:
        Refused: the body is too large, or its compression is broken.
    """
    async with AsyncExitStack() as held:
        is_held = False
        async for chunk in chunks:
            body.feed(chunk)
            if body.full:
                break
            if body.size > LARGE and not is_held:
                await held.enter_async_context(large)
                is_held = True
        return body.finish()
