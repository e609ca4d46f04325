"""No regular expression that meets foreign text is slow on any text."""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator

import pytest

import offing.extract
import offing.poll

SIZE = 100_000
MARKS = [
    *("a", " ", "<", "<a ", "ab ", "1", "1/", "By ", "follow ", "get the ", "|", " | ", "&#", "\u0301", '<x a="', '" '),
    *(
        "data:",
        "<!ENTITY a ",
        "- ",
        "©",
        'xmlUrl="',
        ' a="',
        "read more ",
        "中",
        "\u200d",
        "Published ",
        "/2024",
        "12:",
    ),
    *(
        "cookie",
        "2024-",
        "\n",
        "Mon, ",
        "(",
        ")",
        "&a;",
        "]]>",
        "<!--",
        "CDATA[",
        "月",
        "年1月",
        "@",
        ".",
        ": ",
        "_",
        "\\",
        "%",
    ),
]
MODULES = [
    *("offing.model.text.text", "offing.model.text.charset", "offing.model.text.dates"),
    *(module.name for package in (offing.poll, offing.extract)
      for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.") if not module.ispkg),
]  # fmt: skip


def patterns(value: object) -> Iterator[re.Pattern]:
    """All compiled patterns in a value of a module."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        yield from (found for inner in value.values() for found in patterns(inner))
    elif isinstance(value, list | tuple):
        yield from (found for inner in value for found in patterns(inner))


@pytest.mark.slow
@pytest.mark.parametrize("module", MODULES)
def test_no_pattern_is_slow(module: str) -> None:
    """A search through 100 KB of one repeated mark takes a fraction of a second, or grows as the text does."""
    slow = []
    for name, value in vars(importlib.import_module(module)).items():
        for pattern in patterns(value):
            for mark in MARKS:
                took = seconds(pattern, mark, SIZE)
                if took > 0.5 and took > 3 * seconds(pattern, mark, SIZE // 2):  # as the square: four times
                    slow.append((name, mark, took))
    assert slow == []


def seconds(pattern: re.Pattern, mark: str, size: int) -> float:
    """The processor time of one search through so many characters, the better of two."""
    text = mark * (size // len(mark))
    found = []
    for _ in range(2):
        start = time.process_time()
        pattern.search(text.encode() if isinstance(pattern.pattern, bytes) else text)
        found.append(time.process_time() - start)
        if found[0] < 0.5:
            break
    return min(found)
