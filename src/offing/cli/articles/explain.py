"""`offing explain`: why an article became a candidate, or which reason rejected it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from offing.cli.jsonl_rows import Row, content_of, numbered_rows, row_error
from offing.cli.output.actor_lines import HEADING, actor_lines, plain_actors
from offing.cli.output.score_explanation import quote_lines, reason_lines
from offing.cli.site import Site, pass_site, print_json
from offing.errors import BadRecord, UsageError
from offing.model.values.codec import to_plain
from offing.services.views.plain import one_line

if TYPE_CHECKING:
    from offing.model.reading.actor import Actor
    from offing.model.reading.rules import ScoringRules
    from offing.model.review.candidate import Candidate
    from offing.services.analysis.explain import Explained
    from offing.services.views.actors import Register


@click.command(short_help="Explain why an article became a candidate, or why not.")
@click.argument("target", metavar="ID|FILE")
@click.option("--article", "is_article", is_flag=True, help="ID is the number of an article, not of a candidate.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@pass_site
def explain(site: Site, target: str, *, is_article: bool, as_json: bool) -> None:
    """Explain the score of a candidate, or of the articles in a file, and show the quote of each value.

    The weights of the reasons and the bias add up to a sum; the score is its logistic. An article that reaches the cut
    is a candidate. Firms are shown with their roles, sums with their kinds, quotes with their speakers, if known.

    A FILE is JSONL with one article per row, as for `offing analyse`, or a text whose first line is its title. For an
    article below the cut, the reason that weighed most against it is named. A FILE is read without the database, so
    the names of known projects count only with --article. Unusable rows are reported by file and line and skipped; the
    exit code is then 1.

    \b
    Example:  offing explain 12
              offing explain 57 --article
              offing explain story.txt
              offing explain articles.jsonl --json
    """  # noqa: D301 -- click reads the backspace itself
    if target.isdecimal() and not is_article and not Path(target).is_file():
        _show_candidate(site, int(target), as_json=as_json)
        return
    failed: list[BadRecord] = []

    def report(error: BadRecord) -> None:
        failed.append(error)
        click.echo(f"offing: {row_error(Path(target), error)}", err=True)

    found = list(_explained_article(site, target) if is_article else _explained_file(site, Path(target), report))
    if not found and not failed:
        raise UsageError(f"{target} contains no article")
    _show_articles(site, found, as_json=as_json)
    if failed:
        raise click.exceptions.Exit(1)


def _show_articles(site: Site, found: list[Explained], *, as_json: bool) -> None:
    from offing.services.views.actors import load_register

    known = load_register(site.layers)
    if as_json:
        print_json([_plain(one, known) for one in found])
    elif found:
        click.echo("\n\n".join("\n".join(_lines(one, known)) for one in found))


def _show_candidate(site: Site, number: int, *, as_json: bool) -> None:
    from offing.config.weights.scoring import load_scoring
    from offing.services.analysis.explain import stored_candidate
    from offing.services.views.actors import actors_of, load_register

    scoring = load_scoring(site.layers)
    found = stored_candidate(site.database(), number)
    actors = actors_of(found.facts, load_register(site.layers))
    if as_json:
        plain = {name: to_plain(found)[name] for name in ("id", "score", "state", "facts", "reasons", "evidence")}
        print_json({**plain, "bias": scoring.bias, "cut": scoring.cut, "actors": plain_actors(actors)})
    else:
        click.echo("\n".join((*_candidate_lines(found, scoring), *_known(actors))))


def _explained_article(site: Site, number: str) -> Iterator[Explained]:
    from offing.services.analysis.analyst import load_analyst
    from offing.services.analysis.explain import explain as explain_article
    from offing.services.analysis.explain import stored_article
    from offing.services.known_projects.naming import knowing

    if not number.isdecimal():
        raise UsageError(f"{number!r} is not the number of an article")
    article = stored_article(site.database(), int(number))
    yield explain_article(article, knowing(load_analyst(site.settings.config), site.database()))


def _explained_file(site: Site, path: Path, on_error: Callable[[BadRecord], None]) -> Iterator[Explained]:
    from offing.services.analysis.analyse import article_of
    from offing.services.analysis.analyst import load_analyst
    from offing.services.analysis.explain import explain as explain_article

    if not path.is_file():
        raise UsageError(f"'{path}' is neither the number of a candidate nor a file")
    analyst = load_analyst(site.settings.config)
    for number, row in _rows(path, on_error):
        try:
            article = article_of(row, number, analyst.country_of, analyst.recognizer.language_words)
        except BadRecord as error:
            on_error(error)
        else:
            yield explain_article(article, analyst)


def _rows(path: Path, on_error: Callable[[BadRecord], None]) -> Iterator[tuple[int, Row]]:
    """Yield the articles of a file with their lines: JSONL, by its name or first character, or one plain text."""
    if {".jsonl", ".ndjson"} & set(path.suffixes):
        yield from numbered_rows(path, on_error)
        return
    try:
        text = content_of(path).decode("utf-8-sig").replace("\r\n", "\n").strip()
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: not UTF-8 (byte {error.start}); save it as UTF-8") from error
    if text.startswith("{"):
        yield from numbered_rows(path, on_error)
    elif text:
        title, _, rest = text.partition("\n")
        yield 1, {"id": path.name, "title": title.strip(), "text": rest.strip()}


def _plain(found: Explained, known: Register) -> dict[str, Any]:
    """Return an article for `--json`, with known facts about the parties of each proposal."""
    from offing.services.views.actors import actors_of

    actors = dict.fromkeys(actor for proposal in found.proposals for actor in actors_of(proposal.facts, known))
    return {**to_plain(found), "actors": plain_actors(actors)}


def _lines(found: Explained, known: Register) -> Iterator[str]:
    from offing.services.views.actors import actors_of

    yield one_line(found.title) or "(no title)"
    said = f" · {found.reject.name}: {one_line(found.reject.text)}" if found.reject else ""
    yield f"{found.fate} · score {found.score:.2f} · cut {found.cut:.2f}{said}"
    if found.context:
        where = ", ".join((*found.context.regions, *found.context.countries)) or "no region named"
        yield f"stored as context · {found.context.kind} · {where}"
    for proposal in found.proposals:
        yield ""
        yield f"{one_line(proposal.facts.title)} · {proposal.score:.2f}"
        yield from reason_lines(proposal.reasons, proposal.score, found.bias)
        yield from quote_lines(proposal.evidence, proposal.facts)
        yield from _known(actors_of(proposal.facts, known))


def _known(actors: Iterable[Actor]) -> Iterator[str]:
    """Yield known facts about the parties, under a heading."""
    lines = [f"  {line}" for line in actor_lines(actors)]
    yield from (HEADING, *lines) if lines else ()


def _candidate_lines(found: Candidate, scoring: ScoringRules) -> Iterator[str]:
    yield one_line(found.facts.title)
    yield f"candidate {found.id} · {found.state} · score {found.score:.2f} · cut {scoring.cut:.2f}"
    yield from reason_lines(found.reasons, found.score, scoring.bias)
    yield from quote_lines(found.evidence, found.facts)
