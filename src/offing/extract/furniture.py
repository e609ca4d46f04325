"""The kinds of line that outlets set into and around their articles, by the words they use for them.

Each rule names a kind of line; a line must be of that kind as a whole to be furniture. A sentence of the article
never is: the words address the reader, or the page itself. They stand in `page_lines/`, a file for each language.
"""

from __future__ import annotations

import re
from functools import lru_cache

from offing.extract.fold import fold
from offing.extract.page_lines import choice, words

_LONGEST_LINE = 220
_LONGEST_NOTICE = 600
_LONGEST_MARK = 60


def _opening(pattern: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    """A pattern that can stand at the start of a block only, so that no long block is searched through.

    All are in lower case, and so are the blocks that they meet: to match without regard to case takes twice as long.
    """
    return re.compile(rf"\A(?:{pattern})", flags)


_ALONE = frozenset(map(fold, words("alone")))
# A line that begins like this and is short announces another article.
_TEASER = _opening(rf"\W{{0,5}}(?:{choice('teaser')})\s*[:：>»–—|\]】].*", re.DOTALL)
_ELSEWHERE = _opening(rf"\W{{0,5}}(?:{choice('elsewhere')}) ?(?:[\w-]+\.){{1,4}}[a-z]{{2,10}}\b[\s:：|–-].*(?<![.!?])")
_SIGN_UP = _opening(
    rf"\W{{0,5}}(?:{choice('sign_up')})(?!\w).*|\W{{0,5}}(?:{choice('sign_up_unparted')}).*",
    re.DOTALL,
)
# The reader's own inbox, and where the writer can be reached: no sentence of a report.
_ADDRESSED = _opening(rf".{{0,180}}(?:{choice('addressed')}).{{0,180}}", re.DOTALL)
_REACHED = _opening(
    rf"\W{{0,3}}(?:(?:{choice('reach')})\s{{0,3}}:?\s{{0,3}})?"
    r"(?:[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}|@\w{2,30}"
    r"|(?:www\.)?(?:twitter|x|facebook|instagram)\.com/\S+)\W{0,3}"
)
_MACHINE = _opening(rf".{{0,120}}(?:{choice('machine')}).{{0,300}}", re.DOTALL)
_LABELS = _opening(rf"(?:{choice('labels')})\s*[:：].{{0,200}}|(?:{choice('labels_alone')})\b.{{0,120}}", re.DOTALL)
_RIGHTS = _opening(
    rf"(?:{choice('rights_first')}).{{0,200}}|.{{0,120}}(?:{choice('rights')}).{{0,120}}"
    rf"|.{{0,40}}(?:{choice('no_copies')}).{{0,120}}",
    re.DOTALL,
)
# What the outlet says of its readers' comments; only below the article.
_ON_COMMENTS = _opening(rf".{{0,200}}(?:{choice('on_comments')}).{{0,400}}", re.DOTALL)
# Who reported, wrote and edited, as agencies say below a text: in brackets, of two parts, or names and nothing else.
_CREDIT = rf"(?:{choice('credit')})\b"
_CREDITS = _opening(
    rf"[(（\[]\s*{_CREDIT}[^()（）\[\]]{{2,250}}[)）\]]\W{{0,2}}"
    rf"|{_CREDIT}.{{2,120}}[;；|]\s{{0,2}}(?:and )?{_CREDIT}.{{2,120}}"
)
# The same with nothing but names, and whose a text is; names are told by their capitals.
_NAMED = _opening(
    rf"(?:{choice('named')}) by [^\W\da-z][^.!?;:]{{2,60}}\.?|\([cC]\)\s[^\W\da-z][^.!?]{{1,60}}(?:19|20)\d\d\W{{0,3}}"
)
# A short line that says that the article is over and what comes now.
_END_MARK = _opening(rf"\W{{0,3}}(?:\d{{1,5}}\s+)?(?:{choice('end_mark')})")
# The heading above what readers wrote.
_COMMENTS = _opening(
    rf"\W{{0,3}}(?:\d{{1,5}}\s+)?(?:{choice('comments')})(?:\s*[(\[（【:：]?\s*\d{{0,5}}\s*[)\]）】]?)?\W{{0,3}}"
)


def is_comments_heading(block: str) -> bool:
    """Whether a heading says that below it stands what readers wrote."""
    return len(block) <= _LONGEST_MARK and bool(_COMMENTS.fullmatch(block.lower()))


@lru_cache(maxsize=2048)
def is_furniture(block: str) -> bool:
    """Whether a block is a line of the page and not of the article, wherever it stands."""
    lower = block.lower()
    if len(block) > _LONGEST_LINE:
        return bool(_MACHINE.fullmatch(lower))
    if fold(block) in _ALONE:
        return True
    return any(
        rule.fullmatch(lower)
        for rule in (_TEASER, _ELSEWHERE, _SIGN_UP, _ADDRESSED, _REACHED, _MACHINE, _LABELS, _RIGHTS)
    )


@lru_cache(maxsize=2048)
def is_notice(block: str) -> bool:
    """Whether a block below the article is what an outlet says of rights, of reporters and of its readers' comments."""
    if len(block) > _LONGEST_NOTICE:
        return False
    lower = block.lower()
    return any(rule.fullmatch(lower) for rule in (_ON_COMMENTS, _RIGHTS, _CREDITS)) or bool(_NAMED.fullmatch(block))


def is_line_of_page(block: str) -> bool:
    """Whether a block is a line of the page or a notice."""
    return is_furniture(block) or is_notice(block)


@lru_cache(maxsize=2048)
def is_end_mark(block: str) -> bool:
    """Whether a line announces what follows an article: comments, other articles, the author."""
    return len(block) <= _LONGEST_MARK and bool(_END_MARK.match(block.lower()))
