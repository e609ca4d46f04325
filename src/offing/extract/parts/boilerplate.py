"""Recognises furniture: the kinds of line that outlets set into and around their articles, by their words.

A line is furniture only if the whole of it is of one such kind. A sentence of the article never is: the words address
the reader, or are about the page itself. The words are in `config/wording/page-lines/`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from offing.extract.markup.folded_letters import folded_letters
from offing.model.sources.page_words import WordLists

_LONGEST_LINE = 220
_LONGEST_NOTICE = 600
_LONGEST_MARK = 60
_LONGEST_BOILERPLATE = 300
_MOST_KEPT = 2048  # cached line verdicts: the lines of a page are checked several times


def _opening(pattern: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    """A pattern that matches only at the start of a block, so that long blocks are not searched.

    Patterns and blocks are in lower case: case-insensitive matching takes twice as long.
    """
    return re.compile(rf"\A(?:{pattern})", flags)


class PageLines:
    """Distinguishes lines of the page from text.

    Args:
        words: the lists of `page-lines`.
    """

    def __init__(self, words: WordLists) -> None:
        choice = words.choice
        self._alone = frozenset(map(folded_letters, words.words("alone")))
        self._anywhere = _anywhere(words)
        # What the outlet says about readers' comments; only below the article.
        on_comments = _opening(rf".{{0,200}}(?:{choice('on_comments')}).{{0,400}}", re.DOTALL)
        self._below = (on_comments, _rights(words), _credits(words))
        # The same with nothing but names, and credits; names are recognised by their capitals.
        self._named = _opening(
            rf"(?:{choice('named')}) by [^\W\da-z][^.!?;:]{{2,60}}\.?"
            r"|\([cC]\)\s[^\W\da-z][^.!?]{1,60}(?:19|20)\d\d\W{0,3}"
        )
        # A short line that ends the article and announces what follows.
        self._end_mark = _opening(rf"\W{{0,3}}(?:\d{{1,5}}\s+)?(?:{choice('end_mark')})")
        # The heading above readers' comments.
        self._comments = _opening(
            rf"\W{{0,3}}(?:\d{{1,5}}\s+)?(?:{choice('comments')})(?:\s*[(\[（【:：]?\s*\d{{0,5}}\s*[)\]）】]?)?\W{{0,3}}"
        )
        self._often = re.compile(choice("often"))
        self._machine = self._anywhere[-1]
        self.is_furniture = lru_cache(maxsize=_MOST_KEPT)(self._is_boilerplate)
        self.is_notice = lru_cache(maxsize=_MOST_KEPT)(self._is_notice)

    def is_comments_heading(self, block: str) -> bool:
        """Whether a heading announces readers' comments."""
        return len(block) <= _LONGEST_MARK and bool(self._comments.fullmatch(block.lower()))

    def is_line_of_page(self, block: str) -> bool:
        """Whether a block is furniture or a notice."""
        return self.is_furniture(block) or self.is_notice(block)

    def is_end_mark(self, block: str) -> bool:
        """Whether a line announces what follows an article: comments, other articles, the author."""
        return len(block) <= _LONGEST_MARK and bool(self._end_mark.match(block.lower()))

    def is_often_of_page(self, block: str) -> bool:
        """Whether a short block has words that are more frequent in furniture than in text."""
        return len(block) <= _LONGEST_BOILERPLATE and bool(self._often.search(block.lower()))

    def _is_boilerplate(self, block: str) -> bool:
        """Whether a block is furniture wherever it stands."""
        lower = block.lower()
        if len(block) > _LONGEST_LINE:
            return bool(self._machine.fullmatch(lower))
        return folded_letters(block) in self._alone or any(rule.fullmatch(lower) for rule in self._anywhere)

    def _is_notice(self, block: str) -> bool:
        """Whether a block below the article is a notice on rights, reporters or readers' comments."""
        if len(block) > _LONGEST_NOTICE:
            return False
        lower = block.lower()
        return any(rule.fullmatch(lower) for rule in self._below) or bool(self._named.fullmatch(block))


def _anywhere(words: WordLists) -> tuple[re.Pattern[str], ...]:
    """The rules for lines that are furniture anywhere; the last one is for technical messages (JavaScript, errors)."""
    choice = words.choice
    # A short line that begins like this announces another article.
    teaser = _opening(rf"\W{{0,5}}(?:{choice('teaser')})\s*[:：>»–—|\]】].*", re.DOTALL)
    elsewhere = _opening(
        rf"\W{{0,5}}(?:{choice('elsewhere')}) ?(?:[\w-]+\.){{1,4}}[a-z]{{2,10}}\b[\s:：|–-].*(?<![.!?])"
    )
    sign_up = _opening(
        rf"\W{{0,5}}(?:{choice('sign_up')})(?!\w).*|\W{{0,5}}(?:{choice('sign_up_unparted')}).*", re.DOTALL
    )
    # The reader's own inbox, and the writer's contact: no sentence of a report.
    addressed = _opening(rf".{{0,180}}(?:{choice('addressed')}).{{0,180}}", re.DOTALL)
    reached = _opening(
        rf"\W{{0,3}}(?:(?:{choice('reach')})\s{{0,3}}:?\s{{0,3}})?"
        r"(?:[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}|@\w{2,30}"
        r"|(?:www\.)?(?:twitter|x|facebook|instagram)\.com/\S+)\W{0,3}"
    )
    labels = _opening(rf"(?:{choice('labels')})\s*[:：].{{0,200}}|(?:{choice('labels_alone')})\b.{{0,120}}", re.DOTALL)
    machine = _opening(rf".{{0,120}}(?:{choice('machine')}).{{0,300}}", re.DOTALL)
    return teaser, elsewhere, sign_up, addressed, reached, labels, _rights(words), machine


def _rights(words: WordLists) -> re.Pattern[str]:
    choice = words.choice
    return _opening(
        rf"(?:{choice('rights_first')}).{{0,200}}|.{{0,120}}(?:{choice('rights')}).{{0,120}}"
        rf"|.{{0,40}}(?:{choice('no_copies')}).{{0,120}}",
        re.DOTALL,
    )


def _credits(words: WordLists) -> re.Pattern[str]:
    """Credits for reporting, writing and editing below an agency text: in brackets, in two parts, or names alone."""
    credit = rf"(?:{words.choice('credit')})\b"
    return _opening(
        rf"[(（\[]\s*{credit}[^()（）\[\]]{{2,250}}[)）\]]\W{{0,2}}"
        rf"|{credit}.{{2,120}}[;；|]\s{{0,2}}(?:and )?{credit}.{{2,120}}"
    )
