"""The catalogue of feeds: what ships, a site's overlay, and errors that name file, line and key."""

from __future__ import annotations

from pathlib import Path

import pytest

from offing.config.files.layers import Layers
from offing.config.sites.feeds import load_catalogue
from offing.errors import ConfigError
from offing.model.sources.feed import FeedKind
from offing.model.values.vocabulary import SourceKind

GROUP = '[groups.africa]\ntitle = "Africa"\ndescription = "Outlets of Africa"\n\n'


def feed(url: str = "https://a.example/rss", **more: str) -> str:
    """One feed of a catalogue file; values are TOML."""
    values = {"title": '"A"', "groups": '["africa"]', **more}
    return f'[[feeds]]\nurl = "{url}"\n' + "".join(f"{key} = {value}\n" for key, value in values.items()) + "\n"


def layers(tmp_path: Path, *contents: str) -> Layers:
    """Layers that hold one catalogue file each, lowest first."""
    folders = []
    for number, content in enumerate(contents):
        folder = tmp_path / str(number)
        (folder / "feeds").mkdir(parents=True)
        (folder / "feeds" / "list.toml").write_text(content, encoding="utf-8")
        folders.append(folder)
    return Layers(tuple(folders))


def test_the_catalogue_that_ships_is_in_order() -> None:
    """At least 250 feeds in described groups ship, each group has feeds, and each feed has country and language."""
    catalogue = load_catalogue(Layers.of())
    used = {group for spec in catalogue.feeds for group in spec.groups}
    assert len(catalogue.feeds) >= 250
    assert used == {group.id for group in catalogue.groups}
    assert [spec.url for spec in catalogue.feeds if not (spec.country and spec.language and spec.title)] == []


def test_a_feed_has_all_its_fields(tmp_path: Path) -> None:
    """What a file says of a feed is what the catalogue says of it."""
    text = feed(
        country='"KEN"',
        language='"sw"',
        publisher='"official-host"',
        timezone='"Africa/Nairobi"',
        interval_minutes="30",
    )
    (spec,) = load_catalogue(layers(tmp_path, GROUP + text)).feeds
    assert (spec.country, spec.language, spec.timezone) == ("KEN", "sw", "Africa/Nairobi")
    assert (spec.publisher, spec.interval_minutes) == (SourceKind.OFFICIAL_HOST, 30)
    assert (spec.groups, spec.unverified) == (("africa",), False)


def test_a_page_has_its_rules(tmp_path: Path) -> None:
    """A page is watched by a selector and a rule of dates, or by the usual rules."""
    text = feed(kind='"page"', links='"ul.news a"', dates='"span.date as DD/MM/YYYY"')
    first, second = load_catalogue(layers(tmp_path, GROUP + text + feed("https://b.example/", kind='"page"'))).feeds
    assert (first.kind, first.links, first.dates) == (FeedKind.PAGE, "ul.news a", "span.date as DD/MM/YYYY")
    assert (second.kind, second.links, second.dates) == (FeedKind.PAGE, "", "")


def test_a_site_replaces_by_address_and_adds(tmp_path: Path) -> None:
    """A site's feed of the same address stands in for the one that ships; its groups lie over those that ship."""
    site = '[groups.africa]\ntitle = "Ours"\ndescription = "x"\n\n' + feed("https://A.example:443/rss", title='"Mine"')
    catalogue = load_catalogue(layers(tmp_path, GROUP + feed() + feed("https://b.example/rss"), site))
    assert [spec.title for spec in catalogue.feeds] == ["Mine", "A"]
    assert [group.title for group in catalogue.groups] == ["Ours"]


def test_a_site_uses_groups_that_ship(tmp_path: Path) -> None:
    """A site's file need not describe the groups that ship, and the default group needs no description."""
    site = feed("https://c.example/rss") + feed("https://d.example/rss", groups='["default"]')
    catalogue = load_catalogue(layers(tmp_path, GROUP, site))
    assert [spec.groups for spec in catalogue.feeds] == [("africa",), ("default",)]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (GROUP + feed(colour='"red"'), r"list\.toml:9: feeds\.0\.colour: is unknown"),
        (GROUP + feed(groups='["asia"]'), r"list\.toml:8: feeds\.0\.groups: .*'asia' is no group"),
        (GROUP + feed(country='"KE"'), r"list\.toml:9: feeds\.0\.country: .*'KE' is no ISO 3166-1"),
        (GROUP + feed(language='"xx"'), r"list\.toml:9: feeds\.0\.language: .*'xx' is no ISO 639-1"),
        (GROUP + feed(timezone='"Africa/Atlantis"'), r"list\.toml:9: feeds\.0\.timezone: .*no IANA"),
        (GROUP + feed(publisher='"blog"'), r"list\.toml:9: feeds\.0\.publisher"),
        (GROUP + feed(interval_minutes="1"), r"list\.toml:9: feeds\.0\.interval_minutes"),
        (GROUP + feed("file:///etc/passwd"), r"list\.toml:6: feeds\.0\.url: .*not a web address"),
        (GROUP + feed("https://me:secret@a.example/rss"), r"list\.toml:6: feeds\.0\.url: .*password"),
        (
            GROUP + feed() + feed("https://A.example/rss#top"),
            r"list\.toml:11: feeds\.1\.url: .*already listed at list\.toml:6",
        ),
        (GROUP + feed(kind='"blog"'), r"list\.toml:9: feeds\.0\.kind"),
        (GROUP + feed(links='"ul a"'), r"list\.toml:9: feeds\.0\.links: .*set kind = \"page\""),
        (GROUP + feed(kind='"page"', links='"ul["'), r"list\.toml:10: feeds\.0\.links: .*not a CSS selector"),
        (GROUP + feed(kind='"page"', dates='"url as YYYY"'), r"list\.toml:10: feeds\.0\.dates: .*needs YYYY"),
        ('[groups.a]\ntitle = "A"\n', r"list\.toml:1: groups\.a\.description"),
        ("feeds = 3", r"list\.toml:1: feeds"),
        ("a = = 1", r"list\.toml:1"),
    ],
)
def test_a_wrong_catalogue_names_file_line_and_key(tmp_path: Path, content: str, message: str) -> None:
    """One message says where and what is wrong, and what is allowed."""
    with pytest.raises(ConfigError, match=message):
        load_catalogue(layers(tmp_path, content))


def test_a_group_is_described_once_in_a_layer(tmp_path: Path) -> None:
    """Two files of one layer do not describe the same group."""
    found = layers(tmp_path, GROUP)
    (found.folders[0] / "feeds" / "more.toml").write_text(GROUP, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"more\.toml:1: groups\.africa: is described twice"):
        load_catalogue(found)
