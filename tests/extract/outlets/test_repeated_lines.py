"""Which lines of an outlet are the house's own."""

from __future__ import annotations

from offing.extract import repeated_lines


def texts(*extra: str, often: int, of: int = 20) -> list[tuple[str, ...]]:
    """Articles of an outlet, some of which have lines in common."""
    return [(f"What happened on day {n} is told here.", *(extra if n < often else ())) for n in range(of)]


def test_short_lines_of_several_articles_are_the_houses() -> None:
    """In three articles and a tenth of them, however they are set; twice is chance."""
    assert repeated_lines(texts("Follow us everywhere!", often=3)) == frozenset({"followuseverywhere"})
    assert repeated_lines(texts("Follow us everywhere!", often=2)) == frozenset()
    assert repeated_lines(texts("Follow us everywhere!", often=3, of=40)) == frozenset()
    assert repeated_lines([("A MOTTO",), ("A motto",), ("a motto.",)]) == frozenset({"amotto"})


def test_the_background_of_a_story_stays() -> None:
    """A long paragraph that comes back in a few articles tells of a story that goes on; in half of all it does not."""
    background = "The bridge is built by a Chinese company with a loan of a Chinese bank over 200 million dollars. " * 3
    assert repeated_lines(texts(background, often=8)) == frozenset()
    assert len(repeated_lines(texts(background, often=12))) == 1


def test_a_line_twice_in_one_article_counts_once() -> None:
    """Nothing is repeated by one article alone, and lines without letters are none."""
    assert repeated_lines([("Again.", "Again.", "Again.", "…")] * 1 + texts(often=0)) == frozenset()
    assert repeated_lines([("…",), ("…",), ("…",)]) == frozenset()
    assert repeated_lines([]) == frozenset()
