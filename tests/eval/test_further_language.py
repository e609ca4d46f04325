"""A language is added by data alone, a status word by a line; `offing evaluate --compare` shows what either does.

`tests/data/italian` is a site's config with the wordings of a language that does not ship: statuses, sectors, deeds …
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from eval.conftest import TESTS
from extract.pages import NOW, stored
from offing.cli.articles.evaluate import evaluate
from offing.cli.running.config import check
from offing.cli.site import Site
from offing.config.coverage import further_languages
from offing.config.files.layers import Layers
from offing.config.files.wording_files import read_languages
from offing.config.wordings.page_words import load_extraction
from offing.extract import extract_article
from offing.model.sources.article import ExtractedArticle
from offing.services.analysis.analyse import Analyst, analyse_row
from offing.services.analysis.analyst import load_analyst
from offing.settings import Settings

ITALIAN = TESTS / "data/italian"
NEWS, NEAR_MISS = map(json.loads, (TESTS / "data/italian_articles.jsonl").read_text("utf-8").splitlines())
PROJECT = {
    "countries": ["ZMB"],
    "firms": [{"name": "Huawei", "as_written": "Huawei", "role": "contractor"}],
    "lenders": [],
    "amounts": [{"value": 40_000_000, "currency": "USD", "as_written": "USD 40 million", "kind": "total-cost"}],
    "sector": "data-centre-cloud",
    "status": "suspended",
    "record_type": "project",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site's config folder with the Italian data."""
    return Path(shutil.copytree(ITALIAN, tmp_path_factory.mktemp("site") / "config"))


@pytest.fixture(scope="module")
def analyst(site: Path) -> Analyst:
    """What a site with these data reads by."""
    return load_analyst(site)


def analysed(analyst: Analyst, row: dict[str, Any]) -> list[dict[str, Any]]:
    """The candidates of an article whose language nobody says."""
    found: list[dict[str, Any]] = analyse_row(row, 1, analyst, analyst.country_of)["candidates"]
    return found


def test_an_article_of_a_further_language_becomes_a_whole_record(analyst: Analyst) -> None:
    """Country, firms by list and by pattern, lender, sum, body, sector, status, dates, size and place, each proven."""
    (found,) = analysed(analyst, NEWS)
    assert found["countries"] == ["MOZ"]
    assert [(firm["name"], firm["role"]) for firm in found["firms"]] == [
        ("Zhonglan Digital", "contractor"),
        ("Huawei", "supplier"),
    ]
    assert [lender["key"] for lender in found["lenders"]] == ["cdb"]
    (amount,) = found["amounts"]
    assert (amount["value"], amount["currency"], amount["kind"]) == (120_500_000, "USD", "contract")
    assert found["counterparts"] == ["ministero dei Trasporti"]
    assert (found["sector"], found["status"], found["mode"]) == ("data-centre-cloud", "signed", "loan")
    assert found["quantities"] == [{"value": 900, "unit": "cameras", "as_written": "900 telecamere"}]
    assert (found["places"], found["event_date"]["value"]) == (["Maputo"], "2026-03-04")
    text = "\n\n".join((str(NEWS["title"]), *NEWS["paragraphs"]))
    assert all(proof["text"] == text[proof["start"] : proof["end"]] for proof in found["evidence"])
    fields = {proof["field"] for proof in found["evidence"]}
    assert {
        "countries",
        "firms",
        "lenders",
        "amounts",
        "counterparts",
        "sector",
        "status",
        "mode",
        "event_date",
    } <= fields


def test_a_near_miss_of_a_further_language_is_no_candidate(analyst: Analyst) -> None:
    """A Chinese firm, a price and a denied deal are no project."""
    assert analysed(analyst, NEAR_MISS) == []


def test_without_the_data_it_is_no_record() -> None:
    """What ships does not read the language: nothing tells the firm, the sum and the status."""
    found = analysed(load_analyst(None), NEWS)
    assert not any(each["status"] == "signed" and each["amounts"] for each in found)


def test_a_page_of_a_further_language_is_reported_by_its_words() -> None:
    """Its words tell the language against what page and feed say; those of a site add to what ships."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in NEWS["paragraphs"])
    page = f"<html lang=en><head><meta charset=utf-8></head><body><h1>{NEWS['title']}</h1>{body}</body></html>"
    found = extract_article(stored(page), NOW, load_extraction(Layers.of(ITALIAN)))
    assert isinstance(found, ExtractedArticle)
    assert found.language == "it"


def test_a_language_is_read_once_a_status_or_sector_has_wordings(site: Path) -> None:
    """Which are read is no list."""
    shipped = read_languages(Layers.of())
    assert set(shipped) == {"en", "fr", "es", "pt", "zh", "ru", "ar"}
    assert set(read_languages(Layers.of(site))) == {*shipped, "it"}


def test_the_check_tells_what_a_further_language_has(site: Path) -> None:
    """Which tables have lines and how many, and which are empty; that is no error."""
    (found,) = further_languages(Layers.of(site))
    assert (found.language, found.is_read, found.lines["country_forms.csv"]) == ("it", True, 5)
    assert {"status", "sector", "signal", "currencies"} <= dict(found.present).keys()
    assert {"concern", "context.toml", "terms"} <= set(found.empty)
    assert further_languages(Layers.of()) == ()
    result = CliRunner().invoke(check, obj=Site(Settings(config=site)))
    assert result.exit_code == 0
    assert "language it: is read\n  lines: " in result.output


def test_lines_without_a_status_or_sector_are_not_read(tmp_path: Path) -> None:
    """The check says so of a language of which only other wordings stand somewhere."""
    (tmp_path / "wording/units").mkdir(parents=True)
    (tmp_path / "wording/units/de.toml").write_text('[units]\nkm = ["Kilometer*"]\n', encoding="utf-8")
    (found,) = further_languages(Layers.of(tmp_path))
    assert (found.language, found.is_read, ("units", 1) in found.present) == ("de", False, True)


@pytest.mark.slow
def test_a_status_word_is_a_line_and_evaluate_shows_its_effect(tmp_path: Path) -> None:
    """The figures before are kept, a word is added to a line, and the field that it changes shows by how much."""
    gold, before, words = tmp_path / "gold.jsonl", tmp_path / "before.json", tmp_path / "site/wording/our_status.toml"
    told = {
        "id": 1,
        "lang": "en",
        "published": "2026-03-05",
        "title": "Huawei data centre in Lusaka",
        "paragraphs": [
            "Zambia has given the data centre of Huawei in Lusaka the green umbrella. It is to cost USD 40 million."
        ],
        "relevant": True,
        "projects": [PROJECT],
    }
    gold.write_text(json.dumps(told) + "\n", encoding="utf-8")
    words.parent.mkdir(parents=True)
    words.write_text('kind = "status"\n[cues.suspended]\nen = ["on the back burner"]\n', encoding="utf-8")
    call = [str(gold), "--config", str(tmp_path / "site")]
    before.write_text(CliRunner().invoke(evaluate, [*call, "--json"]).stdout, encoding="utf-8")
    line = 'en = ["on the back burner", { text = "the green umbrella", weight = 2 }]'
    words.write_text(f'kind = "status"\n[cues.suspended]\n{line}\n', encoding="utf-8")
    lines = CliRunner().invoke(evaluate, [*call, "--compare", str(before)]).stdout.splitlines()
    assert "  status              0.000  1.000  +1.000" in lines
