"""Outlet rules as files: layers, versions by date, errors that name file, line and key; each rule with its test."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from offing.config.files.layers import Layers
from offing.config.sites.outlets import load_outlets, outlet_tests
from offing.errors import ConfigError
from offing.model.sources.outlet import OutletRule, OutletRules
from offing.services.monitoring.outlets import check_outlets

NOW = datetime(2026, 3, 1, tzinfo=UTC)
PARAGRAPHS = (
    "The cabinet has cleared a contract for a data centre, the planning minister said after the weekly meeting.",
    "A Chinese company is to build it for 120 million dollars, of which a loan covers four fifths of the sum.",
    "The cabinet will look at the loan again in May, when the bank has sent the terms of the contract to it.",
)
PAGE = f"<h1>Data centre signed</h1><div class=text>{''.join(f'<p>{each}</p>' for each in PARAGRAPHS)}</div>"
EXPECT = '[rules.expect]\ntitle = "Data centre signed"\nfirst = "The cabinet"\nlast = "The cabinet"\n'


def site(folder: Path, *rules: str, name: str = "own.toml", page: str = PAGE) -> Layers:
    """A site's layer over what ships, with rules of its own."""
    outlets = folder / "outlets"
    outlets.mkdir(exist_ok=True)
    (outlets / "page.html").write_text(page, encoding="utf-8")
    (outlets / name).write_text("\n".join(rules), encoding="utf-8")
    return Layers.of(folder)


def rule(*lines: str, sites: str = '["news.example"]', expect: str = EXPECT) -> str:
    """A rule with its test page."""
    return "\n".join(("[[rules]]", f"sites = {sites}", *lines, 'test_page = "page.html"', expect))


def test_every_rule_that_ships_reads_its_test_page() -> None:
    """The rules of `config/outlets/` draw from their test pages what they promise."""
    assert check_outlets(Layers.of(), NOW) == len(load_outlets(Layers.of()).rules) >= 2


def test_a_rule_of_the_site_is_read(tmp_path: Path) -> None:
    """With its selectors, its lines, its zone and its days."""
    layers = site(
        tmp_path, rule('body = ".text"', 'remove = ["aside"]', 'boilerplate = ["A motto"]', "valid_from = 2024-01-01")
    )
    found = load_outlets(layers).rules[0]
    assert found == OutletRule(
        ("news.example",), body=".text", remove=("aside",), boilerplate=("A motto",), valid_from=date(2024, 1, 1)
    )
    assert check_outlets(layers, NOW) == 1 + len(load_outlets(Layers.of()).rules)
    assert load_outlets(layers).version != load_outlets(Layers.of()).version


def test_a_sites_rules_replace_those_that_ship_for_an_outlet(tmp_path: Path) -> None:
    """All of them, whatever their days; `off` takes them away and puts nothing in their place."""
    replaced = load_outlets(site(tmp_path, rule('body = ".text"', sites='["outlet.example"]')))
    assert [each.body for each in replaced.rules] == [".text"]
    assert load_outlets(site(tmp_path, '[[rules]]\nsites = ["outlet.example"]\noff = true')).rules == ()


def test_rules_are_chosen_by_host_then_domain_and_by_day() -> None:
    """A rule holds from its first day to its last; one that names the host goes first."""
    old = OutletRule(("news.example",), title="h2", valid_until=date(2024, 12, 31))
    new = OutletRule(("news.example",), title="h1", valid_from=date(2025, 1, 1))
    mobile = OutletRule(("m.news.example",), title="h3")
    rules = OutletRules((old, new, mobile))
    assert rules.of("www.news.example", "news.example", date(2024, 12, 31)) is old
    assert rules.of("www.news.example", "news.example", date(2025, 1, 1)) is new
    assert rules.of("m.news.example", "news.example", date(2025, 1, 1)) is mobile
    assert rules.of("other.example", "other.example", date(2025, 1, 1)) is None
    assert rules.of("", "", date(2025, 1, 1)) is None


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        (rule('body = "div["'), "own.toml:3: rules.0.body", "is not a CSS selector"),
        (rule('remove = ["p", ">>"]'), "own.toml:3: rules.0.remove", "'>>' is not a CSS selector"),
        (rule('colour = "red"'), "own.toml:3: rules.0.colour", "is unknown"),
        (rule('timezone = "Mars/Base"'), "rules.0.timezone", "is no IANA time zone"),
        (rule(sites='["https://news.example/"]'), "own.toml:2: rules.0.sites", "is no host or registered domain"),
        (rule(sites='["News.Example"]'), "rules.0.sites", "is no host"),
        (rule(sites="[]"), "rules.0.sites", "at least 1"),
        (rule("valid_from = 2025-02-01", "valid_until = 2025-01-01"), "rules.0.valid_until", "lies before valid_from"),
        (rule('valid_from = "soon"'), "rules.0.valid_from", "date"),
        (
            rule() + rule("valid_from = 2025-01-01"),
            "rules.1.sites",
            "has another rule for the same days (own.toml, rule 1)",
        ),
        ('[[rules]]\nsites = ["news.example"]', "rules.0.sites", "every rule has a test_page"),
        (rule().replace("page.html", "gone.html"), "own.toml:3: rules.0.test_page", "no file 'gone.html'"),
        ("[[rules", "own.toml", "not readable TOML"),
    ],
)
def test_what_is_wrong_is_reported_with_its_place(tmp_path: Path, text: str, place: str, message: str) -> None:
    """File, line and key, and what is allowed."""
    with pytest.raises(ConfigError) as caught:
        load_outlets(site(tmp_path, text))
    assert place in str(caught.value)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("lines", "expect", "page", "fault"),
    [
        (('body = ".gone"',), EXPECT, PAGE, "'.gone', finds nothing"),
        (('title = ".gone"', 'body = ".text"'), EXPECT, PAGE, "a selector finds nothing"),
        (('body = ".text"',), EXPECT.replace("signed", "cleared"), PAGE, "title is 'Data centre signed', not"),
        (('body = ".text"',), EXPECT + "date = 2024-01-01T00:00:00Z", PAGE, "published is None"),
        (('body = ".text"',), EXPECT.replace('last = "The', 'last = "A'), PAGE, "a paragraph begins with"),
        (('body = ".text"',), EXPECT + 'absent = ["contract"]', PAGE, "'contract' stands in the text"),
        (('body = ".text"',), EXPECT, "<p>Nothing</p>", "gives no article"),
    ],
)
def test_a_rule_that_does_not_keep_its_promise_is_reported(
    tmp_path: Path, lines: tuple[str, ...], expect: str, page: str, fault: str
) -> None:
    """`offing config check` runs each rule on its test page and says what comes out otherwise."""
    layers = site(tmp_path, rule(*lines, expect=expect), page=page)
    with pytest.raises(ConfigError, match=r"own\.toml, rule 1") as caught:
        check_outlets(layers, NOW)
    assert fault in str(caught.value)


def test_tests_are_read_with_their_rules(tmp_path: Path) -> None:
    """A test knows its rule, its page and what is promised."""
    test = outlet_tests(site(tmp_path, rule('body = ".text"')))[0]
    assert (test.rule.body, test.page.name, test.title) == (".text", "page.html", "Data centre signed")
