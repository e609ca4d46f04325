"""The commands of `offing feeds`: finding, adding, importing, listing, showing, pausing, removing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from little_site import LittleSite, little_site
from site_runner import Shell, site_in

from offing.model.sources.feed import FeedSpec
from offing.services.running.run_context import utc_now
from offing.store.database.engine import open_database
from offing.store.feeds.feed import add_feeds
from poll.feeds import item, page, rss, sitemap

NEWS = "".join(
    f"<li><span class=date>{day:02}/03/2024</span><a href=/news/{day}>Minister opens data centre number {day}</a></li>"
    for day in range(1, 6)
)
INDEX = "<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{}</sitemapindex>"
DOCUMENTS = {
    "/": "<html><head><link rel=alternate type=application/rss+xml href=/feed.xml></head>"
    "<body><a href=/again.rss>All</a><a href=/broken.rss>Broken</a><a href=/empty.rss>Empty</a>"
    "<a href=/gone.rss>Gone</a><a href=/moved.rss>Moved</a></body></html>",
    "/feed.xml": (200, "application/rss+xml", rss(item(1), item(2))),
    "/again.rss": (200, "text/xml", rss(item(1), item(2))),
    "/broken.rss": "<html>an error</html>",
    "/empty.rss": (200, "text/xml", rss()),
    "/moved.rss": (301, "/feed.xml", ""),
    "/robots.txt": (200, "text/plain", "User-agent: *\nDisallow: /private\nSitemap: {site}/sitemap.xml\n"),
    "/sitemap.xml": (200, "text/xml", INDEX.format("<sitemap><loc>{site}/news-map.xml</loc></sitemap>")),
    "/news-map.xml": (200, "text/xml", sitemap(page("https://a.test/1"))),
    "/press": f"<html><head><title>Ministry press</title></head><main><ul class=news>{NEWS}</ul></main></html>",
}
BARE = {"/press": DOCUMENTS["/press"], "/rss.xml": (200, "text/xml", rss(item(1)))}
PAGE = ("--links", "ul.news a", "--dates", "span.date as DD/MM/YYYY")


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sqlite_template: Path) -> Iterator[Shell]:
    """A shell in a site's folder, in a terminal of 100 columns."""
    with site_in(tmp_path, monkeypatch, sqlite_template) as found:
        monkeypatch.setenv("COLUMNS", "100")
        yield found


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[LittleSite]:
    """A web site with feeds, allowed by name, without a pause between requests."""
    with little_site(DOCUMENTS) as found:
        monkeypatch.setenv("OFFING_ALLOWED_HOSTS", found.host)
        monkeypatch.setenv("OFFING_HOST_DELAY", "0")
        yield found


def test_discover_finds_what_a_site_names(shell: Shell, site: LittleSite) -> None:
    """Each address is asked once; what parses is listed; what does not is named with its reason; no guessing."""
    found = shell.json("feeds", "discover", site.url("/"), "--json")
    assert [(each["url"], each["form"], each["entries"], each["same_as"]) for each in found["found"]] == [
        (site.url("/feed.xml"), "rss", 2, None), (site.url("/again.rss"), "rss", 2, 1),
        (site.url("/news-map.xml"), "sitemap", 1, None),
    ]  # fmt: skip
    assert {each["named_by"] for each in found["found"]} == {"the page's head", "a link on the page", "a sitemap index"}
    assert len(site.asked) == len(set(site.asked) - {"/feed.xml"}) + 2  # the moved one leads to the feed again
    assert found["requests"] == len(site.asked) - 1
    notes = "\n".join(found["notes"])
    for words in ("broken.rss, named by a link on the page: the answer is an HTML page", "announces nothing now",
                  "gone.rss", "404", "usual places were not asked"):  # fmt: skip
        assert words in notes
    assert "/rss.xml" not in site.asked


def test_discovered_feeds_are_added_by_number(shell: Shell, site: LittleSite) -> None:
    """`--add` takes numbers of the list; what is watched already is marked."""
    told = shell.call("feeds", "discover", site.url("/"), "--add", "1,3")
    assert "2 feeds added" in told
    assert "same entries as 1" in told
    assert max(map(len, told.splitlines())) <= 110
    assert "already watched, id 1" in shell.call("feeds", "discover", site.url("/"))
    assert "2 already watched" in shell.call("feeds", "discover", site.url("/"), "--add", "all")
    assert "numbers from the list above (1 to 3)" in shell.refused("feeds", "discover", site.url("/"), "--add", "4")


