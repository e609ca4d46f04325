"""The pages of the site, without a browser: whole, harmless, the same each time."""

from __future__ import annotations

import hashlib
import json
import posixpath
import re
from dataclasses import replace
from typing import Any

import pytest

from factories.candidate import NOW
from offing.model.projects.release_format import ReleaseFormat
from offing.model.review.second_reading import Agreement, FieldAgreement
from offing.publish import Outline, ProjectBody, ReleaseWriter, unpacked
from offing.publish.documents import head_from
from offing.publish.formats.site import lists
from offing.publish.formats.site.overview import shade
from offing.publish.formats.site.shelf import commitment_year
from offing.publish.formats.site.words import direction, figure, percent, said, slug
from offing.publish.statistics import measured_before
from publish.formats.site.pages import (
    ARABIC,
    CHINESE,
    HEAD,
    HOSTILE,
    body,
    everything,
    files_of,
    parsed,
    project_id,
    texts,
)
from publish.written import Kept

PARTS = ("src", "href", "action", "data", "poster", "xlink:href")


@pytest.fixture(scope="module")
def site() -> dict[str, bytes]:
    """The files of a site with a bit of everything."""
    return files_of(everything())


def pages(site: dict[str, bytes]) -> list[str]:
    """The names of its pages."""
    return [name for name in site if name.endswith(".html")]


def test_every_id_has_a_page(site: dict[str, bytes]) -> None:
    """Projects, and what became of ids that stand for none any more."""
    names = {f"projects/{project_id(number)}.html" for number in range(1, 6)}
    assert {name for name in site if name.startswith("projects/")} == names
    merged = parsed(site, f"projects/{project_id(4)}.html")
    assert f"{project_id(1)}.html" in merged.xpath("//main//a/@href")
    assert "withdrawn: " + HOSTILE in texts(parsed(site, f"projects/{project_id(5)}.html"), "//main")[0]


def test_a_project_says_what_the_release_says(site: dict[str, bytes]) -> None:
    """Each fact with its proof, sums with commas and as written, the timeline, the sources."""
    page = parsed(site, f"projects/{project_id(1)}.html")
    facts = dict(zip(texts(page, "//dl[@class='facts']//dt"), texts(page, "//dl[@class='facts']//dd"), strict=True))
    assert facts["Host countries"].startswith(
        "Kenya, Uganda “in Kenya” host official, in EN".replace("“", "").replace("”", "")
    )
    assert facts["Loan"].startswith("USD 172,500,000.5 as written: $172.5m")
    assert CHINESE in facts["Loan"], "the printed quote comes before the one that is withheld"
    assert facts["Chinese firm"].startswith("Huawei, contractor as written: 华为")
    assert "2026-02 signed" in texts(page, "//ol[@class='timeline']")[0]
    assert "Not quoted here: characters 40 to 48" in texts(page, "//ol[@class='sources']")[0]
    assert page.xpath("//ol[@class='sources']//cite/a/@href") == [
        f"https://{each}.example/1" for each in ("en", "ar", "zh")
    ]


def test_quotes_have_their_language_and_direction(site: dict[str, bytes]) -> None:
    """Arabic runs from the right, and a reader for the blind knows Chinese when it comes."""
    page = parsed(site, f"projects/{project_id(1)}.html")
    found = {(each.get("lang"), each.get("dir")) for each in page.iter("q") if each.text in {ARABIC, CHINESE}}
    assert found == {("ar", "rtl"), ("zh", "ltr")}


def test_hostile_texts_stay_texts(site: dict[str, bytes]) -> None:
    """No element, no attribute, no address comes of them, and they can be read as they are."""
    for name in pages(site):
        page = parsed(site, name)
        assert not page.xpath(
            "//img | //i[not(@class)] | //b[.='Desk'] | //*[@onerror] | //iframe | //style | //base"
        ), name
        assert all(each.get("src") == "search.js" for each in page.iter("script")), name
        assert not [
            each
            for each in page.xpath("//@href")
            if re.match(r"\s*(javascript|data|file|vbscript):", each, re.IGNORECASE)
        ], name
        assert not page.xpath("//@style"), f"{name}: the policy would refuse it"
    page = parsed(site, f"projects/{project_id(2)}.html")
    assert texts(page, "//h1") == [HOSTILE]
    assert "javascript:alert(3)" not in page.xpath("//@href")
    assert HOSTILE in texts(page, "//section[@aria-labelledby='history']")[0]


