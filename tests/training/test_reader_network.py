"""The reader in PyTorch: its encoder is the product's, windows lose nothing, a stopped run goes on as if it had not."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from offing.propose.encoder.pieces import Pieces
from offing.propose.encoder.windows import WINDOW

ROOT = Path(__file__).parents[2]
torch = pytest.importorskip("torch", reason="PyTorch is not installed (dependency group `train`)")


@pytest.fixture
def reader() -> SimpleNamespace:
    """The modules of the package."""
    from training.reader import batches, encoded, export, network, sources, state, train

    return SimpleNamespace(
        batches=batches, encoded=encoded, export=export, network=network, sources=sources, state=state, train=train
    )


@pytest.fixture
def weights(reader: SimpleNamespace) -> Any:
    """The weights of the package."""
    return reader.state.weights_of_package()


def some_texts(reader: SimpleNamespace, brief: str = "v1", count: int = 6) -> list[Any]:
    """Some articles of a brief."""
    lines = (ROOT / f"training/data/articles/{brief}.jsonl").read_text(encoding="utf-8").splitlines()
    return [reader.sources.article(json.loads(line), brief) for line in lines[:: len(lines) // count]]


def every_text(reader: SimpleNamespace) -> Iterator[Any]:
    """All articles of all briefs."""
    for file in sorted((ROOT / "training/data/articles").glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            yield reader.sources.article(json.loads(line), file.stem)


def test_the_encoder_says_what_the_products_says(reader: SimpleNamespace, weights: Any) -> None:
    """Before it learns, it gives the same states."""
    from offing.propose.encoder.engine import Engine

    vocabulary = reader.batches.Vocabulary(weights)
    cut = Pieces(weights.vocabulary).tokens("query: Huawei builds a road in Kenya.")
    numbers = [0, *(token.number for token in cut), 2]
    known = Engine(weights).states(numbers)
    mask = torch.ones(1, len(numbers), dtype=torch.bool)
    embeddings = torch.from_numpy(vocabulary.embeddings(np.array([numbers])))
    found = reader.network.Reader(weights, 12).eval().encoder(embeddings, mask)[0].numpy()
    likeness = (known * found).sum() / np.linalg.norm(known) / np.linalg.norm(found)
    assert likeness > 0.995  # the product's is rounded to whole numbers


def test_windows_take_each_piece_once(reader: SimpleNamespace, weights: Any) -> None:
    """What windows share is taken from the first of them."""
    (text, *_) = some_texts(reader)
    cutter, marks = Pieces(weights.vocabulary), (0, 2)
    encoded = reader.encoded.encoded(text, cutter, marks)
    windows = reader.batches.windows(encoded, marks)
    taken = [number for window in windows for number in window.numbers[window.first : window.last]]
    assert taken == encoded.pieces.tolist()
    assert all(len(window.numbers) <= WINDOW + 2 for window in windows)


def test_padding_changes_nothing(reader: SimpleNamespace, weights: Any) -> None:
    """A text is read alike alone and among others."""
    cutter, vocabulary = Pieces(weights.vocabulary), reader.batches.Vocabulary(weights)
    texts = [reader.encoded.encoded(text, cutter, (0, 2)) for text in some_texts(reader)]
    model = reader.network.Reader(weights, 12).eval()
    with torch.no_grad():
        alone = model(reader.batches.batch_of(texts[:1], vocabulary)[0])
        among = model(reader.batches.batch_of(texts, vocabulary)[0])
    for field in ("relevant", "status", "sector"):
        assert torch.allclose(alone[field][0], among[field][0], atol=1e-4)


def test_a_run_has_its_settings_and_says_whether_it_came_to_its_end(
    reader: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Ten epochs where nothing else is asked for; the exit code 75 tells one that goes on another time."""
    asked: list[Any] = []
    monkeypatch.setattr(reader.train, "run", lambda _, settings: bool(asked.append(settings)))
    monkeypatch.setattr("sys.argv", ["train", "--run", str(tmp_path), "--threads", str(torch.get_num_threads())])
    with pytest.raises(SystemExit) as ended:
        reader.train.main()
    assert ended.value.code == 75
    assert asked[0].epochs == 10


