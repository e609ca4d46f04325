"""`offing analyse`: what goes in, what comes out, what is refused."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from offing.cli.articles.analyse import analyse as command
from offing.errors import BadRecord
from offing.services.analysis.analyse import analyse, article_of
from offing.services.analysis.candidate_rows import encode
from offing.services.rows import jsonl
from suite import examples

Row = dict[str, Any]
PARAGRAPHS = [
    "Huawei and the government of Ghana signed a contract for 900 cameras in Accra on Monday.",
    "China Exim Bank will lend EUR 85 million for the safe city network, the interior minister said.",
]
ARTICLE: Row = {
    "id": "a1",
    "lang": "en",
    "title": "Ghana signs safe city contract with Huawei",
    "paragraphs": PARAGRAPHS,
}
LISTS = ("countries", "firms", "lenders", "amounts", "counterparts", "concerns", "quantities", "places")


def run(analyst: Any, *rows: Row | bytes, everything: bool = False) -> tuple[list[Row], list[BadRecord]]:
    """The output rows and the rows that were refused."""
    errors: list[BadRecord] = []
    source = io.BytesIO(b"".join(row if isinstance(row, bytes) else encode(row) for row in rows))
    return list(analyse(source, analyst, everything=everything, on_error=errors.append)), errors


def test_an_article_becomes_a_candidate_in_the_format(analyst: Any) -> None:
    """Fields, kinds and roles are those of the format; lists are never null; quotes stand at their offsets."""
    ((row,), errors) = run(analyst, ARTICLE)
    assert errors == []
    assert row["id"] == "a1"
    (candidate,) = row["candidates"]
    assert candidate["countries"] == ["GHA"]
    assert candidate["firms"][0]["name"] == "Huawei"
    assert set(candidate["firms"][0]) >= {"name", "as_written", "role"}
    assert [(a["value"], a["currency"], a["kind"]) for a in candidate["amounts"]] == [(85_000_000, "EUR", "loan")]
    assert candidate["amounts"][0]["as_written"] == "EUR 85 million"
    assert (candidate["sector"], candidate["status"]) == ("public-security-surveillance", "signed")
    assert all(isinstance(candidate[name], list) for name in LISTS)
    assert candidate["score"] > 0.5
    assert {"name", "weight", "text"} == set(candidate["reasons"][0])
    text = ARTICLE["title"] + "\n\n" + "\n\n".join(PARAGRAPHS)
    assert {e["field"] for e in candidate["evidence"]} >= {
        "countries",
        "firms",
        "lenders",
        "amounts",
        "sector",
        "status",
    }
    assert all(text[e["start"] : e["end"]] == e["text"] for e in candidate["evidence"])
    assert json.loads(encode(row)) == json.loads(json.dumps(row))


def test_text_instead_of_paragraphs_has_the_same_offsets(analyst: Any) -> None:
    """A text is as good as its paragraphs joined by empty lines."""
    as_text = {"id": 2, "lang": "en", "title": ARTICLE["title"], "text": "\n\n".join(PARAGRAPHS), "unknown": [1]}
    (rows, _) = run(analyst, ARTICLE, as_text)
    assert rows[1]["id"] == 2
    assert rows[0]["candidates"] == rows[1]["candidates"]


def test_title_date_and_language_are_optional(analyst: Any) -> None:
    """Without a title the two line ends still count; the language is told from the text."""
    bare = {"id": "b", "paragraphs": PARAGRAPHS, "title": None}
    ((row,), _) = run(analyst, bare)
    text = "\n\n" + "\n\n".join(PARAGRAPHS)
    assert row["candidates"]
    assert all(text[e["start"] : e["end"]] == e["text"] for e in row["candidates"][0]["evidence"])


def test_what_falls_below_the_cut_comes_only_with_everything(analyst: Any) -> None:
    """A football club with a Chinese owner is no candidate, but can be looked at."""
    club = {
        "id": "c",
        "lang": "en",
        "title": "Fosun's Wolves sign striker",
        "paragraphs": ["The Premier League club, owned by Fosun of Shanghai, signed a striker from Portugal."],
    }
    assert run(analyst, club)[0][0]["candidates"] == []
    ((shown,), _) = run(analyst, club, everything=True)
    assert shown["candidates"][0]["score"] < 0.5


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b"{not json}\n", "is not JSON"),
        (b"\xff\xfe\n", "is not JSON"),
        (b"[1]\n", "is not a JSON object but list"),
        (b'{"title": "x", "text": "y"}\n', 'has no "id"'),
        (b'{"id": 1}\n', 'neither "paragraphs" nor "text"'),
        (b'{"id": 1, "paragraphs": "x"}\n', "is not a list of strings"),
        (b'{"id": 1, "paragraphs": [1]}\n', "is not a list of strings"),
        (b'{"id": 1, "text": 5}\n', '"text" is not a string but int'),
        (b'{"id": 1, "title": ["x"], "text": ""}\n', '"title" is not a string but list'),
        (b"[" * 100_000 + b"\n", "is not JSON"),
    ],
)
def test_a_bad_row_is_reported_by_number_and_the_rest_goes_on(analyst: Any, line: bytes, message: str) -> None:
    """The number is the row's own in the input; the rows around it are analysed."""
    rows, errors = run(analyst, ARTICLE, b"\n", line, {**ARTICLE, "id": "after"})
    assert [row["id"] for row in rows] == ["a1", "after"]
    assert [error.number for error in errors] == [3]
    assert message in str(errors[0])


