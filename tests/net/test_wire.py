"""The wire: what a connection is before anything is sent over it."""

from __future__ import annotations

from typing import Any

import httpcore2
import pytest

from offing.net.wire import _verified


class Reset(httpcore2.AsyncNetworkStream):
    """A connection whose other end was gone as soon as it was made."""

    closed = False

    def get_extra_info(self, info: str) -> Any:
        """The socket knows no peer any more."""
        return None

    async def aclose(self) -> None:
        """Note that it was closed."""
        self.closed = True


async def test_a_connection_reset_at_once_is_a_broken_connection() -> None:
    """It is told as such and closed, not taken for a fault of ours."""
    stream = Reset()
    with pytest.raises(httpcore2.ConnectError, match="reset"):
        await _verified(stream, "127.0.0.1")
    assert stream.closed
