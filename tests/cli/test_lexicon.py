"""`offing lexicon`."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from offing.cli import group
from offing.cli.context import Site
from offing.settings import Settings


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A site without config of its own."""
    return Site(Settings(database=f"sqlite:///{tmp_path / 'offing.db'}", log=str(tmp_path / "offing.log"), user="ana"))


def _run(site: Site, *words: str, stdin: str = "") -> Result:
    return CliRunner().invoke(group, list(words), input=stdin, obj=site, catch_exceptions=False, standalone_mode=False)


def _try(site: Site, *words: str) -> dict[str, str]:
    """The lines of `lexicon try` by the text that they quote; names before wordings."""
    found: dict[str, str] = {}
    for line in _run(site, "lexicon", "try", *words).stdout.splitlines():
        if "“" in line:
            found.setdefault(line.split("“")[1].split("”")[0], line)
    return found


@pytest.mark.parametrize(
    ("text", "name", "why"),
    [
        ("CDB lends to Kenya", "CDB", "needs one of these in the text: "),
        ("Loans of Exim Bank Tanzania to China", "Exim Bank", "belongs to another name: Exim Bank Tanzania"),
        ("The plan pleases us in Kenya", "us", "counts only when written with US"),
        ("See https://www.Huawei.com in Kenya", "Huawei", "is part of a web or mail address"),
        ("a bowl of turkey", "turkey", "counts only when written with a capital letter"),
        (
            "Industrial and Commercial Bank of China",
            "Bank of China",
            "stands inside 'Industrial and Commercial Bank of China'",
        ),
    ],
)
def test_a_name_that_is_not_taken_has_its_reason(site: Site, text: str, name: str, why: str) -> None:
    """What stands in the text and is not meant is told with what it turns on."""
    lines = _run(site, "lexicon", "try", "--lang", "en", text).stdout.partition("not taken")[2].splitlines()
    assert any(f"“{name}”" in line and why in line for line in lines)


def test_what_is_found_has_its_meaning(site: Site) -> None:
    """Entities have their id, unlisted firms the rule, wordings what they speak for, sums and sizes their value."""
    text = "Huawei and Hunan Tongda Road Engineering Co., Ltd lay 30 km of fibre for about $40 million until 5 May 2026"
    lines = _try(site, "--lang", "en", text)
    assert "Huawei (huawei)" in lines["Huawei"]
    assert "in no list" in lines["Hunan Tongda Road Engineering Co., Ltd"]
    assert "30 km" in lines["30 km"]
    assert "40,000,000 USD" in next(line for line in lines.values() if line.startswith("  money"))
    assert "2026-05-05 (day)" in lines["5 May 2026"]
    assert "telecom-connectivity" in lines["fibre"]


def test_text_comes_from_standard_input_too(site: Site) -> None:
    """`-` reads it; the language is detected."""
    shown = _run(site, "lexicon", "try", "-", stdin="华为技术有限公司承建肯尼亚国家数据中心").stdout
    assert shown.startswith("language zh")
    assert "Huawei (huawei)" in shown


def test_nothing_is_told_as_nothing(site: Site) -> None:
    """A text without a single match says so."""
    assert "nothing that the lexicon" in _run(site, "lexicon", "try", "--lang", "en", "It poured.").stdout


def test_json_has_spans(site: Site) -> None:
    """Offsets count in the text as given."""
    plain = json.loads(_run(site, "lexicon", "try", "--json", "--lang", "en", "CDB lends to Kenya").stdout)
    assert [m["text"] for m in plain["found"] if m["kind"] == "country"] == ["Kenya"]
    assert (plain["passed"][0]["sighting"]["start"], plain["passed"][0]["sighting"]["end"]) == (0, 3)