def test_what_is_searched_is_plain_data(site: dict[str, bytes]) -> None:
    """A call with JSON in ASCII, from which no script and no tag can come."""
    text = site["search/1.js"].decode("ascii")
    words, rows = json.loads(text.removeprefix("offing(").removesuffix(");\n"))
    assert [row[0] for row in rows] == [project_id(number) for number in (2, 1, 3)], "the latest reported first"
    assert rows[0][1] == HOSTILE
    assert [words[number] for number in rows[1][8]] == ["Huawei", "华为"]
    assert [words[number] for number in rows[1][2]] == ["KEN", "UGA"]


def test_every_link_of_the_site_leads_somewhere(site: dict[str, bytes]) -> None:
    """To a file of the site and a place on it, to a file of the release, or away by http."""
    files = {f"../{each.name}" for each in HEAD.files}
    targets = {name: {*parsed(site, name).xpath("//@id")} for name in pages(site)}
    dead = [
        f"{name}: {link}"
        for name in targets
        for part in PARTS
        for link in parsed(site, name).xpath(f"//@*[name()='{part}']")
        if not leads(name, link, site, targets)
        and posixpath.normpath(posixpath.join(posixpath.dirname(name), link)) not in files
    ]
    assert dead == []
    assert all(len(found) == len(parsed(site, name).xpath("//@id")) for name, found in targets.items()), (
        "an id comes twice"
    )


def leads(name: str, link: str, site: dict[str, bytes], targets: dict[str, set[str]]) -> bool:
    """Whether a link leads away, or to something that is there."""
    if link.startswith("https://"):
        return True
    path, _, place = link.partition("#")
    there = posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name
    return there in site and (not place or place in targets[there])


def test_nothing_is_loaded_from_elsewhere(site: dict[str, bytes]) -> None:
    """Neither by a page nor by its styles; each page has a policy that forbids it, before anything else."""
    for name in pages(site):
        page = parsed(site, name)
        loaded = [*page.xpath("//link/@href"), *page.xpath("//*/@src")]
        assert not [each for each in loaded if ":" in each or each.startswith("/")], name
        policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
        assert policy.startswith("default-src 'none'; ")
        assert "unsafe" not in policy
        assert site[name].index(b"Content-Security-Policy") < site[name].index(b"<title")
    assert not re.search(rb"url\(|@import|https?:", site["site.css"])
    assert not re.search(rb"https?:|fetch\(|XMLHttp|innerHTML|eval", site["search.js"])


def test_the_same_projects_are_the_same_bytes(site: dict[str, bytes]) -> None:
    """Those that come back from storage, too, whose tables and cells have another order."""
    again = [unpacked(each.packed()) for each in everything()]
    assert files_of(each for each in again if each) == site


def test_each_page_has_its_checksum(site: dict[str, bytes]) -> None:
    """As `sha256sum --check` reads them, in a file of the site's own."""
    lines = site["SHA256SUMS"].decode().splitlines()
    found = {name: digest for digest, name in (line.split("  ") for line in lines)}
    assert found == {name: hashlib.sha256(each).hexdigest() for name, each in site.items() if name != "SHA256SUMS"}


def test_no_page_knows_the_machine_that_wrote_it(site: dict[str, bytes]) -> None:
    """No path and no day of today."""
    everything_said = b"".join(content for name, content in site.items() if name != "search.js")
    assert not re.search(rb"/home/|/tmp/|/work/|/root", everything_said)


