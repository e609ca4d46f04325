"""Collecting later: put off within, and as it was before afterwards."""

from __future__ import annotations

import gc
from contextlib import suppress

from offing.model.values.collecting import collecting_later


def test_collecting_is_put_off_and_taken_up_again() -> None:
    """Also within itself, and where what is done within fails."""
    with suppress(LookupError), collecting_later():
        with collecting_later():
            assert not gc.isenabled()
        assert not gc.isenabled()
        raise LookupError
    assert gc.isenabled()


def test_who_collects_nothing_goes_on_so() -> None:
    """A program that has put collecting off itself finds it put off."""
    gc.disable()
    try:
        with collecting_later():
            assert not gc.isenabled()
        assert not gc.isenabled()
    finally:
        gc.enable()
