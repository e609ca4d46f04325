"""cli: click; one short file per command group; no logic. A command's module is imported when it is called."""

from __future__ import annotations

import sys
from importlib import import_module

import click

from offing import __version__, logs
from offing.errors import OffingError

COMMANDS = {  # in the order in which the pipeline moves
    "init": "site:init",
    "demo": "demo:demo",
    "run": "run:run",
    "schedule": "run:schedule",
    "serve": "run:serve",
    "poll": "run:poll",
    "fetch": "run:fetch",
    "extract": "run:extract",
    "recognize": "run:recognize",
    "propose": "run:propose",
    "feeds": "feeds:feeds",
    "read": "read:read",
    "add": "add:add",
    "analyse": "analyse:analyse",
    "evaluate": "evaluate:evaluate",
    "queue": "queue:queue",
    "decide": "decide:decide",
    "undo": "decide:undo",
    "projects": "projects:projects",
    "promote": "projects:promote",
    "publish": "publish:publish",
    "web": "web:web",
    "users": "users:users",
    "quarantine": "quarantine:quarantine",
    "db": "db:db",
    "config": "config:config",
    "doctor": "doctor:doctor",
}


class LazyGroup(click.Group):
    """The commands by name, each imported only when it is asked for: `offing --help` stays quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 -- click's signature
        """The names, in the order of the pipeline."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of a name, or None."""
        if cmd_name not in COMMANDS:
            return None
        module, attribute = COMMANDS[cmd_name].split(":")
        found: click.Command = getattr(import_module(f"offing.cli.{module}"), attribute)
        return found


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="offing")
def group() -> None:
    r"""Watch the news for projects that Chinese firms, lenders and public bodies take on abroad.

    \b
    A first morning:
      offing init --feeds africa-east     a site folder here: a database, no config of your own yet
      offing run                          feeds in, candidates out
      offing queue list                   what to look at, best first
      offing decide 12 accept
    """


def main() -> None:
    """Run the command line; an error for people is one line on stderr, a traceback goes to the log."""
    try:
        group.main(standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("stopped", err=True)
        sys.exit(130)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except OffingError as error:
        click.echo(f"offing: {error}", err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:  # `offing queue list | head`
        sys.stderr.close()
        sys.exit(0)
    except Exception as error:  # noqa: BLE001 -- the last border: the log has the traceback, the person one line
        logs.get_logger().exception("crashed")
        click.echo(f"offing: a fault of offing itself ({type(error).__name__}: {error}); see the log", err=True)
        sys.exit(1)