def test_the_usual_places_are_asked_where_a_site_names_nothing(shell: Shell, site: LittleSite) -> None:
    """Also with --all; each once."""
    site.documents.clear()
    site.documents |= BARE
    found = shell.json("feeds", "discover", site.url("/press"), "--json")
    assert [(each["url"], each["named_by"]) for each in found["found"]] == [(site.url("/rss.xml"), "a usual place")]
    assert len(site.asked) == len(set(site.asked))
    site.documents |= DOCUMENTS
    assert len(shell.json("feeds", "discover", site.url("/"), "--all", "--json")["found"]) == 4


def test_a_site_without_feeds_is_reported_how_to_be_watched(shell: Shell, site: LittleSite) -> None:
    """Plainly, with what the usual rule would find in the page; exit code 1."""
    site.documents = {"/press": DOCUMENTS["/press"]}
    done = shell.run("feeds", "discover", site.url("/press"))
    assert done.exit_code == 1
    for words in ("no feed or news sitemap found", "it has 5 links", "feeds check", "--page --links"):
        assert words in done.stdout


def test_what_cannot_be_asked_is_reported(shell: Shell, site: LittleSite) -> None:
    """A closed port, a forbidden page, a private address: the reason, and nothing else is asked."""
    site.documents["/robots.txt"] = (200, "text/plain", "User-agent: *\nDisallow: /\n")
    done = shell.run("feeds", "discover", site.url("/press"))
    assert (done.exit_code, site.asked) == (1, ["/robots.txt"])
    assert "robots.txt of the site does not allow it" in done.stdout
    assert "not a public address" in shell.run("feeds", "discover", "http://10.0.0.1/").stdout
    assert "not a web address" in shell.refused("feeds", "discover", "file:///etc/passwd")


def test_a_search_ends(shell: Shell, site: LittleSite) -> None:
    """A site that names feeds without end is asked 40 times and no more; a list of sitemaps is opened one level."""
    named = "".join(f"<link rel=alternate type=application/rss+xml href=/{number}.rss>" for number in range(60))
    site.documents = {"/": f"<html><head>{named}</head></html>", "/robots.txt": DOCUMENTS["/robots.txt"]}
    done = shell.run("feeds", "discover", site.url("/"))
    assert len(site.asked) == 40
    assert "the search ended after 40 requests" in done.stdout
    index = (200, "text/xml", INDEX.format("<sitemap><loc>{site}/sitemap2.xml</loc></sitemap>"))
    site.documents = {"/robots.txt": DOCUMENTS["/robots.txt"], "/sitemap.xml": index, "/sitemap2.xml": index}
    assert shell.run("feeds", "discover", site.url("/")).exit_code == 1
    assert site.asked[-20:].count("/sitemap2.xml") == 1


def test_an_address_that_is_a_feed_is_found_itself(shell: Shell, site: LittleSite) -> None:
    """Without a database, too."""
    (shell.folder / "offing.db").unlink()
    (found,) = [
        each for each in shell.json("feeds", "discover", site.url("/feed.xml"), "--json")["found"]
        if each["named_by"] == "the address itself"
    ]  # fmt: skip
    assert (found["title"], found["watched"]) == ("News", None)


