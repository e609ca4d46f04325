"""`offing lexicon`."""

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest
from click.testing import CliRunner, Result
from site_runner import Shell, shell_in, site_in

from factories.candidate import stored_article
from offing.cli import group
from offing.cli.site import Site
from offing.errors import UsageError
from offing.model.reading.mention import Mention, MentionKind
from offing.settings import Settings
from offing.store.articles.article import save_mentions
from offing.store.database.engine import open_database


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A site without config of its own."""
    return Site(Settings(database=f"sqlite:///{tmp_path / 'offing.db'}", log=str(tmp_path / "offing.log"), user="ana"))


def _run(site: Site, *words: str, stdin: str | bytes = "") -> Result:
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
    lines = _run(site, "lexicon", "try", "--lang", "en", text).stdout.partition("ignored")[2].splitlines()
    assert any(f"“{name}”" in line and why in line for line in lines)


def test_what_is_found_has_its_meaning(site: Site) -> None:
    """Entities have their id, unlisted firms the rule, wordings what they speak for, sums and sizes their value."""
    text = "Huawei and Hunan Tongda Road Engineering Co., Ltd lay 30 km of fibre for about $40 million until 5 May 2026"
    lines = _try(site, "--lang", "en", text)
    assert "Huawei (huawei)" in lines["Huawei"]
    assert "not listed" in lines["Hunan Tongda Road Engineering Co., Ltd"]
    assert "30 km" in lines["30 km"]
    assert "40,000,000 USD" in next(line for line in lines.values() if line.startswith("  money"))
    assert "2026-05-05 (day)" in lines["5 May 2026"]
    assert "telecom-connectivity" in lines["fibre"]


def test_text_comes_from_standard_input_too(site: Site) -> None:
    """`-` reads it; the language is detected."""
    shown = _run(site, "lexicon", "try", "-", stdin="华为技术有限公司承建肯尼亚国家数据中心").stdout
    assert shown.startswith("language zh")
    assert "Huawei (huawei)" in shown


def test_a_language_that_is_not_read_is_refused(site: Site) -> None:
    """The error lists those that are read; a region behind the language does no harm."""
    with pytest.raises(
        UsageError, match=r"--lang xx is not a supported language; use one of ar, en, es, fr, pt, ru, zh"
    ):
        _run(site, "lexicon", "try", "--lang", "xx", "Huawei")
    assert _run(site, "lexicon", "try", "--lang", "zh-CN", "华为").stdout.startswith("language zh")


def test_what_is_not_utf8_is_refused(site: Site) -> None:
    """It is no text in which nothing stands."""
    with pytest.raises(UsageError, match=r"standard input is not UTF-8 \(byte 0\)"):
        _run(site, "lexicon", "try", "-", stdin="华为".encode("gb18030"))
    with pytest.raises(UsageError, match="TEXT is not UTF-8"):
        _run(site, "lexicon", "try", "Huawei \udcff")


def test_nothing_is_reported_as_nothing(site: Site) -> None:
    """A text without a single match says so."""
    assert "nothing recognised" in _run(site, "lexicon", "try", "--lang", "en", "Larks.").stdout


def test_json_has_spans(site: Site) -> None:
    """Offsets count in the text as given."""
    plain = json.loads(_run(site, "lexicon", "try", "--json", "--lang", "en", "CDB lends to Kenya").stdout)
    assert [m["text"] for m in plain["found"] if m["kind"] == "country"] == ["Kenya"]
    assert (plain["passed"][0]["sighting"]["start"], plain["passed"][0]["sighting"]["end"]) == (0, 3)


UNLISTED = "Hunan Tongda Road Engineering"
TEXT = f"{UNLISTED} Co., Ltd builds a road in Kenya"


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sqlite_template: Path) -> Iterator[Shell]:
    """A shell in a new site."""
    with site_in(tmp_path, monkeypatch, sqlite_template) as shell:
        yield shell


def _firms(shell: Shell, text: str = TEXT) -> list[str | None]:
    found = shell.json("lexicon", "try", "--json", "--lang", "en", text)["found"]
    return [mention["key"] for mention in found if mention["kind"] == "firm"]


def test_a_name_is_adopted(shell: Shell) -> None:
    """A firm that no list had has an id from then on, and other names of it find it too."""
    assert _firms(shell) == [None]
    assert "firms.csv" in shell.call("lexicon", "adopt", UNLISTED, "--zh", "湖南通达", "--note", "roads")
    shell.call("lexicon", "adopt", "HTRE", "--of", "hunan-tongda-road-engineering", "--near", "Hunan")
    assert _firms(shell) == ["hunan-tongda-road-engineering"]
    assert _firms(shell, "HTRE of Hunan builds") == ["hunan-tongda-road-engineering"]
    assert _firms(shell, "HTRE builds") == []
    assert "roads; " in (shell.folder / "config/lexicons/firms.csv").read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_lender_is_adopted(shell: Shell) -> None:
    """A bank stands among the lenders, where other names of it go too."""
    shell.call("lexicon", "adopt", "Bank of Longjiang", "--kind", "commercial-bank")
    shell.call("lexicon", "adopt", "Longjiang Lending", "--of", "bank-of-longjiang")
    found = shell.json("lexicon", "try", "--json", "--lang", "en", "Longjiang Lending lends")["found"]
    assert [mention["key"] for mention in found if mention["kind"] == "lender"] == ["bank-of-longjiang"]


@pytest.mark.slow
def test_a_name_is_dismissed(shell: Shell) -> None:
    """It is no firm any longer, with or without its legal form."""
    shell.call("lexicon", "dismiss", UNLISTED, "--note", "a mall")
    assert _firms(shell) == []
    assert "was dismissed" in shell.refused("lexicon", "adopt", UNLISTED)
    assert "is a name of 'huawei'" in shell.refused("lexicon", "dismiss", "Huawei")
    assert "a mall; " in (shell.folder / "config/lexicons/false_friends.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["Huawei"], "'huawei' already exists"),
        (["Kenya"], "is the name of a country or place"),
        (["media"], "has no capital letter"),
        (["Tongda", "--of", "nobody"], "is the id of no firm or lender"),
        (["通达"], "give one with --id"),
        (["Tongda", "--near", "China"], "--near goes with --of"),
        (["Tongda", "--id", "Tong Da"], "is not an id"),
        (["ZTE", "--of", "huawei"], "would count for huawei and zte"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_written(shell: Shell, words: list[str], told: str) -> None:
    """The site's lexicon stays as it was."""
    assert told in shell.refused("lexicon", "adopt", *words)
    assert not list((shell.folder / "config").rglob("*.csv"))