def test_long_lists_are_pages_without_any_script(site: dict[str, bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    """Page by page, each project once, the latest reported first; the parts of the search likewise."""
    monkeypatch.setattr(lists, "ON_PAGE", 4)
    monkeypatch.setattr(lists, "IN_PART", 4)
    files = files_of(body(number) for number in range(1, 11))
    name, found = "projects.html", []
    while name:
        page = parsed(files, name)
        found += page.xpath("//table//tbody//a/@href")
        after = page.xpath("//a[@rel='next']/@href")
        name = posixpath.normpath(posixpath.join(posixpath.dirname(name), after[0])) if after else ""
    assert [each.removeprefix("../") for each in found] == [f"projects/{project_id(n)}.html" for n in range(10, 0, -1)]
    assert {name for name in files if name.startswith("search/")} == {f"search/{number}.js" for number in (1, 2, 3)}
    kenya = [name for name in files if name.startswith("lists/country-ken")]
    assert kenya == ["lists/country-ken.html", "lists/country-ken-page-2.html", "lists/country-ken-page-3.html"]


def test_the_front_page_counts(site: dict[str, bytes]) -> None:
    """Projects, countries, years; what is not known is counted as that."""
    page = parsed(site, "index.html")
    figures = dict(
        zip(texts(page, "//dl[@class='figures']//dt"), texts(page, "//dl[@class='figures']//dd"), strict=True)
    )
    assert (figures["projects"], figures["host countries"]) == ("3", "2")
    countries = dict(
        zip(
            texts(page, "//table[@id='countries']/tbody//th"),
            texts(page, "//table[@id='countries']/tbody//td"),
            strict=True,
        )
    )
    assert countries == {"Kenya": "2", "Uganda": "1", "unknown": "1"}
    assert "The <b>Desk</b>. Projects of Chinese" in texts(page, "//section[@aria-labelledby='cite']")[0]


def test_figures_are_counted_on_the_release(site: dict[str, bytes]) -> None:
    """What nobody measured has no figure."""
    page = parsed(site, "methods.html")
    shares = dict(zip(texts(page, "//dl[@class='shares']//dt"), texts(page, "//dl[@class='shares']//dd"), strict=True))
    assert shares["Projects that more than one outlet reported"] == "67% 2 of 3"
    assert shares["sector"] == "67% 2 of 3"
    assert "is not measured in this release" in texts(page, "//main")[0]


def test_agreement_of_readers_is_said_where_it_was_measured() -> None:
    """On the page of methods; a release that is written again knows it from its statistics.json."""
    fields = (FieldAgreement("status", 8, 6), FieldAgreement("firms", 0, 0))
    found = Agreement(10, 9, 0.71234, {}, fields, ())
    written = release([], found)
    page = parsed(written, "site/methods.html")
    shares = dict(
        zip(texts(page, "//dl[@class='shares'][2]//dt"), texts(page, "//dl[@class='shares'][2]//dd"), strict=True)
    )
    assert (shares["verdict"], shares["status"]) == ("90% 9 of 10", "75% 6 of 8")
    assert "chance: 0.7123." in texts(page, "//main")[0]
    head = head_from(written["datapackage.json"])
    again = replace(head, statistics=measured_before(written["statistics.json"]))
    assert files_of([], again)["methods.html"] == written["site/methods.html"]
    assert "is not measured" in release([], None)["site/methods.html"].decode()


def release(bodies: list[ProjectBody], agreement: Agreement | None) -> dict[str, bytes]:
    """The files of a whole release."""
    streams: dict[str, Kept] = {}
    outline = Outline("1.0", formats=(ReleaseFormat.SITE,), at=NOW, agreement=agreement)
    writer = ReleaseWriter(lambda name: streams.setdefault(name, Kept()), outline)
    for each in bodies:
        writer.add(each, None, known=False)
    writer.finish()
    return {name: each.content for name, each in streams.items()}


def test_an_empty_release_has_a_site() -> None:
    """Nothing to show is shown."""
    files = files_of([])
    assert "This release has no projects." in texts(parsed(files, "projects.html"), "//main")[0]


def test_the_year_of_commitment() -> None:
    """Approved or signed before what came later; the day of the report where no source has a day."""
    rows: dict[str, Any] = {
        "events": [{"status": "completed", "event_date": "2021"}, {"status": "proposed", "day": "2010-01-01"}]
    }
    assert commitment_year(rows) == "2021"
    rows["events"] += [{"status": "under-construction", "day": "2020-02-02"}]
    assert commitment_year(rows) == "2020"
    rows["events"] += [{"status": "signed", "day": "2022-02-02"}]
    assert commitment_year(rows) == "2022"
    assert commitment_year({}) == ""


def test_words_numbers_and_names_of_files() -> None:
    """As people read them; two keys never share a file."""
    assert [said(each) for each in ("under-construction", "e-government", "record_type")] == [
        "under construction",
        "e-government",
        "record type",
    ]
    assert [figure(each) for each in ("172500000.5", "12", "1E+3", "一")] == ["172,500,000.5", "12", "1E+3", "一"]
    assert [percent(each) for each in (0, 0.0001, 0.004, 0.5, 0.996, 0.9999, 1)] == [
        "0%",
        "under 0.1%",
        "0.4%",
        "50%",
        "99.6%",
        "over 99.9%",
        "100%",
    ]
    keys = ("KEN", "ken-1", "ZTE", "zte", "a b", "a_b", "华为", "../..", "")
    assert len({slug(each) for each in keys}) == len(keys)
    assert all(re.fullmatch(r"[a-z0-9-]+", slug(each)) for each in keys)
    assert [direction(each) for each in ("ar", "en", "")] == ["rtl", "ltr", "auto"]
    assert [shade(number, 100) for number in (0, 1, 3, 10, 50, 100)] == [0, 1, 2, 3, 5, 5]