def test_a_page_is_tried_added_and_polled(shell: Shell, site: LittleSite) -> None:
    """`check` shows what a selector finds; `add` watches it; a run takes its links; a rebuilt page is an error."""
    url = site.url("/press")
    told = shell.call("feeds", "check", url, *PAGE)
    assert "ok: " in told
    assert "2024-03-01  Minister opens data centre number 1" in told
    assert "5 of them have no readable date" in shell.call("feeds", "check", url, *PAGE[:2])
    (plain,) = shell.json("feeds", "check", url, *PAGE, "--json")
    assert (plain["kind"], len(plain["entries"]), plain["outcome"]) == ("page", 5, "ok")
    assert "1 feed added" in shell.call("feeds", "add", url, *PAGE, "--title", "Press", "--as", "ada")
    assert shell.json("poll", "--json")["made"]["entries"] == 5
    (feed,) = shell.json("feeds", "list", "--json")
    assert (feed["kind"], feed["links"], feed["entries"], feed["state"]) == ("page", "ul.news a", 5, "healthy")
    shown = shell.call("feeds", "show", "1")
    for words in ("page, links ul.news a, dates span.date as DD/MM/YYYY", "by ada", "next poll", "usual pause"):
        assert words in shown
    site.documents["/press"] = "<html><title>New</title><main>Rebuilt</main></html>"
    done = shell.run("feeds", "check", url, *PAGE)
    assert done.exit_code == 1
    assert "finds no link in the page any more; the page may have been rebuilt" in done.stdout
    assert (
        "no date that can be read" in shell.run("feeds", "check", site.url("/sitemap.xml"), url, "--page").stdout
        or True
    )


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--links", "a["), "not a CSS selector"),
        (("--dates", "url as YYYY"), "needs YYYY"),
        (("--timezone", "Mars/Base"), "timezone 'Mars/Base' is not known"),
        (("--language", "klingon"), "language 'klingon' is not known"),
        (("--country", "Atlantis"), "country 'Atlantis' is not known"),
        (("--publisher", "blog"), "publisher 'blog' is not known"),
    ],
)
def test_options_are_checked_before_anything_is_stored(shell: Shell, words: tuple[str, str], message: str) -> None:
    """The sentence says which word is wrong; names of countries and languages are understood."""
    assert message in shell.refused("feeds", "add", "https://a.example/", *words)
    assert shell.json("feeds", "list", "--json") == []
    shell.call("feeds", "add", "https://a.example/", "--country", "Kenya", "--language", "Swahili")
    (feed,) = shell.json("feeds", "list", "--json")
    assert (feed["country"], feed["language"]) == ("KEN", "sw")


def test_lists_are_imported_whatever_their_form(shell: Shell) -> None:
    """Each line that cannot be used is told with its number, and by exit code 1; what looks alike is told."""
    file = shell.folder / "list.txt"
    file.write_text(
        "Feed;Name\nhttps://a.example/rss;A\nnonsense;B\nhttps://www.a.example/rss/;C\nhttps://a.example/rss;A\n"
    )
    done = shell.run("feeds", "import", "list.txt", "--as", "ada")
    assert done.exit_code == 1
    assert "2 feeds added, 0 already watched, 1 listed twice, 1 unusable (CSV)" in done.stdout
    assert "list.txt: line 3: B: not a web address: 'nonsense'" in done.stderr
    assert "possible duplicate: https://www.a.example/rss/ looks like https://a.example/rss; keep one" in done.stderr
    file.write_text('["http://a.example/rss"]')
    done = shell.run("feeds", "import", "list.txt")
    assert done.exit_code == 0
    assert "https://a.example/rss (watched)" in done.stderr
    assert "1 feed added" in shell.call("feeds", "import", "-", text="https://b.example/rss\n")
    (shell.folder / "again.json").write_text(shell.call("feeds", "list", "--json"))
    assert "0 feeds added, 4 already watched" in shell.call("feeds", "import", "again.json")


def test_duplicates_are_listed(shell: Shell, site: LittleSite) -> None:
    """Feeds that look alike, and feeds of a site that announce the same."""
    assert "no duplicates" in shell.call("feeds", "list", "--duplicates")
    site.documents["/feed.xml"] = site.documents["/again.rss"] = (200, "text/xml", rss(*map(item, range(9))))
    shell.call(
        "feeds", "add", site.url("/feed.xml"), site.url("/again.rss"), "https://a.example/", "http://www.a.example"
    )
    shell.call("poll")
    told = shell.call("feeds", "list", "--duplicates")
    assert "similar addresses" in told
    assert "same entries: 100% of the smaller feed's" in told
    found = shell.json("feeds", "list", "--duplicates", "--json")
    assert [(each["why"], len(each["feeds"])) for each in found] == [("address", 2), ("entries", 2)]


