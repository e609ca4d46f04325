"""release.toml."""

from pathlib import Path

import pytest

from offing.config import checks
from offing.config.files.layers import Layers
from offing.config.sites.release import load_release
from offing.errors import ConfigError
from offing.model.projects.finding import ReleaseRule, Severity


def _site(folder: Path, text: str) -> Layers:
    (folder / "release.toml").write_text(text, encoding="utf-8")
    return Layers.of(folder)


def test_every_rule_has_a_severity_that_ships() -> None:
    """The file that ships names every rule, so that a site sees what it can change."""
    text = next(Layers.of(None).files("release.toml")).read_text(encoding="utf-8")
    assert all(f"\n{rule} = " in text for rule in ReleaseRule)
    assert checks.release(Layers.of(None)) == "8 error, 6 warning, 1 off"


def test_a_site_changes_one_rule(tmp_path: Path) -> None:
    """The others stay as they ship."""
    found = load_release(_site(tmp_path, '[rules]\nno-party = "off"\n[quotes]\nmost = 200\n'))
    assert found.severities[ReleaseRule.NO_PARTY] is Severity.OFF
    assert found.severities[ReleaseRule.CURRENCY] is Severity.ERROR
    assert (found.quotes.most, found.quotes.share) == (200, 0.15)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[rules]\nno-party = "of"\n', "error"),
        ('[rules]\nno-partie = "off"\n', "no-partie"),
        ("[quotes]\nshare = 1.5\n", "less than or equal to 1"),
        ('[values]\nrequired = ["colour"]\n', "values.required.0"),
        ('[values]\ncurrencies = ["dollars"]\n', "not a code of ISO 4217"),
    ],
)
def test_slips_are_named(tmp_path: Path, text: str, said: str) -> None:
    """An unknown rule, severity, field or code is refused with its line."""
    with pytest.raises(ConfigError, match=said):
        load_release(_site(tmp_path, text))
