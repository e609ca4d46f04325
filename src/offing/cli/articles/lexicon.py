"""offing lexicon: what the lexicon finds, and names that it lacks."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from offing.cli.articles.mutes import mute, mutes, unmute
from offing.cli.output.actor_lines import HEADING, actor_lines, plain_actors
from offing.cli.site import Site, pass_site, print_json
from offing.errors import UsageError
from offing.model.reading.mention import DatePoint, MentionKind, Money, Quantity
from offing.model.reading.rules import EntityKind
from offing.model.values.codec import to_plain
from offing.model.values.numbers import counted
from offing.services.views.plain import one_line

if TYPE_CHECKING:
    from offing.model.reading.actor import Actor
    from offing.model.reading.mention import Mention
    from offing.recognize import Recognizer
    from offing.services.lexicon.suggest import Suggestion
    from offing.services.lexicon.trying import LexiconTrial, PassedOver

_NAMES = (
    MentionKind.FIRM,
    MentionKind.LENDER,
    MentionKind.COUNTERPART,
    MentionKind.COUNTRY,
    MentionKind.PLACE,
    MentionKind.CHINA,
)


@click.group(short_help="Try the lexicon, and add names to it.")
def lexicon() -> None:
    """Try the lexicon of firms, lenders, countries and wordings, and add names to it."""


for _command in (mutes, mute, unmute):
    lexicon.add_command(_command)


@lexicon.command("try", short_help="Show what is recognised in a text, and what is not.")
@click.argument("text")
@click.option("--lang", metavar="CODE", help="Language of the text (ISO 639-1); by default detected.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@pass_site
def try_(site: Site, text: str, lang: str | None, *, as_json: bool) -> None:
    """Show what is recognised in TEXT, and which lexicon names in it are ignored, and why.

    Use `-` to read TEXT from standard input. "Yesterday" means the day before today.

    \b
    Example:  offing lexicon try "CDB lends to Huawei in Kenya"
              offing lexicon try --lang zh "中国交建承建蒙内铁路"
    """  # noqa: D301 -- click reads the backspace itself
    from offing.model.sources.article import Article
    from offing.services.analysis.analyst import load_analyst
    from offing.services.lexicon.trying import try_text
    from offing.services.running.run_context import utc_now
    from offing.services.views.actors import actors_named, load_register

    written = _written(text)
    recognizer = load_analyst(site.settings.config).recognizer
    article = Article(0, written, (), _language(lang, written, recognizer), published=utc_now())
    tried, language = try_text(article, recognizer), recognizer.reads_as(article)
    actors = actors_named((mention.key for mention in tried.found), load_register(site.layers))
    if as_json:
        print_json({"language": language, **to_plain(tried), "actors": plain_actors(actors)})
    else:
        click.echo("\n".join((*_lines(tried, language), *_section(HEADING, _indented(actors)))))


def _written(text: str) -> str:
    """Return the text to try, `-` being standard input."""
    content = sys.stdin.buffer.read() if text == "-" else os.fsencode(text)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        where = "standard input" if text == "-" else "TEXT"
        raise UsageError(f"{where} is not UTF-8 (byte {error.start}); convert it to UTF-8") from error


def _language(given: str | None, text: str, recognizer: Recognizer) -> str:
    """Return the given language, else that of the text."""
    from offing.extract.parts.language import language_of

    if given is None:
        return language_of(text, recognizer.language_words)
    code = given.lower().partition("-")[0]
    if code not in recognizer.languages:
        allowed = ", ".join(recognizer.languages)
        raise UsageError(f"--lang {given} is not a supported language; use one of {allowed}, or leave it out")
    return code


@lexicon.command("suggest", short_help="Suggest firms to add to the lexicon.")
@click.option("--limit", default=30, show_default=True, type=click.IntRange(min=1), help="How many to show.")
@click.option(
    "--since", metavar="DATE", type=click.DateTime(["%Y-%m-%d"]), help="Only from articles extracted since then."
)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@pass_site
def suggest(site: Site, limit: int, since: datetime | None, *, as_json: bool) -> None:
    """List probable Chinese firms that are not in the lexicon, most reported first.

    Add one with `offing lexicon adopt NAME`, or dismiss it with `offing lexicon dismiss NAME`. Both write to the
    site's config.

    \b
    Example:  offing lexicon suggest --since 2026-11-01
    """  # noqa: D301 -- click reads the backspace itself
    from offing.config.rules import load_rules
    from offing.services.lexicon.suggest import suggestions, why_none

    start = since.replace(tzinfo=UTC) if since else None
    found = suggestions(site.database(), load_rules(site.layers).lexicon, limit=limit, since=start)
    if as_json:
        print_json([to_plain(one) for one in found])
    elif not found:
        click.echo(why_none(site.database(), start))
    else:
        click.echo("\n".join(line for one in found for line in _suggestion_lines(one)))


def _suggestion_lines(one: Suggestion) -> Iterator[str]:
    last = f", last {one.last_seen:%Y-%m-%d}" if one.last_seen else ""
    reported = f"{counted(one.articles, 'article')} of {counted(one.outlets, 'outlet')}{last}"
    yield f"{one_line(one.name)}  · {one.guess} by {', '.join(one.rules)}"
    yield f"  {reported}, best score {one.score:.2f}, article {one.article_id}"
    if len(one.spellings) > 1:
        yield f"  also {', '.join(one_line(other) for other in one.spellings[1:])}"
    if one.quote:
        yield f"  “… {one_line(one.quote)} …”"


@lexicon.command("adopt", short_help="Add a name to the site's lexicon.")
@click.argument("name")
@click.option("--of", "owner", metavar="ID", help="Add NAME as another name of this firm or lender.")
@click.option("--id", "entity", metavar="ID", help="Id of the new firm or lender; by default made from the name.")
@click.option(
    "--kind",
    type=click.Choice([str(k) for k in EntityKind]),
    default="firm",
    show_default=True,
    help="Kind of firm or lender.",
)
@click.option("--zh", metavar="NAME", default="", help="Its Chinese name.")
@click.option(
    "--near",
    metavar="WORDS",
    default="",
    help="With --of: the name counts only near one of these words, separated by |.",
)
@click.option("--note", default="", help="Note for later readers of the list.")
@pass_site
def adopt(site: Site, /, name: str, **given: str | None) -> None:
    """Add NAME to the site's lexicon, as a new firm or lender or as another name of a listed one.

    \b
    Example:  offing lexicon adopt "Hunan Tongda Road Engineering" --zh 湖南通达
              offing lexicon adopt "Tongda Road" --of hunan-tongda-road-engineering --near "Hunan|China"
              offing lexicon adopt "Bank of Longjiang" --kind commercial-bank
    """  # noqa: D301 -- click reads the backspace itself
    from offing.services.lexicon.adopting import Adoption, adopt_name

    words = {key: given[key] or "" for key in ("owner", "entity", "kind", "zh", "near")}
    wish = Adoption(name.strip(), _by(site, given["note"]), **words)
    for path in adopt_name(site.settings.config, wish):
        click.echo(f"{one_line(name)} added to {path}; test it with `offing lexicon try`")


@lexicon.command("dismiss", short_help="Mark a name as not a Chinese firm.")
@click.argument("name")
@click.option("--note", default="", help="Note for later readers of the list.")
@pass_site
def dismiss(site: Site, name: str, note: str) -> None:
    """Mark NAME as not a firm, or not a Chinese one, so that it is not suggested again.

    \b
    Example:  offing lexicon dismiss "Dragon Mart" --note "a mall in Dubai"
    """  # noqa: D301 -- click reads the backspace itself
    from offing.services.lexicon.adopting import dismiss_name

    for path in dismiss_name(site.settings.config, name.strip(), _by(site, note)):
        click.echo(f"{one_line(name)} added to {path}")


def _by(site: Site, note: str | None) -> str:
    """Return a note with who decided and when."""
    from offing.services.running.run_context import utc_now

    return f"{note + '; ' if note else ''}{site.settings.user}, {utc_now():%Y-%m-%d}"


def _lines(tried: LexiconTrial, language: str) -> Iterator[str]:
    yield f"language {language}"
    names = [m for m in tried.found if m.kind in _NAMES]
    yield from _section("names", [_name_line(mention) for mention in names])
    yield from _section("wordings", [_cue_line(mention) for mention in tried.found if mention.kind not in _NAMES])
    yield from _section("ignored", [_passed_line(passed) for passed in tried.passed])
    if not tried.found and not tried.passed:
        yield "nothing recognised"


def _indented(actors: Iterable[Actor]) -> list[str]:
    return [f"  {line}" for line in actor_lines(actors)]


def _section(title: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield title
        yield from lines


def _name_line(mention: Mention) -> str:
    known = _known(mention.name, mention.key) if mention.key else f"{mention.name or mention.text}, not listed"
    return f"  {mention.kind:12} “{one_line(mention.text)}”  {known}  · {mention.by or 'grammar'}"


def _cue_line(mention: Mention) -> str:
    by = f"  · {mention.by}" if mention.by and mention.by != mention.text else ""
    return f"  {mention.kind:12} “{one_line(mention.text)}”  {_meaning(mention)}  {mention.weight:.1f}{by}"


def _meaning(mention: Mention) -> str:
    """Return the meaning of a mention: what a wording speaks for, or the value of a sum, size or date."""
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


def _passed_line(passed: PassedOver) -> str:
    name = passed.sighting
    return f"  {name.kind:12} “{one_line(name.text)}”  {_known(name.name, name.key)}  {passed.why}"