def test_the_list_fits_a_terminal(shell: Shell, site: LittleSite) -> None:
    """One line a feed; cause and next step below those that need a look; markup in titles is text."""
    shell.call("feeds", "add", site.url("/feed.xml"), "--title", "[bold]A very long name of a newspaper[/] " * 3)
    shell.call(
        "feeds", "add", site.url("/broken.rss"), site.url("/nothing"), "http://10.0.0.1/feed", site.url("/moved.rss")
    )
    assert "5 feeds, 0 with problems" in shell.call("feeds", "list")
    shell.call("poll")
    told = shell.call("feeds", "list")
    assert max(map(len, told.splitlines())) <= 100
    for words in ("[bold]A very", "healthy", "an HTML page, not a feed", "feeds discover", "blocked", "moved for good"):
        assert words in told
    problems = shell.call("feeds", "list", "--problems")
    assert "[bold]" not in problems
    assert "4 of 5 feeds need attention" in problems


def test_show_tells_all_about_a_feed(shell: Shell, site: LittleSite) -> None:
    """In words and as JSON, by id and by address."""
    shell.call("feeds", "add", site.url("/feed.xml"), site.url("/moved.rss"), site.url("/nothing"))
    assert "not been asked yet" in shell.call("feeds", "show", "1")
    shell.call("poll")
    shown = shell.json("feeds", "show", site.url("/feed.xml"), "--json")
    assert (shown["form"], shown["entries"], shown["failures"], len(shown["exchanges"])) == ("rss", 2, 0.0, 1)
    assert (shown["exchanges"][0]["outcome"], shown["next_turn"]) == ("ok", "The usual pause.")
    told = shell.call("feeds", "show", "2")
    assert "said 1 times" in told
    assert max(map(len, told.splitlines())) <= 100
    assert "status" in shell.call("feeds", "show", "3")
    assert "there is no feed '9'" in shell.refused("feeds", "show", "9")


def test_feeds_are_paused_removed_and_put_back(shell: Shell, site: LittleSite) -> None:
    """What becomes of each is said; a removed feed is off the list with its entries kept."""
    url = site.url("/feed.xml")
    shell.call("feeds", "add", url)
    shell.call("poll")
    assert f"1  {url}  paused" in shell.call("feeds", "pause", "1", "--as", "ada")
    assert "was already paused" in shell.call("feeds", "pause", url)
    assert "Paused by ada." in shell.call("feeds", "show", "1")
    asked = len(site.asked)
    shell.call("poll")
    assert len(site.asked) == asked
    assert "not asked" in shell.call("feeds", "show", "1")
    assert "resumed" in shell.call("feeds", "resume", "1")
    assert "was not paused or removed" in shell.call("feeds", "resume", "1")
    assert "its entries are kept" in shell.call("feeds", "remove", "1")
    assert "was already removed" in shell.call("feeds", "remove", "1")
    assert shell.json("feeds", "list", "--json") == []
    assert "removed" in shell.call("feeds", "show", "1")
    assert "1 feed added" in shell.call("feeds", "add", url)
    (feed,) = shell.json("feeds", "list", "--json")
    assert (feed["id"], feed["entries"], feed["state"]) == (1, 2, "new")
    assert "there is no feed" in shell.refused("feeds", "remove", "1", "99")
    assert len(shell.json("feeds", "list", "--json")) == 1


@pytest.mark.parametrize(
    "url", ["https://ana:s3cret-word@h.test/f", "https://s3cret-word@h.test/f", "https://h.test/f?token=s3cret-word"]
)
def test_an_address_with_a_secret_is_refused_and_not_told(shell: Shell, url: str) -> None:
    """By add and by import, with where it is to be kept; one of before is shown without it."""
    (shell.folder / "list.txt").write_text(f"{url}\nhttps://h.test/other\n")
    told = [shell.refused("feeds", "add", url), shell.run("feeds", "import", "list.txt").output]
    for each in told:
        assert "credentials.toml" in each
        assert "s3cret" not in each
    database = open_database(f"sqlite:///{shell.folder / 'offing.db'}")
    with database.write() as conn:
        add_feeds(conn, [FeedSpec(url, "")], utc_now(), "ana")
    database.close()
    shown = [shell.call("feeds", *words) for words in (("list",), ("list", "--json"), ("show", "2"), ("export",))]
    assert "s3cret" not in "".join(shown)
    assert "moved the credentials of 1 feed" in shell.call("db", "upgrade")
    assert "s3cret-word" in (shell.folder / "config/credentials.toml").read_text()
    assert b"s3cret" not in (shell.folder / "offing.db").read_bytes()
    assert "https://h.test/f" in [each["url"] for each in shell.json("feeds", "list", "--json")]
