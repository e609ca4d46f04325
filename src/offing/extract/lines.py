"""Lines that stand among the paragraphs of an article without being text of it.

Each rule names a kind of line that the outlets of the world set into their articles; a line must be of that
kind as a whole to go. A sentence of the article never is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from offing.extract.fold import fold
from offing.model.dates import read_date

_HEAD = 4  # blocks from the top among which heading, date and byline stand
_LONGEST_LINE = 220
_LONGEST_BYLINE = 90

# What stands alone on a line, folded: advertising, sharing, comments, subscription.
_ALONE = frozenset(
    fold(line)
    for line in (
        *("Advertisement", "Advertising", "Ad", "Sponsored", "Sponsored content", "Promoted", "Story continues below"),
        *("Article continues after ad", "Article continues below", "Story continues", "Continue reading", "Ads"),
        *("Publicité", "Annonce", "Publicidad", "Anuncio", "Publicidade", "Anúncio", "Реклама", "На правах рекламы"),
        *("إعلان", "إعلانات", "广告", "廣告", "Werbung", "Anzeige", "Pubblicità", "Iklan", "Reklam", "Quảng cáo"),
        *("Comments", "Comment", "Leave a comment", "Tell us what you think", "Commentaires", "Comentarios"),
        *("Comentários", "Комментарии", "التعليقات", "评论", "評論", "Kommentare", "Komentar"),
        *("Share", "Share this", "Share this article", "Share this story", "Tweet", "Partager", "Compartir"),
        *("Compartilhar", "Partilhar", "Поделиться", "شارك", "分享", "分享到", "Teilen", "Print", "Email", "Facebook"),
        *("Twitter", "WhatsApp", "Telegram", "LinkedIn", "More", "Related", "Don't miss", "You may also like"),
        *("Also read", "Read also", "Read more", "Read next", "See also", "Related articles", "Related stories"),
        *("Lire aussi", "À lire aussi", "Lea también", "Lea además", "Le puede interesar", "Leia também"),
        *("Leia mais", "Saiba mais", "Читайте также", "Читать также", "اقرأ أيضا", "اقرأ أيضًا", "延伸阅读", "相关阅读"),
        *("相关报道", "相关新闻", "Subscribe", "Subscribe now", "Subscribe to our newsletter", "Sign up"),
        *("Newsletter", "Thanks for signing up", "Sorry", "Click here", "Back to top", "All rights reserved"),
        *("Tous droits réservés", "Todos los derechos reservados", "Todos os direitos reservados"),
        *("Все права защищены", "جميع الحقوق محفوظة", "版权所有", "责任编辑", "打印", "关闭", "Photo", "Image"),
    )
)
# A line that begins like this and is short announces another article.
_TEASER = re.compile(
    r"\W{0,5}(?:(?:also\s+)?read(?:\s+(?:more|also|next|here))?|see\s+(?:more|also)|related(?:\s+(?:post|story|article))?|more\s+on\s+this"
    r"|(?:à\s+)?lire\s+aussi|lire\s+(?:plus|également)|lea\s+(?:también|además|más)|leia\s+(?:também|mais)|ver\s+también"
    r"|veja\s+também|читайте\s+также|читать\s+также|по\s+теме|اقرأ\s+أيضا?ً?|إقرأ\s+أيضا?ً?|延伸阅读|相关阅读|相关报道|推荐阅读"
    r"|don't miss|watch|listen)\s*[:：>»–—|].*",
    re.IGNORECASE | re.DOTALL,
)
_SIGN_UP = re.compile(
    r"(?:click here to (?:get|subscribe|read|sign|join)|get the .{0,40}\b(?:app|newsletter)|follow us on"
    r"|(?:sign up|subscribe) (?:for|to|here)|follow .{1,40} on (?:twitter|facebook|instagram)|abonnez-vous"
    r"|suscríbase|suscríbete|assine (?:já|a nossa)|подпи(?:сы|ши)|اشترك في)\b.*",
    re.IGNORECASE | re.DOTALL,
)
_RIGHTS = re.compile(r"(?:©|\(c\)|copyright\b|版权所有|all rights reserved).{0,120}", re.IGNORECASE)
_BYLINE = re.compile(
    r"(?:by|par|por|von|de la rédaction|redacci[óo]n|reda[cç][ãa]o|автор|текст|بقلم|كتب|记者|作者|来源|文)[\s:：|/].*",
    re.IGNORECASE,
)
_DATED = re.compile(
    r"\W{0,5}(?:published|posted|updated|last (?:updated|modified)|publié|mis à jour|publicado|actualizado|atualizado"
    r"|опубликовано|обновлено|نشر|发布时间|时间|日期)\b[\s:：]*.{0,60}",
    re.IGNORECASE,
)
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
    kept = [
        block
        for place, block in enumerate(blocks[start:])
        if fold(block) not in names and not _is_furniture(block) and not (place < _HEAD and _is_dateline(block, now))
    ]
    return tuple(kept)


def _after_heading(blocks: Sequence[str], title: str) -> int:
    """The place after the heading where it stands near the top with only short lines above, else 0."""
    for place, block in enumerate(blocks[:_HEAD]):
        if title and fold(block) == title:
            return place + 1
        if len(block) > _LONGEST_BYLINE or _SENTENCE_END.search(block):
            return 0
    return 0


def _is_furniture(block: str) -> bool:
    if len(block) > _LONGEST_LINE:
        return False
    if fold(block) in _ALONE:
        return True
    return any(rule.fullmatch(block) for rule in (_TEASER, _SIGN_UP, _RIGHTS))


def _is_dateline(block: str, now: datetime) -> bool:
    """A line with nothing but date or author."""
    if len(block) > _LONGEST_BYLINE:
        return False
    if read_date(block, now):
        return True
    return not _SENTENCE_END.search(block) and bool(_BYLINE.fullmatch(block) or _DATED.fullmatch(block))
