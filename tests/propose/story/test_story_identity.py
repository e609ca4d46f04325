"""Which story keeps which number."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from offing.model.review.story import PlacedTelling
from offing.propose.story import assign_ids
from propose.tellings import telling


def placed(number: int, *stood_in: int, now: int | None = None) -> PlacedTelling:
    """A telling that stood in some stories, its first one first; it stands in the last one, unless said otherwise."""
    return PlacedTelling(telling(number), now or (stood_in[-1] if stood_in else None), stood_in)


def test_the_oldest_number_stays() -> None:
    """Of two stories that become one the lower number stays; a new one has none yet."""
    assert assign_ids([(placed(1, 7), placed(2, 3), placed(3))]) == (3,)
    assert assign_ids([(placed(1),), (placed(2, 4),)]) == (None, 4)
    assert assign_ids([]) == ()


def test_decided_numbers_stay() -> None:
    """What people decided on outdoes age."""
    assert assign_ids([(placed(1, 3), placed(2, 7))], {7: 2, 3: 1}) == (7,)


def test_parted_stories_get_back_their_numbers() -> None:
    """Each part has the number under which its articles began, also where later ones began under the other's."""
    joined = [(placed(1, 1),), (placed(2, 2, 1), placed(3, 2, 1), placed(4, 1))]
    assert assign_ids(joined) == (1, 2)
    assert assign_ids(joined[::-1]) == (2, 1)


def test_the_larger_part_keeps_the_number() -> None:
    """Where both began under one number the larger part keeps it, of equal ones the one that stands there."""
    assert assign_ids([(placed(1, 1),), (placed(2, 1), placed(3, 1))]) == (None, 1)
    assert assign_ids([(placed(1, 1, 5),), (placed(2, 1),)]) == (5, 1)
    assert assign_ids([(placed(1, 1),), (placed(2, 1),)]) == (1, None)


@given(st.lists(st.lists(st.lists(st.integers(1, 5), max_size=3, unique=True), min_size=1, max_size=3), max_size=5))
def test_no_number_is_given_twice_or_to_strangers(histories: list[list[list[int]]]) -> None:
    """Whatever stood where, each number goes to one story at most, and to one that had it."""
    stories = [[placed(n, *past) for n, past in enumerate(story)] for story in histories]
    given_ = assign_ids(stories)
    numbers = [number for number in given_ if number is not None]
    assert len(set(numbers)) == len(numbers)
    for story, number in zip(histories, given_, strict=True):
        claims = {each for past in story for each in past}
        assert number in claims or (number is None and claims <= set(numbers))
