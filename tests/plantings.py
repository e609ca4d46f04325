"""Known pages with what is no text of theirs set between the paragraphs, and with parts of the text set apart.

What is planted is known to the letter, so it is known exactly what came along and what was lost. As in `imitations`,
each is a way of outlets to set such things; the words are our own, in the seven languages of the pipeline.
"""

from __future__ import annotations

import html as markup
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle, islice

from lxml import html

from known_page import Set
from offing.extract.markup.page_tree import read_page
from offing.model.sources.article import NoArticle
from planted_wording import BELOW, BETWEEN, WORDINGS, Other, Wording

EVERY = 3  # paragraphs between two plantings
_LEAST = 4  # paragraphs that a page must have
_SENTENCES = re.compile(r"(?<=[.!?])\s+(?=[^\W\d_a-zа-я])|(?<=[。！？])")


_PLACES = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Planted:
    """A page as it was changed: what must not come out of it, what must, and its text where that grew."""

    name: str
    body: bytes
    absent: tuple[str, ...] = ()
    present: tuple[str, ...] = ()
    text: str = ""


def plantings(
    body: bytes, text: str, language: str, others: Sequence[Other], ways: Collection[str] = ()
) -> Iterator[Planted]:
    """A page with each kind of thing planted, and with each kind of part set apart.

    Args:
        body: the page as it came.
        text: its known text.
        language: one of the seven that have a wording.
        others: other articles in that language, three or more.
        ways: the names of those asked for; all where none is.
    """
    for name in ways or CHANGES:
        read = read_page(body, "")
        if isinstance(read, NoArticle):
            return
        found = Set(read.tree, text)
        if len(found.inside) >= _LEAST and (done := CHANGES[name](found, WORDINGS[language], others)):
            page = html.tostring(read.tree, encoding="utf-8", doctype="<!doctype html>")
            absent, present = done
            yield Planted(name, page, tuple(absent), tuple(present), text)


_Done = tuple[list[str], list[str]] | None
_Change = Callable[[Set, Wording, Sequence[Other]], _Done]


def _planted(template: str, *, below: bool = False) -> _Change:
    def change(found: Set, wording: Wording, others: Sequence[Other]) -> _Done:
        source = cycle(others)
        behind = [found.inside[-1]] if below else found.inside[EVERY - 1 : -1 : EVERY]
        said: list[str] = []
        for at, each in enumerate(behind):
            values = _values(wording, list(islice(source, 3)), at)
            for new in reversed(html.fragments_fromstring(_filled(template, values))):
                each.addnext(new)
            said += [markup.unescape(values[name]) for name in _PLACES.findall(template) if not name.startswith("u")]
        return said, [one.text_content() for one in found.paragraphs]

    return change


def _filled(template: str, values: Mapping[str, str]) -> str:
    return _PLACES.sub(lambda place: values[place[1]], template)


def _values(wording: Wording, others: Sequence[Other], at: int) -> dict[str, str]:
    values = {"label": wording.label, "heading": wording.heading, "credits": wording.credits, "rights": wording.rights}
    values |= {"call": wording.invitation[0], "invitation": wording.invitation[1]}
    for place, other in zip(("", "2", "3"), others, strict=True):
        values |= {
            f"t{place}": other.title,
            f"s{place}": other.standfirst,
            f"u{place}": f"/2026/0{at % 9 + 1}/x{place}",
        }
    return {name: markup.escape(value) for name, value in values.items()}


def _apart(template: str, *, described: bool = False) -> _Change:
    """The first paragraph as a standfirst below the headline."""

    def change(found: Set, _: Wording, __: Sequence[Other]) -> _Done:
        heading = next(found.tree.iter("h1"), None)
        if heading is None or heading.getparent() is None:
            return None
        first, text = found.inside[0], found.inside[0].text_content().strip()
        first.drop_tree()
        if described:
            _describe(found, text)
        said = template.format(text=markup.escape(text))
        for new in reversed(html.fragments_fromstring(said)):
            heading.addnext(new)
        return [], [text]

    return change


def _describe(found: Set, text: str) -> None:
    for each in found.tree.xpath("//meta[contains(@name,'escription') or contains(@property,'escription')]"):
        each.drop_tree()
    meta = html.Element("meta", name="description", content=text)
    found.tree.find("head").append(meta)


