"""Varies the endings of firm and lender names: without Co., Ltd or 有限公司, with China's name in full."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from offing.model.reading.rules import NameEnding
from offing.recognize.text.folded_text import fold_form, is_han

_SHORTEST_CHINESE = 4  # characters of a name without its legal form


class NameEndings:
    """Derives the spellings of a name from the endings it may have.

    Args:
        endings: the rows of `lexicons/name_endings.csv`.
    """

    def __init__(self, endings: Iterable[NameEnding]) -> None:
        endings = tuple(endings)
        forms = sorted((each.text.lower() for each in endings if not each.instead), key=len, reverse=True)
        self._parted = tuple(form for form in forms if not is_han(form[0]))
        self._joined = tuple(form for form in forms if is_han(form[0]))
        self._instead = tuple((f" {each.text}", f" {each.instead}") for each in endings if each.instead)
        self.key = lru_cache(maxsize=50_000)(self._key)

    def without_legal_form(self, text: str) -> str:
        """A firm's name without Co., Ltd or 有限公司, if enough of it is left to identify the firm."""
        low = text.lower()
        for form in (
            self._parted if low.endswith(self._parted) else ()
        ):  # most names end with none, which is quick to check
            base = text[: -len(form)].rstrip(" ,")
            if low.endswith((" " + form, "," + form)) and " " in base:
                return base
        for form in self._joined if text.endswith(self._joined) else ():
            if text.endswith(form) and len(text) - len(form) >= _SHORTEST_CHINESE:
                return text[: -len(form)]
        return text

    def spellings(self, text: str) -> Iterator[str]:
        """A name with and without its legal form, with & or "and", hyphen or blank, and each possible ending."""
        for base in (text, self.without_legal_form(text)):
            yield base
            if " & " in base:
                yield base.replace(" & ", " and ")
            if " and " in base:
                yield base.replace(" and ", " & ")
            if "-" in base.strip("-"):
                yield base.replace("-", " ")
        yield from (text.removesuffix(end) + instead for end, instead in self._instead if text.endswith(end))

    def _key(self, text: str) -> str:
        """The key that all spellings of a firm's name share: folded, without its legal form."""
        return fold_form(self.without_legal_form(text.strip()))


@lru_cache(maxsize=4)
def endings_of(endings: tuple[NameEnding, ...]) -> NameEndings:
    """The `NameEndings` for some endings, built once per process because it caches the keys of names."""
    return NameEndings(endings)