def test_without_a_site_nothing_can_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error says what makes a site."""
    with shell_in(tmp_path, monkeypatch) as shell:
        assert "`offing init`" in shell.refused("lexicon", "dismiss", "Tongda")


def test_nothing_waits_on_a_new_site(shell: Shell) -> None:
    """It says so, as text and as JSON."""
    assert "no article was read yet; `offing run`" in shell.call("lexicon", "suggest")
    assert shell.json("lexicon", "suggest", "--json") == []


def test_nothing_waits_where_all_names_are_listed(shell: Shell) -> None:
    """That is told only of articles that were read; none since a day is told as such."""
    database = open_database(f"sqlite:///{shell.folder / 'offing.db'}")
    with database.write() as conn:
        stored_article(conn)
    database.close()
    assert "every firm that was found stands in a list" in shell.call("lexicon", "suggest")
    assert "no article was read since 2999-01-01" in shell.call("lexicon", "suggest", "--since", "2999-01-01")


def test_suggestions_tell_what_a_person_needs(shell: Shell) -> None:
    """Name, guess, how often it was seen, and the words around it."""
    database = open_database(f"sqlite:///{shell.folder / 'offing.db'}")
    with database.write() as conn:
        for name in ("Hunan Tongda", "Hunan Tongda", "Hunan Tongda Ltd"):
            save_mentions(
                conn, stored_article(conn), [Mention(MentionKind.FIRM, 0, 5, "Kenya", None, name, by="region")]
            )
    database.close()
    shown = shell.call("lexicon", "suggest", "--since", "2026-01-01")
    assert shown.startswith("Hunan Tongda  · firm by region")
    assert "3 articles of " in shown
    assert "also Hunan Tongda Ltd" in shown
    assert "Kenya signs data centre deal" in shown


def test_a_name_that_counts_for_two_is_reported(shell: Shell) -> None:
    """The check of the config names both."""
    table = shell.folder / "config/lexicons/firms.csv"
    table.parent.mkdir(parents=True)
    table.write_text("id,name,name_zh,parent,kind,source,note\nnew-zte,ZTE,,,firm,own,\n", encoding="utf-8")
    done = shell.run("config", "check")
    assert done.exit_code == 2
    assert re.search(
        r"config/lexicons/firms\.csv:2 and .*/firms\.csv:\d+: 'ZTE' counts for new-zte and zte", done.stderr
    )


NO_FIRMS_ALONE = {
    "Nairobi": r"is a name of KEN, too \(.*places\.csv:\d+\): give it a `near`",
    "Kenya": r"is a name of KEN, too \(.*country_forms\.csv:\d+\): give it a `near`",
    "Chalco": r"is a name of MEX, too \(CLDR or GeoNames\): give it a `near`",
    "government": "has no capital letter, like any word: give it a `near`",
}


def test_names_that_are_no_firms_alone_are_reported(shell: Shell) -> None:
    """Those of towns and countries, and any word; with file and line of both, unless they have a `near`."""
    table = shell.folder / "config/lexicons/firm_aliases.csv"
    table.parent.mkdir(parents=True)

    def write(near: str) -> None:
        lines = (f"zte,{alias},*,any,{near},own,\n" for alias in NO_FIRMS_ALONE)
        table.write_text("firm,alias,lang,case,near,source,note\n" + "".join(lines), encoding="utf-8")

    write("")
    done = shell.run("config", "check")
    assert done.exit_code == 2
    for line, (alias, told) in enumerate(NO_FIRMS_ALONE.items(), start=2):
        assert re.search(rf"config/lexicons/firm_aliases\.csv:{line}: '{alias}' of zte {told}", done.stderr), alias
    with mock.patch("offing.doctor.looked_over", side_effect=AssertionError("what stands is not looked over again")):
        assert shell.run("config", "check").stderr == done.stderr
    write("ZTE")
    assert "aliases" in shell.call("config", "check")


def test_names_that_are_common_in_ordinary_news_are_shown(shell: Shell) -> None:
    """With the number of articles that they counted in; what needs other words is none of them."""
    rows = [
        {"id": n, "title": "", "text": "Huawei phones and CDB shares sell in Kenya. " if n < 3 else "It rained."}
        for n in range(9)
    ]
    packed = gzip.compress("".join(json.dumps(row) + "\n" for row in rows).encode())
    (shell.folder / "news.jsonl.gz").write_bytes(packed)
    done = shell.run("config", "check", "--news", "news.jsonl.gz")
    assert "9 articles, 1 names of firms and lenders" in done.stdout
    assert done.exit_code == 2
    assert re.search(
        r"firms\.csv:\d+: 'Huawei' of huawei is found in 3 of 9 ordinary articles: give it a `near`", done.stderr
    )
    (shell.folder / "news.jsonl.gz").write_bytes(packed[:40])
    assert "news.jsonl.gz" in shell.refused("config", "check", "--news", "news.jsonl.gz")


def test_what_is_known_of_the_names_is_reported(site: Site) -> None:
    """A multilateral is none of China's lenders; a firm stands with its owner."""
    shown = _run(site, "lexicon", "try", "--lang", "en", "AIIB lends to CRBC in Kenya").stdout
    assert "Asian Infrastructure Investment Bank: a multilateral, no Chinese lender" in shown
    assert (
        "China Communications Construction Company, owner of China Road and Bridge Corporation: owned by the" in shown
    )