def test_a_row_without_end_is_passed_over(analyst: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A row longer than the limit is told and skipped without being held in memory."""
    monkeypatch.setattr(jsonl, "ROW_LIMIT", 1000)
    rows, errors = run(analyst, b"x" * 5000 + b"\n", ARTICLE)
    assert [row["id"] for row in rows] == ["a1"]
    assert "longer than 1000 bytes" in str(errors[0])


def test_a_fault_of_ours_costs_one_row(analyst: Any) -> None:
    """An unknown error on one row is told as a fault and the next row is analysed."""

    class Faulty:
        recognizer, scoring = analyst.recognizer, analyst.scoring

        def country_of(self, outlet: str, language: str) -> None:
            return None

        def analysis(self, article: Any) -> Any:
            if article.id == 1:
                raise KeyError("surprise")
            return analyst.analysis(article)

    rows, errors = run(Faulty(), ARTICLE, {**ARTICLE, "id": "after"})
    assert [row["id"] for row in rows] == ["after"]
    assert "fault of offing itself (KeyError" in str(errors[0])


def test_lone_surrogates_keep_their_place(analyst: Any) -> None:
    """What no library takes is replaced inside and returned as it was given, at the same offsets."""
    broken = {**ARTICLE, "paragraphs": ["\ud800 " + PARAGRAPHS[0], PARAGRAPHS[1]]}
    ((row,), errors) = run(analyst, json.dumps(broken).encode() + b"\n")
    assert errors == []
    text = ARTICLE["title"] + "\n\n" + "\n\n".join(broken["paragraphs"])
    assert all(text[e["start"] : e["end"]] == e["text"] for e in row["candidates"][0]["evidence"])
    assert encode(row).isascii()


def test_the_outlets_country_is_a_hint(analyst: Any) -> None:
    """An outlet that names a town tells its country; one of China, of two countries or of none tells nothing."""
    assert analyst.country_of("Dhaka Economic Observer", "en") == "BGD"
    assert analyst.country_of("Beijing Daily", "en") is None
    assert analyst.country_of("Ghana and Kenya Post", "en") is None
    assert analyst.country_of("", "en") is None
    article = article_of({**ARTICLE, "outlet": "Accra Times", "published": "2021-07-08"}, 1, analyst.country_of)
    assert article.country == "GHA"
    assert article.published is not None
    assert article.published.isoformat() == "2021-07-08T00:00:00+00:00"
    assert article_of({**ARTICLE, "published": "yesterday"}, 1, analyst.country_of).published is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(60), deadline=None)
@given(
    st.text(max_size=80),
    st.lists(st.text(max_size=300), min_size=1, max_size=4),
    st.sampled_from(["en", "zh", "ar", "ru", ""]),
)
def test_any_text_comes_through_with_exact_offsets(analyst: Any, title: str, paragraphs: list[str], lang: str) -> None:
    """Whatever characters stand in an article, it is analysed and quotes are exact."""
    paragraphs[0] += " Huawei signed a contract in Ghana."
    ((row,), errors) = run(analyst, {"id": 1, "lang": lang, "title": title, "paragraphs": paragraphs}, everything=True)
    assert errors == []
    text = title + "\n\n" + "\n\n".join(paragraphs)
    for candidate in row["candidates"]:
        assert all(text[e["start"] : e["end"]] == e["text"] != "" for e in candidate["evidence"])


def invoke(*arguments: str, **options: Any) -> Any:
    """The command's result."""
    return CliRunner().invoke(command, arguments, **options)


def test_the_command_reads_and_writes_files_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It needs no site: any folder will do; the output stands there whole."""
    monkeypatch.chdir(tmp_path)
    Path("in.jsonl").write_bytes(encode(ARTICLE))
    result = invoke("in.jsonl", "-o", "out.jsonl")
    assert (result.exit_code, result.stderr) == (0, "")
    assert json.loads(Path("out.jsonl").read_text(encoding="utf-8"))["candidates"][0]["countries"] == ["GHA"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl"]


def test_the_command_streams_from_stdin_to_stdout() -> None:
    """A dash is stdin and stdout; a bad row is told on stderr by number and makes the exit code 1."""
    result = invoke("-", input=encode(ARTICLE) + b"oops\n")
    assert result.exit_code == 1
    assert result.stderr.startswith("offing: row 2: is not JSON")
    assert json.loads(result.stdout)["id"] == "a1"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("missing.jsonl",), "missing.jsonl: No such file"),
        (("in.jsonl", "-o", "in.jsonl"), "in.jsonl is the input"),
        (("in.jsonl", "-o", "no/such/folder.jsonl"), "No such file"),
        (("in.jsonl", "--config", "nowhere"), "there is no config folder 'nowhere'"),
    ],
)
def test_a_call_that_cannot_work_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], message: str
) -> None:
    """One sentence says what is wrong, and nothing is written."""
    monkeypatch.chdir(tmp_path)
    Path("in.jsonl").write_bytes(encode(ARTICLE))
    result = invoke(*arguments)
    assert message in str(result.exception)
    assert [path.name for path in tmp_path.iterdir()] == ["in.jsonl"]


def test_a_sites_config_changes_what_comes_out(tmp_path: Path) -> None:
    """A site that raises the cut gets fewer candidates."""
    (tmp_path / "scoring.toml").write_text("[score]\ncut = 0.9999\n", encoding="utf-8")
    result = invoke("-", "--config", str(tmp_path), input=encode(ARTICLE))
    assert json.loads(result.stdout) == {"id": "a1", "candidates": []}
