"""Finds thousands of names at once, as whole words, in scripts with and without blanks.

An Aho-Corasick automaton finds the fixed start of a form in folded text; the variable rest (a trailing `*`, `...`
between words, Russian case endings) is then verified. Arabic prefixes (و ف ب ل ك س, the article) may precede a name,
which starts after them; Chinese needs no word boundary.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Generic, TypeVar

from ahocorasick_rs import AhoCorasick

from offing.model.reading.patterns import PatternRole, PatternWord
from offing.recognize.text.folded_text import fold_form, is_arabic, is_han
from offing.recognize.text.russian import endings, stem

T = TypeVar("T")

GAP = "..."  # in a form: up to eight words, or sixteen Chinese characters, of the same sentence
_LONGEST_ENDING = 30
_ANY_ENDING = rf"\w{{0,{_LONGEST_ENDING}}}"
# In a tail: an ending as `_word_parts` writes it, a blank, and literal letters.
_NEXT_WORD = re.compile(r"(?:\\w\{0,30\}|\(\?:[^()]*\)\?\\b)( [^\W\d_]++)(?![?*+{|])")
_ANY_WORDS = r"(?: [^ \n]{1,30}(?<![.;!?؟])){0,8}?"
_ANY_HAN = r"[^\n。;!?]{0,16}?"
_CHOICE = re.compile(r"\(([^()]*\|[^()]*)\)")
_WORD = re.compile(r"\([^()]*\|[^()]*\)|[^ (]+")  # a choice is one word
_AFTER_WORD = r"(?: |(?<='))"  # d' is not separated from the next word
_JOINED = ("", "و", "ف")
_PREPOSITIONS = ("", "ب", "ل", "ك", "س")
PROCLITICS = frozenset(a + b for a in _JOINED for b in _PREPOSITIONS if a + b)
ARTICLES = frozenset({a + b + "ال" for a in _JOINED for b in ("", "ب", "ك")} | {a + "لل" for a in _JOINED})
_ARTICLE = "ال"


@dataclass(frozen=True, slots=True)
class Form(Generic[T]):
    """A form to look for, and its payload.

    `inflects`: its Russian words may take case endings. `takes_article`: the Arabic article may precede it, as it does
    common words and demonyms but not names.
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
    """Patterns in columns; a pattern has the same index in all of them.

    `literals` feed the automaton; `tails` are the regular expressions for the text after them, "" for none; `articles`
    says whether the Arabic article may precede them; `payloads` are their values.
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
    """Finds many forms in one pass; overlapping hits are all reported."""

    def __init__(self, forms: Iterable[Form[T]] | PatternTable[T]) -> None:
        table = forms if isinstance(forms, PatternTable) else PatternTable.of(forms)
        self._tails, self._articles, self._payloads = table.tails, table.articles, table.payloads
        self._next_words: dict[str, str] = {}
        self._compiled: dict[str, re.Pattern[str]] = {}  # compiled on first use: few of thousands ever are
        self._automaton = AhoCorasick(table.literals, store_patterns=False)

    def find(self, text: str) -> Iterator[Hit[T]]:
        """All forms that occur in a folded text as whole words, by the end of their literal, longer ones first."""
        return (hit for _, hit in self.placed(text))

    def placed(self, text: str) -> Iterator[tuple[tuple[int, int], Hit[T]]]:
        """The same hits, each with its sort key: the end and start of its literal."""
        for number, start, literal_end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            if not starts_word(text, start, takes_article=self._articles[number]):
                continue
            end = self._end(self._tails[number], text, literal_end)
            if end > 0 and ends_word(text, end):
                yield (literal_end, start), Hit(start, end, self._payloads[number])

    def _end(self, tail: str, text: str, literal_end: int) -> int:
        """The end of the match whose literal ends at `literal_end`; -1 if the text after it does not fit."""
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
    """The blank and the word, or its beginning, in a tail after the ending of the word before; "" if there is none."""
    found = _NEXT_WORD.match(tail)
    return found[1] if found else ""


def find_in_turn(text: str, *matchers: Matcher[T]) -> list[Hit[T]]:
    """The hits of several matchers in a folded text, ordered as if one matcher had all their forms."""
    found = [each for matcher in matchers for each in matcher.placed(text)]
    return [hit for _, hit in sorted(found, key=itemgetter(0))]


def leading_choices(text: str) -> Iterator[tuple[str, str]]:
    """Expand a form that begins with a choice into its alternatives, each paired with the choice that it begins with.

    "(went|goes) into (full|) service" gives two; later choices are left to the search. An empty choice drops the words.
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
    """The words of a role as regex alternatives, longest first; matches nothing if there are none."""
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
    if not (is_arabic(char) and is_arabic(before)):
        return False
    first = start
    while first and start - first < 5 and _is_word(text[first - 1]):  # noqa: PLR2004 -- the longest prefix is وبال
        first -= 1
    prefix = text[first:start]
    return prefix in PROCLITICS or (takes_article and prefix in ARTICLES)


def ends_word(text: str, end: int) -> bool:
    """Whether a word ends here."""
    if end >= len(text) or not text[end - 1].isalnum() or is_han(text[end - 1]):
        return True
    return not _is_word(text[end]) or is_han(text[end])


def _is_word(char: str) -> bool:
    return char.isalnum() or char == "_"


def _patterns(form: Form[T]) -> Iterator[tuple[str, str]]:
    """The literals of a form, each with the regular expression for the text after it."""
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
    """The fixed start of a form and the regular expression of the rest, "" if all of it is fixed."""
    fixed, rest = "", ""
    for number, word in enumerate(words):
        before = words[number - 1] if number else ""
        # No blank where Chinese follows a gap or is in a choice.
        in_chinese = is_han(word.lstrip("(|")[:1] or " ") and (before == GAP or "(" in (before[:1], word[0]))
        blank = " " if before and not in_chinese else ""
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
    """The regular expression of a choice and of the blank before it; an empty choice drops both."""
    options = choice[1:-1].split("|")
    parted = ([_word_parts(word, inflects=inflects) for word in o.split()] for o in options if o.strip())
    found = "|".join(" ".join(re.escape(stay) + ending for stay, ending in words) for words in parted)
    end = "" if is_han(choice.lstrip("(|")[0]) else r"(?!\w)"
    whole = f"{_AFTER_WORD if blank else ''}(?:{found}){end}"
    return whole if all(option.strip() for option in options) else f"(?:{whole})?"


def _word_parts(word: str, *, inflects: bool) -> tuple[str, str]:
    """The fixed part of a word and the regular expression of its endings."""
    if "*" in word:
        return word.split("*", maxsplit=1)[0], _ANY_ENDING
    if inflects and (base := stem(word)):
        return base, endings(word)
    return word, ""
