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
    "init": ("running.init:init", "A site folder here: a database and an empty overlay of the config."),
    "demo": ("running.demo:demo", "The main job on the sample newsroom on this machine."),
    "run": ("running.run:run", "One cycle of a pipeline; for cron."),
    "schedule": ("running.run:schedule", "All pipelines on their schedules, until stopped."),
    "serve": ("running.run:serve", "The schedule and the web app in one process."),
    "poll": ("running.run:poll", "Ask the feeds that are due for their entries."),
    "fetch": ("running.run:fetch", "Fetch the pages of new entries."),
    "extract": ("running.run:extract", "Extract articles from fetched pages."),
    "recognize": ("running.run:recognize", "Find firms, lenders, countries and money in articles."),
    "propose": ("running.run:propose", "Propose candidates from recognised articles."),
    "feeds": ("feeds:feeds", "The sources that are watched."),
    "read": ("articles.read:read", "What extraction sees on a page."),
    "drift": ("running.drift:drift", "Outlets whose pages no longer give what they used to."),
    "add": ("articles.add:add", "Add an article found elsewhere."),
    "analyse": ("articles.analyse:analyse", "Articles in, candidates out; no database."),
    "match": ("records.match:match", "Project records against known ones; no database."),
    "explain": ("articles.explain:explain", "Why an article became a candidate, or why not."),
    "evaluate": ("articles.evaluate:evaluate", "Precision, recall and F1 on annotated articles."),
    "lexicon": ("articles.lexicon:lexicon", "What the lexicon finds, and names that it lacks."),
    "queue": ("review.queue:queue", "What to look at, best first, with the quotes that prove it."),
    "stories": ("review.stories:stories", "Which articles report the same news; merging and splitting them."),
    "context": ("review.context_list:context", "Summits, plans and initiatives, which are no projects."),
    "decide": ("review.decide:decide", "Accept, reject, defer or mark as duplicate."),
    "undo": ("review.decide:undo", "Take back the last decision."),
    "projects": ("records.projects:projects", "The confirmed project records."),
    "promote": ("records.projects:promote", "Accepted candidates become project records."),
    "publish": ("records.publish:publish", "A release of the project records, and the check before it."),
    "releases": ("records.releases:releases", "What was published: listed, compared, yanked."),
    "web": ("running.web:web", "The queue in the browser."),
    "users": ("running.users:users", "The people who may log in."),
    "quarantine": ("running.quarantine:quarantine", "What was set aside, with its reason."),
    "reader": ("articles.second_reader:reader", "The second reader, where a site has one."),
    "db": ("running.db:db", "Upgrade, check and prune the database."),
    "config": ("running.config:config", "The site's own config, over what ships."),
    "doctor": ("running.doctor:doctor", "Check the installation, and say what to fix."),
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
      offing init --feeds africa-east     a site folder here: a database, no config of your own yet
      offing run                          feeds in, candidates out
      offing queue list                   what to look at, best first
      offing decide 12 accept
    """  # noqa: D301 -- click reads the backspace itself
    settings = read_settings()
    logs.set_up(settings.log_target)
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
        told = redact(f"{type(error).__name__}: {error}")
        click.echo(f"offing: a fault of offing itself ({told}); see the log", err=True)
        sys.exit(1)
