"""Translation is off as it ships; what a site says of it is held to sense, with file and line."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from offing.config.files.layers import Layers
from offing.config.sites.translation import load_translation
from offing.doctor import check_translation
from offing.errors import ConfigError, UsageError
from offing.model.review.translation import TranslationBackend, TranslationRules
from offing.services.translation import translator
from offing.settings import read_settings

ON = '[translation]\non = true\nendpoint = "https://translate.example/"\n'


def load(folder: Path, text: str) -> TranslationRules | None:
    """What a site's own file comes to."""
    (folder / "translation.toml").write_text(text)
    return load_translation(Layers.of(folder))


def test_it_is_off_as_it_ships(tmp_path: Path) -> None:
    """No text is sent anywhere unless a site says so."""
    assert load_translation(Layers.of(None)) is None
    assert translator(Layers.of(None)) is None
    assert load(tmp_path, ON.replace("true", "false")) is None
    assert check_translation(Layers.of(tmp_path), "").found == "off"


def test_what_a_site_says_lies_over_what_ships(tmp_path: Path) -> None:
    """Key by key; the offline backend needs no address."""
    found = load(tmp_path, ON + "limit_seconds = 5\n")
    assert found is not None
    assert (found.endpoint, found.limit, found.budget) == ("https://translate.example", timedelta(seconds=5), 200_000)
    offline = load(tmp_path, '[translation]\non = true\nbackend = "argos"\n')
    assert offline is not None
    assert (offline.backend, offline.endpoint) == (TranslationBackend.ARGOS, "")
    assert "install argostranslate" in check_translation(Layers.of(tmp_path), "").advice


WRONG = [
    (ON.replace('endpoint = "https://translate.example/"\n', ""), "2", "needs `endpoint`"),
    (ON.replace("https://", "http://"), "3", "private = true"),
    (ON.replace("https://", "https://me:secretword@"), "3", "without a login"),
    (ON + 'backend = "google"\n', "4", "'libretranslate' or 'argos'"),
    (ON + 'target = "English"\n', "4", "match pattern"),
    (ON + "budget = 0\n", "4", "greater than or equal to 1"),
    (ON + 'key = "sk-12345"\n', "4", "'none' or 'environment'"),
]


@pytest.mark.parametrize(("text", "line", "said"), WRONG)
def test_what_cannot_be_is_reported_with_its_line(tmp_path: Path, text: str, line: str, said: str) -> None:
    """The file, the line where it stands, the key; never a secret of it."""
    with pytest.raises(ConfigError, match=said) as error:
        load(tmp_path, text)
    assert f"translation.toml:{line}" in str(error.value)
    assert "secretword" not in str(error.value)


def test_the_key_comes_from_the_environment_and_shows_nowhere(tmp_path: Path) -> None:
    """Without it nothing is asked; the settings do not show it."""
    load(tmp_path, ON + 'key = "environment"\n')
    layers = Layers.of(tmp_path)
    with pytest.raises(UsageError, match="OFFING_TRANSLATION_KEY"):
        translator(layers)
    assert "no key" in check_translation(layers, "").advice
    settings = read_settings({"OFFING_TRANSLATION_KEY": "s3cret-of-ours"})
    found = translator(layers, settings.translation_key)
    assert found is not None
    assert found.rules.secret == "s3cret-of-ours"
    assert "s3cret" not in f"{settings!r} {found.rules!r} {check_translation(layers, settings.translation_key)!r}"