@pytest.mark.slow
def test_a_stopped_run_goes_on_as_if_it_had_not_stopped(
    reader: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A run that was ended and resumed has the parameters of one that ran through."""
    texts, threads = some_texts(reader), torch.get_num_threads()
    torch.set_num_threads(1)  # two add up in any order
    monkeypatch.setattr(reader.train, "sources", lambda _: texts)
    monkeypatch.setattr(reader.train, "held_out_texts", lambda: {"stopping": [], "reported": []})
    monkeypatch.setattr(reader.train, "figures", lambda *_: {"mean": 0.5})
    settings = reader.state.Settings("", epochs=1, budget=500, frozen=11, digests=0, news=0, narratives=0, groups=0)
    reader.train.run(tmp_path / "through", settings)
    step, steps = reader.train._step, []

    def stopping(*given: Any) -> Any:
        steps.append(1)
        if len(steps) == 2:
            signal.raise_signal(signal.SIGTERM)
        return step(*given)

    monkeypatch.setattr(reader.train, "_step", stopping)
    before = signal.getsignal(signal.SIGTERM)
    assert not reader.train.run(tmp_path / "stopped", settings)
    assert len(steps) == 2
    assert reader.train.run(tmp_path / "stopped", settings)
    signal.signal(signal.SIGTERM, before)
    torch.set_num_threads(threads)
    ends = [torch.load(tmp_path / name / "checkpoint.pt")["reader"] for name in ("through", "stopped")]
    assert len(steps) > 3
    assert all(torch.equal(ends[0][name], ends[1][name]) for name in ends[0])


def test_batches_are_about_as_large_as_asked(reader: SimpleNamespace, weights: Any) -> None:
    """Every text is in one batch, and padding is counted."""
    cutter = Pieces(weights.vocabulary)
    texts = [reader.encoded.encoded(text, cutter, (0, 2)) for text in some_texts(reader, count=20)]
    batches = reader.batches.batched(texts, 1500, Random(1))
    assert sorted(text.source.name for batch in batches for text in batch) == sorted(t.source.name for t in texts)
    assert all(max(len(t.pieces) for t in batch) * len(batch) <= 1500 for batch in batches if len(batch) > 1)


def test_what_is_exported_reads_as_what_learned(reader: SimpleNamespace, weights: Any) -> None:
    """The product's side gives the same log-odds but for rounding, project by project; its file is one it loads."""
    from offing.config.weights.tuned import tuned_of
    from offing.propose.encoder.article_encoder import ArticleEncoder

    torch.manual_seed(3)
    model = reader.network.Reader(weights, 4).eval()
    document = ArticleEncoder(tuned_of(reader.export.exported(model, weights)), weights)
    texts = [text for text in some_texts(reader, "v1", 8) if text.projects][:3]
    encoded = [reader.encoded.encoded(text, Pieces(weights.vocabulary), (0, 2)) for text in texts]
    for text, each in zip(texts, encoded, strict=True):
        with torch.no_grad():
            said = model(reader.batches.batch_of([each], reader.batches.Vocabulary(weights))[0])
        found = document.encode(text.article)
        assert [piece.number for piece in found.pieces] == each.pieces.tolist()
        odds = document.heads.project(document.heads.own(found.states, found.whole.members))
        for name, row in (odds | document.heads.document(found.states)).items():
            assert np.abs(row - said[name][0].numpy()).max() < 0.2, name
        tags = document.heads.tags(found.states, len(reader.encoded.TAGS))
        assert np.abs(tags - said["tags"][0].softmax(dim=-1).numpy()).max() < 0.1
        spans = [(span.first, span.last) for span in each.labelled_spans if not span.is_sum]
        roles = document.heads.roles("roles", found.states, spans)
        assert np.abs(roles - said["roles"].softmax(dim=-1).numpy()).max() < 0.1
        turns = document.heads.boundaries(found.means(found.sentences))
        assert np.abs(turns - said["turns"].softmax(dim=-1).numpy()).max() < 0.1
        begun = [found.begins(start) for start, _ in found.sentences]
        assert np.allclose(begun, turns[:, 1], atol=1e-5)


def test_a_part_is_read_as_it_learned(reader: SimpleNamespace, weights: Any) -> None:
    """Of a text of several projects each has its own sentences, as the training gives them."""
    from offing.config.weights.tuned import tuned_of
    from offing.propose.encoder.article_encoder import ArticleEncoder

    torch.manual_seed(3)
    model = reader.network.Reader(weights, 11).eval()
    document = ArticleEncoder(tuned_of(reader.export.exported(model, weights)), weights)
    text = next(text for text in every_text(reader) if len(text.projects) > 1)
    each = reader.encoded.encoded(text, Pieces(weights.vocabulary), (0, 2))
    found = document.encode(text.article)
    with torch.no_grad():
        said = model(reader.batches.batch_of([each], reader.batches.Vocabulary(weights))[0])
    for project in range(len(text.projects)):
        owners = each.owners.tolist()
        own = [bound for bound, owner in zip(found.sentences, owners, strict=True) if owner == project]
        unassigned = [bound for bound, owner in zip(found.sentences, owners, strict=True) if owner < 0]
        part = found.part(own, unassigned)
        assert part.members.tolist() == reader.batches.members_of(each, project, None).tolist()
        odds = document.heads.project(document.heads.own(found.states, part.members))
        for name, row in odds.items():
            assert np.abs(row - said[name][project].numpy()).max() < 0.2, name
