"""The command line, by click: one short file per command group, no logic; a command's module is imported on call."""

from __future__ import annotations

import sys
from importlib import import_module

import click

from offing import __version__, logs
from offing.config.files import cache
from offing.errors import OffingError
from offing.redaction import redact
from offing.settings import read_settings
from offing.trouble import machine_trouble

COMMANDS = {  # the module and purpose of each, in the order of the pipeline
    "init": ("running.init:init", "Create a site in this folder: a database and an empty config."),
    "demo": ("running.demo:demo", "Run the whole pipeline on a sample newsroom on this machine."),
    "run": ("running.run:run", "Run one cycle of a pipeline; for cron."),
    "schedule": ("running.run:schedule", "Run all pipelines on their schedules, until stopped."),
    "serve": ("running.run:serve", "Run the schedule and the web app in one process."),
    "poll": ("running.run:poll", "Read the feeds that are due."),
    "fetch": ("running.run:fetch", "Fetch the pages of new entries."),
    "extract": ("running.run:extract", "Extract articles from fetched pages."),
    "recognize": ("running.run:recognize", "Find firms, lenders, countries and money in articles."),
    "propose": ("running.run:propose", "Propose candidates from recognised articles."),
    "feeds": ("feeds:feeds", "Find, add, check and list feeds."),
    "read": ("articles.read:read", "Show what is extracted from a page."),
    "drift": ("running.drift:drift", "Find outlets whose pages have changed so that extraction gets less."),
    "add": ("articles.add:add", "Add an article found elsewhere."),
    "analyse": ("articles.analyse:analyse", "Turn a file of articles into a file of candidates, without a database."),
    "match": ("records.match:match", "Match a file of project records with known ones, without a database."),
    "explain": ("articles.explain:explain", "Explain why an article became a candidate, or why not."),
    "trace": ("articles.trace:trace", "Show what became of an address, step by step."),
    "evaluate": ("articles.evaluate:evaluate", "Measure precision, recall and F1 on annotated articles."),
    "replay": ("articles.replay:replay", "Read stored articles again with other rules, and compare."),
    "lexicon": ("articles.lexicon:lexicon", "Try the lexicon, and add names to it."),
    "queue": ("review.queue:queue", "List and show the candidates to decide on, with their quotes."),
    "stories": ("review.stories:stories", "Show, merge and split stories: articles that report the same news."),
    "context": ("review.context_list:context", "List summits, plans and initiatives, which are not projects."),
    "decide": ("review.decide:decide", "Accept, reject or defer a candidate, or mark it as a duplicate."),
    "undo": ("review.decide:undo", "Undo the last decision."),
    "projects": ("records.projects:projects", "List, show and correct the confirmed project records."),
    "promote": ("records.projects:promote", "Turn accepted candidates into project records."),
    "publish": ("records.publish:publish", "Check the project records and publish a release."),
    "releases": ("records.releases:releases", "List, compare and yank releases."),
    "web": ("running.web:web", "Serve the review app for browsers."),
    "users": ("running.users:users", "Manage who may log in."),
    "quarantine": ("running.quarantine:quarantine", "Inspect, retry or drop items that failed."),
    "reader": ("articles.second_reader:reader", "Inspect and test the second reader, if the site has one."),
    "db": ("running.db:db", "Back up, restore, upgrade, check, prune, archive and vacuum the database."),
    "config": ("running.config:config", "Check the config, and show what the site changes."),
    "doctor": ("running.doctor:doctor", "Check the installation, and show what to fix."),
}


class LazyGroup(click.Group):
    """The commands by name, each imported only when it is called, so that `offing --help` stays quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 -- click's signature
        """Return the names, in the order of the pipeline."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 -- click's signature
        """Return the command of a name, or None."""
        if cmd_name not in COMMANDS:
            return None
        module, attribute = COMMANDS[cmd_name][0].split(":")
        found: click.Command = getattr(import_module(f"offing.cli.{module}"), attribute)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 -- click's signature
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, what) for name, (_, what) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="offing")
def group() -> None:
    """Watch the news for projects that Chinese firms, lenders and public bodies take on abroad.

    \b
    A first morning:
      offing init --feeds africa-east     create a site in this folder
      offing run                          read feeds, find candidates
      offing queue list                   candidates to decide on, best first
      offing decide 12 accept             accept candidate 12
    """  # noqa: D301 -- click reads the backspace itself
    settings = read_settings()
    logs.set_up(settings.log_target, settings.log_format, settings.log_level)
    cache.set_up(settings.cache)


def main() -> None:
    """Run the command line; errors are one line on stderr for people, and a traceback in the log."""
    try:
        code = group.main(standalone_mode=False) or 0
        if lost := logs.lost():
            click.echo(f"offing: {lost}", err=True)
        sys.exit(code)
    except click.exceptions.Abort:
        click.echo("stopped", err=True)
        sys.exit(130)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except OffingError as error:
        click.echo(f"offing: {redact(str(error))}", err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:  # `offing queue list | head`
        sys.stderr.close()
        sys.exit(0)
    except Exception as error:  # noqa: BLE001 -- the last border: the log has the traceback, the person one line
        if trouble := machine_trouble(error):
            click.echo(f"offing: {redact(str(trouble))}", err=True)
            sys.exit(trouble.exit_code)
        logs.get_logger().exception("crashed")
        fault = redact(f"{type(error).__name__}: {error}")
        click.echo(f"offing: internal error ({fault}); the log has the details", err=True)
        sys.exit(1)