def _listed(outer: str, inner: str, *, sentences: bool = True) -> _Change:
    """Two paragraphs in the midst as a list of their sentences."""

    def change(found: Set, _: Wording, __: Sequence[Other]) -> _Done:
        middle = len(found.inside) // 2
        said = [one.text_content().strip() for one in found.inside[middle - 1 : middle + 1]]
        items = [part for text in said for part in (_SENTENCES.split(text) if sentences else [text]) if part.strip()]
        new = html.fragment_fromstring(outer.format("".join(inner.format(markup.escape(item)) for item in items)))
        found.inside[middle + 1].addprevious(new)
        for one in found.inside[middle - 1 : middle + 1]:
            if one is not new and one.getparent() is not None:
                one.drop_tree()
        return [], items

    return change


def _each(template: str, every: int = EVERY) -> _Change:
    """Every third paragraph set otherwise than the others."""

    def change(found: Set, _: Wording, __: Sequence[Other]) -> _Done:
        said = []
        for one in found.inside[1::every]:
            said.append(one.text_content().strip())
            one.addprevious(html.fragment_fromstring(template.format(markup.escape(said[-1]))))
            one.drop_tree()
        return [], said

    return change


def _rest(tag: str, **attributes: str) -> _Change:
    """The lower part of the text in an element of its own, behind a button or an advertisement."""

    def change(found: Set, _: Wording, __: Sequence[Other]) -> _Done:
        inside = found.inside
        rest = inside[len(inside) // 2 :] if "part" not in attributes else inside[len(inside) // 3 :]
        around = html.Element(tag, **{key.rstrip("_"): value for key, value in attributes.items() if key != "part"})
        rest[0].addprevious(around)
        said = [one.text_content().strip() for one in rest]
        for one in rest:
            around.append(one)
        return [], said

    return change


def _all_in(tag: str) -> _Change:
    """Each paragraph bare in an element, or all in one."""

    def change(found: Set, _: Wording, __: Sequence[Other]) -> _Done:
        said = [one.text_content().strip() for one in found.inside]
        for one in found.inside:
            one.tag = tag
        return [], said

    return change


LOST = {
    "standfirst in a division": _apart("<div><p>{text}</p></div>"),
    "standfirst bare": _apart("<div>{text}</div>"),
    "standfirst in a header": _apart("<header><div><p>{text}</p></div></header>"),
    "standfirst as described": _apart("<div>{text}</div>", described=True),
    "standfirst above picture and byline": _apart(
        "<div><div>{text}</div></div><figure><img src='/2.jpg'></figure><div><a href='/by'>Ann Example</a></div>",
        described=True,
    ),
    "list of points": _listed("<ul>{}</ul>", "<li>{}</li>"),
    "list of steps": _listed("<ol>{}</ol>", "<li>{}</li>"),
    "list of paragraphs": _listed("<ul>{}</ul>", "<li><p>{}</p></li>"),
    "list of terms": _listed("<dl>{}</dl>", "<dd>{}</dd>"),
    "list of divisions": _listed('<div role="list">{}</div>', '<div role="listitem">{}</div>'),
    "list in a box": _listed('<div class="c-7f"><ul>{}</ul></div>', "<li>{}</li>"),
    "table of sentences": _listed("<table>{}</table>", "<tr><td>{}</td></tr>"),
    "questions in bold": _each("<p><strong>{}</strong></p>"),
    "paragraphs as headings": _each("<h3>{}</h3>", 5),
    "paragraphs quoted": _each("<blockquote><p>{}</p></blockquote>"),
    "paragraphs quoted bare": _each("<blockquote>{}</blockquote>"),
    "paragraphs in divisions": _each("<div><div>{}</div></div>"),
    "paragraphs bare among others": _each("<div>{}</div>"),
    "paragraphs in sections": _each("<section>{}</section>"),
    "rest in a division": _rest("div"),
    "rest in a section": _rest("section", class_="c-7f"),
    "rest hidden": _rest("div", style="display:none"),
    "rest hidden, two thirds": _rest("div", style="display:none", part="2"),
    "rest hidden by a name": _rest("div", hidden="", id="more-text"),
    "all in sections": _all_in("section"),
}
CHANGES: dict[str, _Change] = (
    {name: _planted(template) for name, template in BETWEEN.items()}
    | {name: _planted(template, below=True) for name, template in BELOW.items()}
    | LOST
)
