"""The second reader is off as it ships; what a site says of it is held to sense, with file and line."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from offing.config.files.layers import Layers
from offing.config.sites.second_reader import load_reader
from offing.errors import ConfigError
from offing.model.review.second_reader import Budget, KeySource, ReaderRules

ON = '[reader]\non = true\nendpoint = "https://llm.example/v1/"\nmodel = "tiny"\n'


def load(folder: Path, text: str) -> ReaderRules | None:
    """What a site's own file comes to."""
    (folder / "reader.toml").write_text(text)
    return load_reader(Layers.of(folder))


def test_it_is_off_as_it_ships(tmp_path: Path) -> None:
    """Nobody is asked unless a site says so."""
    assert load_reader(Layers.of(None)) is None
    assert load(tmp_path, ON.replace("true", "false")) is None


def test_what_a_site_says_lies_over_what_ships(tmp_path: Path) -> None:
    """Key by key, the tables inside too."""
    own = ON + 'key = "environment"\nlimit_seconds = 30\n[reader.budget]\nmoney = 2.5\n[reader.prices]\nprompt = 0.15\n'
    found = load(tmp_path, own)
    assert found is not None
    assert (found.endpoint, found.key, found.limit) == (
        "https://llm.example/v1",
        KeySource.ENVIRONMENT,
        timedelta(seconds=30),
    )
    assert found.budget == Budget(500_000, Decimal("2.5"))
    assert (found.prices.prompt, found.prices.answer, found.tries) == (Decimal("0.15"), 0, 3)


@pytest.mark.parametrize(
    "endpoint", ["http://127.0.0.1:8080/v1", "http://[::1]:1", "http://10.0.0.7", "http://llm.lan"]
)
def test_plain_http_is_for_own_networks_that_are_named_as_such(tmp_path: Path, endpoint: str) -> None:
    """A local server is fine once the site says that it is one."""
    text = ON.replace("https://llm.example/v1/", endpoint)
    found = load(tmp_path, text + "private = true\n")
    assert found is not None
    assert found.private
    with pytest.raises(ConfigError, match=r"private = true"):
        load(tmp_path, text)


WRONG = [
    (ON + "endpiont = 1\n", "5", r"did you mean 'endpoint'"),
    (ON.replace('model = "tiny"\n', ""), "2", "needs `model`"),
    (ON.replace("https://llm.example/v1/", "http://8.8.8.8/v1") + "private = true\n", "3", "public address"),
    (ON.replace("https://", "https://me:secretword@"), "3", "without a login"),
    (ON.replace("https://", "ftp://"), "3", "not an address of http"),
    (ON.replace("/v1/", "/v1?key=1"), "3", "has parameters"),
    (ON.replace("https://llm.example/v1/", "http://[::1"), "3", "not an address"),
    (ON + "tries = 0\n", "5", "greater than or equal to 1"),
    (ON + 'key = "sk-12345"\n', "5", "'none', 'environment' or 'credentials'"),
    (ON + "[reader.budget]\nmoney = 1.0\n", "5", r"prices.*prompt and answer"),
    (ON + "[reader.budget]\ntokens = 0\n", "6", "greater than or equal to 1"),
]


@pytest.mark.parametrize(("text", "line", "said"), WRONG)
def test_what_cannot_be_is_reported_with_its_line(tmp_path: Path, text: str, line: str, said: str) -> None:
    """The file, the line where it stands, the key, and what to do; never a secret of it."""
    with pytest.raises(ConfigError, match=said) as error:
        load(tmp_path, text)
    shown = str(error.value)
    assert f"reader.toml:{line}" in shown
    assert "secretword" not in shown
