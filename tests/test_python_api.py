"""offing in Python: one call for one article, and the same result as on the command line."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import UTC, date, datetime
from importlib import import_module
from io import BytesIO
from pathlib import Path

import pytest

import offing
from extract.pdfs import Set, column, pdf
from offing.errors import ConfigError, MissingExtra, UsageError
from offing.services.analysis.analyse import analyse as analyse_rows
from offing.services.analysis.analyst import load_analyst
from offing.services.analysis.candidate_rows import candidate_row
from offing.services.analysis.explain import explain

DOCS = Path(__file__).parents[1] / "docs/python.md"
TITLE = "Konza data centre gets its money"
BODY = (
    "China Exim Bank lends Kenya $324 million. Huawei will build a national data centre in Konza, the ICT ministry "
    "said on Tuesday after the weekly meeting of the cabinet."
)
TEXT = f"{TITLE}\n\n{BODY}"
PAGE = f'<!doctype html><html lang="en"><body><article><h1>{TITLE}</h1><p>{BODY}</p></article></body></html>'


def test_the_page_prints_what_it_says() -> None:
    """Its example runs in a fresh process, and prints what stands below it."""
    code, printed = re.findall(r"```(?:python)?\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == printed


def test_it_says_what_the_command_line_says() -> None:
    """The candidates are those of `offing analyse --all`, the reason is that of `offing explain`."""
    gold = (Path(__file__).parent / "data/gold_open.jsonl").read_text(encoding="utf-8").splitlines()
    analyst = load_analyst(None)
    for line in gold[:132:22]:
        row = json.loads(line)
        (printed,) = analyse_rows(BytesIO(line.encode()), analyst, everything=True, on_error=pytest.fail)
        known = {"outlet": row["outlet"], "url": row.get("url", ""), "title": row["title"], "language": row["lang"]}
        published = datetime.fromisoformat(row["published"]) if row.get("published") else None
        found = offing.analyse("\n\n".join(row["paragraphs"]), published=published, **known)
        assert found.article is not None
        proposals = (*found.candidates, *found.below_cut)
        assert [candidate_row(each, found.article.text) for each in proposals] == printed["candidates"]
        assert explain(found.article, analyst).reject == found.rejection
        assert bool(found.candidates) != bool(found.rejection)


@pytest.mark.parametrize("source", [TEXT, TEXT.encode(), PAGE, PAGE.encode("utf-16"), TEXT.replace("\n", "\r\n")])
def test_a_text_and_a_page_are_one_article(source: str | bytes) -> None:
    """Whether as characters or bytes; quotes count in the article that comes back."""
    found = offing.analyse(source)
    assert found.article is not None
    assert (found.article.title, found.article.paragraphs, found.article.language) == (TITLE, (BODY,), "en")
    (candidate,) = found.candidates
    assert candidate.facts.countries == ("KEN",)
    assert all(found.article.text[each.start : each.end] == each.text for each in candidate.evidence)
    assert (found.rejection, found.context, found.below_cut) == (None, None, ())


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("news.txt", ("\ufeff" + TEXT).encode()),
        ("news.html", f"<h1>{TITLE}</h1><p>{BODY}</p>".encode()),
        ("news", PAGE.encode()),
        ("news.pdf", pdf([Set(TITLE, 18, 72, 760), *column(*re.findall(r".{1,80}(?: |$)", BODY))])),
    ],
)
def test_files_are_read_by_what_they_hold(tmp_path: Path, name: str, content: bytes) -> None:
    """Text, HTML and PDF, whatever they are called."""
    path = tmp_path / name
    path.write_bytes(content)
    found = offing.analyse(path)
    assert found.article is not None
    assert found.article.title == TITLE
    assert [lender.id for lender in found.candidates[0].facts.lenders] == ["china-eximbank"]


@pytest.mark.parametrize("source", [TEXT, PAGE])
def test_what_the_caller_knows_counts_for_more(source: str) -> None:
    """Title, language, date, address and outlet."""
    said = {"title": "Money for Konza", "language": "pt-BR", "url": "https://ledger.example/1", "outlet": "Accra Wire"}
    article = offing.analyse(source, published=date(2026, 3, 3), **said).article
    assert article is not None
    assert (article.title, article.language, article.outlet) == ("Money for Konza", "pt", "Accra Wire")
    assert (article.url, article.published) == (said["url"], datetime(2026, 3, 3, tzinfo=UTC))
    assert article.country == "GHA"


def test_a_page_keeps_what_it_says_of_itself() -> None:
    """Its address and its outlet; a page that states none has none."""
    stated = PAGE.replace("<body>", '<link rel="canonical" href="https://ledger.example/konza"><body>')
    article = offing.analyse(stated).article
    assert article is not None
    assert (article.url, article.domain) == ("https://ledger.example/konza", "ledger.example")
    assert article.outlet == "ledger.example"
    article = offing.analyse(PAGE).article
    assert article is not None
    assert (article.url, article.domain, article.outlet) == ("", "", "")


def test_without_a_candidate_it_says_why() -> None:
    """No article, no Chinese party, a summit."""
    empty = offing.analyse("<html><body><nav>Home</nav></body></html>")
    assert empty.article is None
    assert empty.rejection is not None
    assert empty.rejection.name == "no-article"
    other = offing.analyse("The rice harvest has begun in the delta.")
    assert other.rejection is not None
    assert (other.rejection.name, other.below_cut) == ("no-chinese-party", ())
    summit = offing.analyse("Leaders meet\n\nAfrican leaders met in Beijing for the China-Africa summit.")
    assert summit.context is not None
    assert summit.article is not None
    assert summit.article.text[summit.context.start : summit.context.end] == summit.context.quote
    assert len(summit.below_cut) == 1


@pytest.mark.parametrize("source", ["", " \n\n ", b"", "\u00a0"], ids=["none", "lines", "bytes", "space"])
def test_an_empty_text_is_refused(source: str | bytes) -> None:
    """There is nothing to analyse."""
    with pytest.raises(UsageError, match="the text is empty"):
        offing.analyse(source)


def test_what_cannot_be_read_is_refused_with_a_reason(tmp_path: Path) -> None:
    """A file that is missing, empty or of another kind, and a name given as a text."""
    (tmp_path / "empty.html").touch()
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF")
    for name, said in {"nowhere.txt": "No such file", "empty.html": "is empty", "photo.jpg": "neither HTML"}.items():
        with pytest.raises(UsageError, match=said):
            offing.analyse(tmp_path / name)
    with pytest.raises(UsageError, match=r"give Path\('news/konza.html'\)"):
        offing.analyse("news/konza.html")


@pytest.mark.parametrize("language", ["qq", "english", "e"])
@pytest.mark.parametrize("source", [TEXT, PAGE])
def test_an_unknown_language_is_refused(language: str, source: str) -> None:
    """No wording would be found in it."""
    with pytest.raises(UsageError, match=f"there is no language '{language}'"):
        offing.analyse(source, language=language)


def test_a_site_has_names_of_its_own(tmp_path: Path) -> None:
    """Its lexicon counts at once, also when it changes; what is wrong with it is said."""
    (tmp_path / "lexicons").mkdir()
    rows = "id,name,name_zh,parent,kind,source,note\nquillworks,Zhonglan Quillworks,,,firm,own,\n"
    text = "Zhonglan Quillworks has signed a contract with the ministry of Kenya to build a data centre in Nairobi."
    assert "quillworks" not in {firm.id for each in offing.analyse(text).candidates for firm in each.facts.firms}
    offing.analyse(text, config=tmp_path)
    (tmp_path / "lexicons/firms.csv").write_text(rows, encoding="utf-8")
    (candidate,) = offing.analyse(text, config=str(tmp_path)).candidates
    assert [firm.id for firm in candidate.facts.firms] == ["quillworks"]
    with pytest.raises(UsageError, match="there is no config folder"):
        offing.analyse(text, config=tmp_path / "nowhere")
    (tmp_path / "fetsh.toml").touch()
    with pytest.raises(ConfigError, match=r"did you mean 'fetch\.toml'"):
        offing.analyse(text, config=tmp_path)


def test_a_pdf_document_without_its_library_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a run, where such a document is set aside."""
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    with pytest.raises(MissingExtra, match=r"offing\[pdf\]"):
        offing.analyse(pdf([Set(TITLE, 18, 72, 760), *column(BODY)]))


def test_importing_offing_draws_in_nothing() -> None:
    """Whoever asks for the version pays for no stage; the stub names what there is."""
    code = "import offing, sys; print(*sorted(name for name in sys.modules if name.startswith('offing.')))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "\n"
    stub = Path(offing.__file__).with_suffix(".pyi").read_text(encoding="utf-8")
    for name in re.findall(r" as (\w+)$", stub, re.MULTILINE):
        assert getattr(offing, name) is getattr(import_module("offing.python_api"), name)
    with pytest.raises(AttributeError, match="has no attribute 'analyze'"):
        _ = offing.analyze  # type: ignore[attr-defined]
