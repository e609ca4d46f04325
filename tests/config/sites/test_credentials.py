"""The loader of credentials.toml: its owner's alone, and nothing of its values in what is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from offing.config.files.layers import Layers
from offing.config.overlay import site_layers
from offing.config.sites.credentials import load_credentials
from offing.errors import ConfigError
from offing.model.sources.credentials import basic
from offing.redaction import redact

HEAD = '[[keep]]\nhost = "h.test"\n'


def put(site: Path, text: str, mode: int = 0o600) -> Layers:
    """A site with a file of credentials."""
    file = site / "credentials.toml"
    file.write_text(text, encoding="utf-8")
    file.chmod(mode)
    return Layers.of(site)


def test_what_is_kept_is_read_and_hidden(tmp_path: Path) -> None:
    """The most special path first; from then on the values are hidden wherever they turn up."""
    text = f'{HEAD}user = "ana"\npassword = "correct-horse"\n'
    text += f'{HEAD}path = "/a/"\nheader = "X-Key"\nvalue = "battery-staple"\n'
    first, second = load_credentials(put(tmp_path, text))
    assert (first.path, first.headers) == ("/a/", (("X-Key", "battery-staple"),))
    assert second.headers == (("Authorization", basic("ana", "correct-horse")),)
    told = redact(f"battery-staple {basic('ana', 'correct-horse')} correct-horse {first} {second}")
    assert "battery" not in told
    assert "horse" not in told
    assert basic("ana", "correct-horse").split()[1] not in told


def test_a_token_alone_is_a_login(tmp_path: Path) -> None:
    """Some sites want a token as the name and no password: it is kept, sent and hidden as one."""
    (kept,) = load_credentials(put(tmp_path, f'{HEAD}user = "token-4711-abcdef"\npassword = ""\n'))
    assert kept.headers == (("Authorization", basic("token-4711-abcdef", "")),)
    assert "4711" not in redact("told token-4711-abcdef")


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660])
def test_a_file_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    """With what to type, by every command."""
    put(tmp_path, f'{HEAD}user = "ana"\npassword = "x"\n', mode)
    with pytest.raises(ConfigError, match=rf"others can read it \(mode {mode:04o}\): chmod 600 "):
        site_layers(tmp_path)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (f'{HEAD}user = "ana"\n', 1, "needs both"),
        (f'{HEAD}value = "hidden"\n', 1, "needs both"),
        (HEAD, 1, "keeps nothing"),
        (f'{HEAD}user = "ana"\npasword = "hidden"\n', 4, "did you mean 'password'"),
        ('[[keep]]\nhost = "https://hidden@h.test"\n', 2, "pattern"),
        (f'{HEAD}header = "Host"\nvalue = "hidden"\n', 3, "of the exchange itself"),
        (f'{HEAD}header = "X"\nvalue = "hidden\\u0000"\n', 4, "pattern"),
        (f"{HEAD}query = {{ token = 3 }}\n", 3, "valid string"),
    ],
)
def test_a_slip_is_reported_without_the_value(tmp_path: Path, text: str, line: int, said: str) -> None:
    """File, line and key, and nothing that is to be kept."""
    with pytest.raises(ConfigError) as caught:
        load_credentials(put(tmp_path, text))
    assert f"credentials.toml:{line}:" in str(caught.value)
    assert said in str(caught.value)
    assert "hidden" not in f"{caught.value}{caught.value.__cause__}"
