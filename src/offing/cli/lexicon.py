"""offing lexicon: what the lexicon finds, and names that it lacks."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from offing.cli.context import Site, pass_site, print_json
from offing.cli.queue import one_line
from offing.model.codec import to_plain
from offing.model.mention import DatePoint, MentionKind, Money, Quantity

if TYPE_CHECKING:
    from offing.model.mention import Mention
    from offing.steps.trying import Passed, Tried

_NAMES = (
    MentionKind.FIRM,
    MentionKind.LENDER,
    MentionKind.COUNTERPART,
    MentionKind.COUNTRY,
    MentionKind.PLACE,
    MentionKind.CHINA,
)


@click.group(short_help="What the lexicon finds, and names that it lacks.")
def lexicon() -> None:
    """Firms, lenders, countries and wordings that recognition knows."""


@lexicon.command("try", short_help="What matches in a text, and why not.")
@click.argument("text")
@click.option("--lang", metavar="CODE", help="Language of the text (ISO 639-1), else detected.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@pass_site
def try_(site: Site, text: str, lang: str | None, *, as_json: bool) -> None:
    r"""Show what recognition finds in TEXT, and the names of the lexicon that stand in it but are not meant.

    TEXT of `-` is read from standard input.

    \b
    Example:  offing lexicon try "CDB lends to Huawei in Kenya"
              offing lexicon try --lang zh "中交承建蒙内铁路"
    """
    from offing.extract.language import language_of
    from offing.model.article import Article
    from offing.steps.analyst import load_analyst
    from offing.steps.trying import try_text

    written = sys.stdin.read() if text == "-" else text
    article = Article(0, written, (), lang or language_of(written) or "en")
    tried = try_text(article, load_analyst(site.settings.config).recognizer)
    if as_json:
        print_json({"language": article.language, **to_plain(tried)})
    else:
        click.echo("\n".join(_lines(tried, article.language)))


def _lines(tried: Tried, language: str) -> Iterator[str]:
    yield f"language {language}"
    names = [m for m in tried.found if m.kind in _NAMES]
    yield from _section("names", [_name_line(mention) for mention in names])
    yield from _section("wordings", [_cue_line(mention) for mention in tried.found if mention.kind not in _NAMES])
    yield from _section("not taken", [_passed_line(passed) for passed in tried.passed])
    if not tried.found and not tried.passed:
        yield "nothing that the lexicon or the wordings have stands in it"


def _section(title: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield title
        yield from lines


def _name_line(mention: Mention) -> str:
    known = _known(mention.name, mention.key) if mention.key else f"{mention.name or mention.text}, in no list"
    return f"  {mention.kind:12} “{one_line(mention.text)}”  {known}  · {mention.by or 'grammar'}"


def _cue_line(mention: Mention) -> str:
    by = f"  · {mention.by}" if mention.by and mention.by != mention.text else ""
    return f"  {mention.kind:12} “{one_line(mention.text)}”  {_meaning(mention)}  {mention.weight:.1f}{by}"


def _meaning(mention: Mention) -> str:
    """What a wording speaks for, a sum, size or date its value."""
    match mention.value:
        case Money(value, currency, qualifier):
            return f"{qualifier} {value:,f} {currency}".strip()
        case Quantity(value, unit):
            return f"{value:,f} {unit}"
        case DatePoint(day, precision):
            return f"{day:%Y-%m-%d} ({precision})"
        case _:
            return mention.key or mention.name


def _known(name: str, key: str) -> str:
    return name if name == key else f"{name} ({key})"


def _passed_line(passed: Passed) -> str:
    seen = passed.sighting
    return f"  {seen.kind:12} “{one_line(seen.text)}”  {_known(seen.name, seen.key)}  {passed.why}"
