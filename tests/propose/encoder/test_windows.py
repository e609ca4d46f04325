"""Windows over a whole article, and the heads on what the encoder says of it, by their formulas on small numbers."""

from __future__ import annotations

import math

import numpy as np
import pytest

from offing.model.values.floats import shares
from offing.propose.encoder.heads import Heads, gelu, product
from offing.propose.encoder.windows import OVERLAP, TITLE, WINDOW, plain_of, windows_of

START, END = 0, 2
CHANCE = np.random.default_rng(5)


@pytest.mark.parametrize("count", [1, WINDOW - 3, WINDOW, WINDOW + 1, 700, 2000])
def test_each_piece_is_taken_once_and_in_order(count: int) -> None:
    """However long a text is, its windows give every piece once."""
    pieces = list(range(10, 10 + count))
    found = list(windows_of([5, 6, 7], pieces, (START, END)))
    assert [n for window in found for n in window.numbers[window.first : window.last]] == pieces
    assert all(len(window.numbers) <= WINDOW + 2 for window in found)
    assert all((window.numbers[0], window.numbers[-1]) == (START, END) for window in found)


def test_later_windows_have_date_title_and_what_went_before() -> None:
    """A later window begins with the date, the title up to its mark, and the last pieces of the one before."""
    pieces = [11, 12, END, *range(100, 900)]
    first, second = windows_of([5], pieces, (START, END))
    assert second.numbers[1:5] == [5, 11, 12, END]
    taken = first.last - first.first
    assert second.numbers[5 : second.first] == pieces[taken - OVERLAP : taken]


def test_a_title_without_an_end_is_cut() -> None:
    """A text of one long paragraph repeats no more of it than a title is long."""
    _, second = windows_of([], list(range(10, 800)), (START, END))
    assert second.numbers[1 : TITLE + 1] == list(range(10, 10 + TITLE))
    assert second.first == 1 + TITLE + OVERLAP


def test_no_text_has_no_window() -> None:
    """Nothing is read of nothing."""
    assert list(windows_of([5], [], (START, END))) == []


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("  two   words ", "two words"),
        ("ﬁrm", "firm"),
        ("e\u0301te\u0301", "été"),
        ("１２億", "12億"),
        ("a\u200bb", "a b"),
    ],
)
def test_plain_text_knows_where_it_comes_from(text: str, plain: str) -> None:
    """Each character of the plain text leads back to the letters it was made of."""
    found, places = plain_of(text)
    assert found == plain
    assert len(places) == len(found)
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert [start for start, _ in places] == sorted(start for start, _ in places)


def heads() -> Heads:
    """Heads of two dimensions, by chance."""
    shapes = {"turns.0": (3, 4), "turns.2": (3, 3), "project.key": (2, 2), "project.values.status": (2, 4)}
    arrays = {f"{name}.weight": floats(*shape) for name, shape in shapes.items()}
    arrays |= {f"{name}.bias": floats(shape[0]) for name, shape in shapes.items()}
    arrays |= {"project.questions": floats(1, 2, 2), "member.weight": floats(4, 2)}
    arrays |= {"own.weight": np.ones(2, np.float32), "own.bias": np.zeros(2, np.float32)}
    return Heads(arrays, {"project": ("status",)})


def floats(*shape: int) -> np.ndarray:
    """Numbers by chance."""
    return CHANCE.normal(size=shape).astype(np.float32)


def test_the_sentence_before_the_first_is_nothing() -> None:
    """What a sentence is told to be hangs on the one before it and on no other."""
    found, rows = heads(), floats(3, 2)
    alone = found.boundaries(rows[:1])
    assert np.allclose(found.boundaries(rows)[0], alone[0], atol=1e-6)
    assert not np.allclose(found.boundaries(rows)[1], found.boundaries(rows[1:])[0], atol=1e-4)
    assert np.allclose(found.boundaries(rows).sum(axis=1), 1, atol=1e-6)


def test_whose_a_sentence_is_moves_what_is_read() -> None:
    """The same pieces tell another status where they are another project's."""
    found, rows = heads(), floats(5, 2)
    own, other = (found.project(found.own(rows, np.full(5, whose)))["status"] for whose in (1, 2))
    assert own.shape == (2,)
    assert not np.allclose(own, other, atol=1e-4)


def test_states_of_a_project_are_normed_with_whose_they_are() -> None:
    """Each piece by itself: of what is added the mean is taken away, and it is as wide as one."""
    found, rows = heads(), floats(3, 2)
    whose = np.array([0, 3, 1])
    moved = rows + found.arrays["member.weight"][whose]
    moved = moved - moved.mean(axis=1, keepdims=True)
    assert np.allclose(found.own(rows, whose), moved / np.sqrt((moved**2).mean(axis=1, keepdims=True) + 1e-5))
    wide = Heads({**found.arrays, "own.weight": np.full(2, 3.0), "own.bias": np.full(2, 5.0)}, found.values)
    assert np.allclose(wide.own(rows, whose), 3 * found.own(rows, whose) + 5, atol=1e-5)


@pytest.mark.parametrize("value", [0, 1])
def test_what_each_piece_adds_to_a_value_is_a_part_of_its_log_odds(value: int) -> None:
    """All of them together, with the bias, are the log-odds beside the mean of the field's values."""
    found, own = heads(), floats(6, 2)
    parts = found.contributions("status", value, own)
    odds, bias = found.project(own)["status"], found.arrays["project.values.status.bias"]
    assert parts.shape == (6,)
    assert float(parts.sum()) == pytest.approx(odds[value] - odds.mean() - bias[value] + bias.mean(), abs=1e-5)


def test_what_no_question_looks_at_adds_nothing() -> None:
    """A piece counts as much as it is looked at."""
    found = heads()
    arrays = {**found.arrays, "project.key.weight": np.eye(2), "project.key.bias": np.zeros(2)}
    arrays["project.questions"] = np.array([[[90.0, 0.0], [90.0, 0.0]]])
    looking = Heads(arrays, found.values)
    own = np.array([[1.0, 0.5], [-1.0, 0.5]], np.float32)
    seen, unseen = looking.contributions("status", 0, own)
    assert abs(seen) > 0.01
    assert unseen == pytest.approx(0.0, abs=1e-6)


def test_gelu_and_shares_are_what_they_are_called() -> None:
    """By their formulas."""
    assert gelu(np.array([1.0], np.float32))[0] == pytest.approx(0.5 * (1 + math.erf(1 / math.sqrt(2))), abs=1e-6)
    assert gelu(np.zeros((0, 3), np.float32)).shape == (0, 3)
    assert shares(np.log(np.array([[1.0, 3.0]], np.float32)))[0] == pytest.approx([0.25, 0.75])


@pytest.mark.parametrize("damaged", [np.nan, np.inf])
def test_damaged_weights_are_an_error_and_no_figure(damaged: float) -> None:
    """Numbers that are not finite would make every share of a field a chance."""
    sound = np.ones((2, 3), np.float32)
    assert product(sound, sound.T).tolist() == [[3, 3], [3, 3]]
    with pytest.raises(FloatingPointError, match="not finite"):
        product(sound, np.full((3, 1), damaged, np.float32))
