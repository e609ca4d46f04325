"""Finding thousands of names at once, whole words only, in scripts with and without blanks.

A form is found by an automaton over folded text; what may vary (a trailing `*`, `...` between words, Russian case
endings) is verified behind it. Arabic prefixes (و ف ب ل ك س, the article) may stand before a name, which then starts
after them; Chinese needs no boundary.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Generic, TypeVar

from ahocorasick_rs import AhoCorasick

from offing.model.patterns import PatternRole, PatternWord
from offing.recognize.fold import fold_form, is_arabic, is_han
from offing.recognize.russian import endings, stem

T = TypeVar("T")

GAP = "..."  # in a form: up to eight words, or sixteen Chinese characters, of the same sentence
_LONGEST_ENDING = 30
_ANY_ENDING = rf"\w{{0,{_LONGEST_ENDING}}}"
# Of a tail: an ending as `_word_parts` writes it, a blank, and letters that stand there as they are.
_NEXT_WORD = re.compile(r"(?:\\w\{0,30\}|\(\?:[^()]*\)\?\\b)( [^\W\d_]++)(?![?*+{|])")
_ANY_WORDS = r"(?: [^ \n]{1,30}(?<![.;!?؟])){0,8}?"
_ANY_HAN = r"[^\n。;!?]{0,16}?"
_CHOICE = re.compile(r"\(([^()]*\|[^()]*)\)")
_WORD = re.compile(r"\([^()]*\|[^()]*\)|[^ (]+")  # a choice is one word
_AFTER_WORD = r"(?: |(?<='))"  # nothing parts d' from what follows
_JOINED = ("", "و", "ف")
_PREPOSITIONS = ("", "ب", "ل", "ك", "س")
PROCLITICS = frozenset(a + b for a in _JOINED for b in _PREPOSITIONS if a + b)
ARTICLES = frozenset({a + b + "ال" for a in _JOINED for b in ("", "ب", "ك")} | {a + "لل" for a in _JOINED})
_ARTICLE = "ال"


@dataclass(frozen=True, slots=True)
class Form(Generic[T]):
    """A form to look for and what it stands for.

    `inflects`: the Russian words of it may take case endings. `takes_article`: the Arabic article may stand
    before it, as it does before common words and demonyms but not before names.
    """

    text: str
    payload: T
    inflects: bool = False
    takes_article: bool = False


@dataclass(frozen=True, slots=True)
class Hit(Generic[T]):
    """A form found at a span of the folded text."""

    start: int
    end: int
    payload: T


@dataclass(frozen=True, slots=True)
class PatternTable(Generic[T]):
    """Patterns by column, each at the same place in all of them.

    `literals` are for the automaton; `tails` are the regular expressions of what follows them, "" for nothing;
    `articles` tells whether the Arabic article may stand before them, `payloads` what they stand for.
    """

    literals: Sequence[str]
    tails: Sequence[str]
    articles: Sequence[bool]
    payloads: Sequence[T]

    @classmethod
    def of(cls, forms: Iterable[Form[T]]) -> PatternTable[T]:
        """The patterns of some forms."""
        rows = (
            (literal, tail, form.takes_article, form.payload) for form in forms for literal, tail in _patterns(form)
        )
        columns = tuple(map(list, zip(*rows, strict=True)))
        return cls(*columns) if columns else cls((), (), (), ())


class Matcher(Generic[T]):
    """Finds all of many forms in one pass; overlapping finds are all reported."""

    def __init__(self, forms: Iterable[Form[T]] | PatternTable[T]) -> None:
        table = forms if isinstance(forms, PatternTable) else PatternTable.of(forms)
        self._tails, self._articles, self._payloads = table.tails, table.articles, table.payloads
        self._next_words: dict[str, str] = {}
        self._compiled: dict[str, re.Pattern[str]] = {}  # when first met: few of thousands ever are
        self._automaton = AhoCorasick(table.literals, store_patterns=False)

    def find(self, text: str) -> Iterator[Hit[T]]:
        """All forms that stand in a folded text as whole words, by the end of their literal, longer ones first."""
        return (hit for _, hit in self.placed(text))

    def placed(self, text: str) -> Iterator[tuple[tuple[int, int], Hit[T]]]:
        """The same, each with the end and start of its literal, by which they are in order."""
        for number, start, literal_end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            if not starts_word(text, start, takes_article=self._articles[number]):
                continue
            end = self._end(self._tails[number], text, literal_end)
            if end > 0 and ends_word(text, end):
                yield (literal_end, start), Hit(start, end, self._payloads[number])

    def _end(self, tail: str, text: str, literal_end: int) -> int:
        """Where the match ends whose literal ended there; -1 if what follows does not fit."""
        if not tail:
            return literal_end
        if tail not in self._next_words:
            self._next_words[tail] = next_word(tail)
        word = self._next_words[tail]
        if word and text.find(word, literal_end, literal_end + _LONGEST_ENDING + len(word)) < 0:
            return -1  # in a Russian article 800 of 840 tails end here, which took 0.16 seconds to compile
        if tail not in self._compiled:
            self._compiled[tail] = re.compile(tail)
        found = self._compiled[tail].match(text, literal_end)
        return found.end() if found else -1


def next_word(tail: str) -> str:
    """The blank and the word, or its beginning, that a tail has behind the ending of the word before; "" where none."""
    found = _NEXT_WORD.match(tail)
    return found[1] if found else ""


def find_in_turn(text: str, *matchers: Matcher[T]) -> list[Hit[T]]:
    """What several matchers find in a folded text, in the order in which one of all their forms would find it."""
    found = [each for matcher in matchers for each in matcher.placed(text)]
    return [hit for _, hit in sorted(found, key=itemgetter(0))]


def leading_choices(text: str) -> Iterator[tuple[str, str]]:
    """The forms that a form which begins with a choice stands for, each with the choice that it begins with.

    "(went|goes) into (full|) service" gives two; choices further on are left to the search. An empty choice leaves the
    place out.
    """
    choice = _CHOICE.match(text)
    if choice is None:
        yield text, text
        return
    rest = text[choice.end() :]
    for option in choice[1].split("|"):
        if option.strip():
            yield option + rest, option
        else:
            yield from leading_choices(rest.lstrip())


def alternatives(words: Iterable[PatternWord], role: PatternRole) -> str:
    """The regular expression of the words of a role, the longest first; what nothing matches where there are none."""
    texts = sorted((word.text for word in words if word.role is role), key=len, reverse=True)
    return "|".join(map(re.escape, texts)) or "(?!)"


def starts_word(text: str, start: int, *, takes_article: bool = False) -> bool:
    """Whether a word, or the stem of an Arabic word behind its prefixes, starts here."""
    char = text[start]
    if start == 0 or not char.isalnum() or is_han(char):
        return True
    before = text[start - 1]
    if not _is_word(before) or is_han(before):
        return True
    return is_arabic(char) and is_arabic(before) and _stands_behind_prefix(text, start, takes_article)


def ends_word(text: str, end: int) -> bool:
    """Whether a word ends here."""
    if end >= len(text) or not text[end - 1].isalnum() or is_han(text[end - 1]):
        return True
    return not _is_word(text[end]) or is_han(text[end])


def _is_word(char: str) -> bool:
    return char.isalnum() or char == "_"


def _stands_behind_prefix(text: str, start: int, takes_article: bool) -> bool:
    first = start
    while first and start - first < 5 and _is_word(text[first - 1]):  # noqa: PLR2004 -- the longest is وبال
        first -= 1
    prefix = text[first:start]
    return prefix in PROCLITICS or (takes_article and prefix in ARTICLES)


def _patterns(form: Form[T]) -> Iterator[tuple[str, str]]:
    """The literals by which a form is found, each with the regular expression of what follows."""
    folded = fold_form(form.text)
    words = _WORD.findall(folded) if _CHOICE.search(folded) else folded.split(" ")
    if not any(words):
        return
    variants = [words]
    if words[0].startswith(_ARTICLE) and len(words[0]) > 3:  # noqa: PLR2004 -- ل and the article become لل
        variants.append(["لل" + words[0][2:], *words[1:]])
    for variant in variants:
        literal, tail = _split(variant, inflects=form.inflects)
        if literal:
            yield literal, tail


def _split(words: list[str], *, inflects: bool) -> tuple[str, str]:
    """The fixed start of a form and the regular expression of the rest, "" where all of it is fixed."""
    fixed, rest = "", ""
    for number, word in enumerate(words):
        before = words[number - 1] if number else ""
        blank = _blank(before, word)
        if word == GAP:
            rest += _ANY_HAN if is_han(before.rstrip("|)")[-1]) else _ANY_WORDS
        elif _CHOICE.match(word):
            rest += _any_of(word, blank, inflects=inflects)
        else:
            stay, ending = _word_parts(word, inflects=inflects)
            if rest:
                rest += blank + re.escape(stay) + ending
            else:
                fixed, rest = fixed + blank + stay, ending
    return fixed, rest


def _any_of(choice: str, blank: str, *, inflects: bool) -> str:
    """The regular expression of a choice and of the blank before it; an empty choice leaves both out."""
    options = choice[1:-1].split("|")
    found = "|".join(" ".join(_pattern(word, inflects=inflects) for word in o.split()) for o in options if o.strip())
    end = "" if is_han(choice.lstrip("(|")[0]) else r"(?!\w)"
    whole = f"{_AFTER_WORD if blank else ''}(?:{found}){end}"
    return whole if all(option.strip() for option in options) else f"(?:{whole})?"


def _pattern(word: str, *, inflects: bool) -> str:
    stay, ending = _word_parts(word, inflects=inflects)
    return re.escape(stay) + ending


def _blank(before: str, word: str) -> str:
    """What stands between two words of a form: nothing where Chinese stands behind a gap or in a choice."""
    in_chinese = is_han(word.lstrip("(|")[:1] or " ") and (before == GAP or "(" in (before[:1], word[0]))
    return " " if before and not in_chinese else ""


def _word_parts(word: str, *, inflects: bool) -> tuple[str, str]:
    """The part of a word that stays and the regular expression of its endings."""
    if "*" in word:
        return word.split("*", maxsplit=1)[0], _ANY_ENDING
    if inflects and (base := stem(word)):
        return base, endings(word)
    return word, ""
