"""Lines that stand among the paragraphs of an article without being text of it.

Each rule names a kind of line that the outlets of the world set into their articles; a line must be of that
kind as a whole to go. A sentence of the article never is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from offing.extract.fold import fold
from offing.extract.furniture import is_furniture, is_notice
from offing.model.dates import read_date

_HEAD = 4  # blocks from the top among which heading, date and byline stand
_LONGEST_BYLINE = 90

_BYLINE = re.compile(
    r"(?:by|par|por|von|de la rédaction|redacci[óo]n|reda[cç][ãa]o|автор|текст|بقلم|كتب|记者|作者|来源|文)[\s:：|/].*",
    re.IGNORECASE,
)
_DATED = re.compile(
    r"\W{0,5}(?:published|posted|updated|last (?:updated|modified)|publié|mis à jour|publicado|actualizado|atualizado"
    r"|опубликовано|обновлено|نشر|发布时间|时间|日期)\b[\s:：]*.{0,60}",
    re.IGNORECASE,
)
_UPDATED = re.compile(r"\W{0,3}(?:last )?(?:updated|published|posted)(?: on| at|:)? .{0,40}\d.{0,20}", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?…。！？؟।][\"'”»’)）」』]*$")


def article_lines(
    blocks: Sequence[str], title: str, outlet: str, now: datetime, repeated: frozenset[str] = frozenset()
) -> tuple[str, ...]:
    """The blocks that are text of the article, in order.

    Args:
        blocks: cleaned blocks as they stand on the page.
        title: the article's title; it is no paragraph, and short lines above it are the page's, not its own.
        outlet: the outlet's name.
        now: aware UTC, for telling dates.
        repeated: folded lines that stand on many pages of the outlet; a block that is one of them goes.
    """
    start = _after_heading(blocks, fold(title))
    names = {fold(title), fold(outlet), ""} | repeated
    body = blocks[start:]
    tail = len(body) // 2
    return tuple(
        block
        for place, block in enumerate(body)
        if fold(block) not in names
        and not is_furniture(block)
        and not (place < _HEAD and _is_dateline(block, now))
        and not (place >= tail and (is_notice(block) or _UPDATED.fullmatch(block)))
    )


def _after_heading(blocks: Sequence[str], title: str) -> int:
    """The place after the heading where it stands near the top with only short lines above, else 0."""
    for place, block in enumerate(blocks[:_HEAD]):
        if title and fold(block) == title:
            return place + 1
        if len(block) > _LONGEST_BYLINE or _SENTENCE_END.search(block):
            return 0
    return 0


def _is_dateline(block: str, now: datetime) -> bool:
    """A line with nothing but date or author."""
    if len(block) > _LONGEST_BYLINE:
        return False
    if read_date(block, now):
        return True
    return not _SENTENCE_END.search(block) and bool(_BYLINE.fullmatch(block) or _DATED.fullmatch(block))
