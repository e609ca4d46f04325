"""Whole pages cut on purpose, in the ways in which outlets cut them; each cut leaves one sign of itself."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import cycle

from lxml import html

from offing.extract.checks.completeness import words
from offing.extract.markup.folded_letters import folded_letters

READ_ON = {
    "en": (
        "Read more",
        "Continue reading…",
        "Read the full story",
        "[Read more...]",
        "Keep reading »",
        "Read full article",
    ),
    "fr": ("Lire la suite", "Lire l’article complet", "Lire la suite de l’article →"),
    "es": ("Seguir leyendo", "Leer más", "Leer nota completa"),
    "pt": ("Continuar lendo", "Leia mais", "Leia a matéria completa"),
    "zh": ("阅读全文", "查看更多", "点击阅读全文>>", "展开全文"),
    "ru": ("Читать далее", "Подробнее", "Читать полностью »"),
    "ar": ("اقرأ المزيد", "متابعة القراءة", "إقرأ المزيد..."),
}
SUBSCRIBE = {
    "en": (
        "Subscribe to continue reading",
        "This article is for subscribers only. Already a subscriber? Log in",
        "You have reached your limit of free articles this month. Subscribe now for unlimited access.",
        "To read the rest of this story, please log in or create an account.",
        "This content is available exclusively to our subscribers.",
        "Sign up for free to keep reading. No credit card required.",
        "Want to read the full story? Join now for $1 a week",
        "Unlock this article with a digital subscription",
    ),
    "fr": (
        "Cet article est réservé aux abonnés",
        "Il vous reste 75 % de cet article à lire. La suite est réservée aux abonnés.",
        "Abonnez-vous pour lire la suite. Déjà abonné ? Connectez-vous",
    ),
    "es": (
        "Contenido exclusivo para suscriptores",
        "Suscríbete para seguir leyendo",
        "Para continuar leyendo esta nota, inicie sesión o regístrese gratis",
    ),
    "pt": (
        "Conteúdo exclusivo para assinantes",
        "Já é assinante? Faça login para continuar lendo",
        "Assine e tenha acesso ilimitado para ler esta reportagem",
    ),
    "zh": ("本文仅限会员阅读，请登录后继续阅读", "订阅后即可阅读全文", "付费阅读全文"),
    "ru": ("Материал доступен только подписчикам", "Оформите подписку, чтобы читать дальше"),
    "ar": ("هذا المحتوى للمشتركين فقط", "اشترك الآن لمتابعة القراءة"),
}
_GATES = ("paywall", "article__paywall", "subscription-required", "premium-gate locked", "c-box", "", "tp-wall message")
_LINKS = ('<p><a href="#">{}</a></p>', '<a class="more" href="{url}">{}</a>', "<button>{}</button>", "<div>{}</div>")
_SHOWN = 120  # words that a closed page shows
_ENDS = ("…", "...", " […]", " [...]")


@dataclass(frozen=True, slots=True)
class Page:
    """A whole page: markup, address, the paragraphs that are drawn from it, language."""

    markup: str
    url: str
    paragraphs: tuple[str, ...]
    language: str


class Cutter:
    """Cuts pages in one way after the other, with other words each time."""

    def __init__(self) -> None:
        self._words = {
            **{f"+{key}": cycle(value) for key, value in READ_ON.items()},
            **{f"${key}": cycle(value) for key, value in SUBSCRIBE.items()},
        }
        self._gates, self._links, self._ends = cycle(_GATES), cycle(_LINKS), cycle(_ends for _ends in _ENDS)
        self.kinds: dict[str, Callable[[Page], str | None]] = {
            "read on": self._read_on,
            "read on in line": self._in_line,
            "ellipsis": self._ellipsis,
            "subscribe": self._subscribe,
            "word count": self._word_count,
            "not free": self._not_free,
            "locked tier": self._locked,
        }

    def cuts(self, page: Page) -> Iterator[tuple[str, str]]:
        """Each way to cut and the page so cut; a page whose paragraphs cannot be found in it gives none."""
        for kind, cut in self.kinds.items():
            markup = cut(page)
            if markup:
                yield kind, markup

    def _word(self, mark: str, page: Page) -> str:
        return next(self._words.get(f"{mark}{page.language}") or self._words[f"{mark}en"])

    def _read_on(self, page: Page) -> str | None:
        sign = next(self._links).format(self._word("+", page), url=page.url)
        return _cut(page, 0.5, Trace(sign=sign))

    def _in_line(self, page: Page) -> str | None:
        return _cut(page, 0.5, Trace(tail=f'<a href="{page.url}">{self._word("+", page)}</a>'))

    def _ellipsis(self, page: Page) -> str | None:
        return _cut(page, 0.5, Trace(end=next(self._ends)))

    def _subscribe(self, page: Page) -> str | None:
        return _cut(page, 0.5, Trace(sign=f'<div class="{next(self._gates)}"><p>{self._word("$", page)}</p></div>'))

    def _word_count(self, page: Page) -> str | None:
        return _cut(page, 0.4, Trace(data={"wordCount": words(" ".join(page.paragraphs))}))

    def _not_free(self, page: Page) -> str | None:
        part = {"@type": "WebPageElement", "isAccessibleForFree": "False", "cssSelector": ".story"}
        return _cut(page, _SHOWN, Trace(data={"isAccessibleForFree": False, "hasPart": part}))

    def _locked(self, page: Page) -> str | None:
        return _cut(page, _SHOWN, Trace(head='<meta property="article:content_tier" content="locked">'))


@dataclass(frozen=True, slots=True)
class Trace:
    """What a cut leaves: an element behind the text, a link or an ellipsis at its end, words in head or JSON-LD."""

    sign: str = ""
    tail: str = ""
    end: str = ""
    head: str = ""
    data: dict | None = None


def _cut(page: Page, share: float, trace: Trace) -> str | None:
    """The page with its first paragraphs, up to a share of its words, and a trace of the cut.

    None where its paragraphs are not found in elements of their own.
    """
    places = _places(page)
    keep = _kept(page, share)
    if not places or not 0 < keep < len(places):
        return None
    tree = html.document_fromstring(page.markup)
    elements = [tree.getroottree().xpath(path)[0] for path in places]
    _drop_data(tree)
    for element in elements[keep:]:
        if element.getparent() is not None and not set(element.iter()) & set(elements[:keep]):
            element.drop_tree()
    _mark(elements[keep - 1], trace)
    head = trace.head
    if trace.data:
        head += f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **trace.data})}</script>'
    for element in html.fragments_fromstring(f"{head}<i></i>")[:-1] if head else ():
        tree.find("head").append(element)
    return html.tostring(tree, encoding="unicode")


def _kept(page: Page, share: float) -> int:
    """How many paragraphs have at most a share of the words, or so many words; at least one."""
    most, so_far = share if share > 1 else share * words(" ".join(page.paragraphs)), 0
    for place, text in enumerate(page.paragraphs):
        so_far += words(text)
        if so_far > most:
            return max(1, place)
    return len(page.paragraphs)


@lru_cache(maxsize=4)
def _places(page: Page) -> tuple[str, ...]:
    """Where the smallest element of each paragraph stands, as paths; none where one has none."""
    tree = html.document_fromstring(page.markup)
    texts = [
        (folded_letters(each.text_content()), each)
        for each in tree.iter("p", "div", "li", "td", "blockquote", "h2", "h3")
    ]
    texts.sort(key=lambda pair: len(pair[0]))  # stable: of two with the same text the outer one
    found = []
    for paragraph in map(folded_letters, page.paragraphs):
        element = next((each for text, each in texts if paragraph in text), None)
        if element is None:
            return ()
        found.append(tree.getroottree().getpath(element))
    return tuple(found) if len(set(found)) == len(found) else ()


def _drop_data(tree: html.HtmlElement) -> None:
    """Take out the page's own words on its length and openness, so that each cut has the one sign it makes."""
    for element in list(tree.iter("script", "meta")):
        name = f"{element.get('property')} {element.get('name')}"
        if "ld+json" in (element.get("type") or "") or "content_tier" in name:
            element.drop_tree()


def _mark(last: html.HtmlElement, trace: Trace) -> None:
    if trace.end:
        words = last.text_content().strip().rstrip(".").split(" ")
        short = " ".join(words[: max(6, len(words) * 2 // 3)]) if len(words) > 8 else last.text_content()[:-8]
        for child in list(last):
            last.remove(child)
        last.text = f"{short}{trace.end}"
    if trace.tail:
        last.append(html.fragment_fromstring(trace.tail))
    for element in reversed(html.fragments_fromstring(trace.sign)) if trace.sign else ():
        last.addnext(element)
