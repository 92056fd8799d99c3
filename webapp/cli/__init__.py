"""The command line: ``clusterradar COMMAND``."""

from importlib import import_module
from typing import Any

import click

_COMMANDS = {
    "serve": "webapp.cli.serving",
    "demo": "webapp.cli.serving",
    "import": "webapp.cli.importing",
    "template": "webapp.cli.template",
    "batches": "webapp.cli.importing",
    "undo": "webapp.cli.importing",
    "words": "webapp.cli.words",
    "duplicates": "webapp.cli.duplicates",
    "query": "webapp.cli.query",
    "recommend": "webapp.cli.recommend",
    "search": "webapp.cli.search",
    "export": "webapp.cli.export",
    "check": "webapp.cli.check",
    "evaluate": "webapp.cli.evaluate",
    "generate": "webapp.cli.generate",
    "user": "webapp.cli.user",
    "token": "webapp.cli.token",
    "freshness": "webapp.cli.freshness",
    "erase": "webapp.cli.privacy",
    "tidy": "webapp.cli.privacy",
    "backup": "webapp.cli.backup",
    "restore": "webapp.cli.backup",
}
"""Which module holds a command; it is loaded only when the command runs."""


class _Commands(click.Group):
    """Commands that are loaded when they are called; click asks these two methods."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
        name = "import_" if cmd_name == "import" else cmd_name
        command: click.Command = getattr(import_module(_COMMANDS[cmd_name]), name)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a disk that is full, or a file that is not ours, gets a sentence."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            # Whoever read our output (head, less) has had enough; click ends quietly.
            raise
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            raise click.ClickException(
                f"{where}{error.strerror or error}. Check the space on the disk and the rights."
            ) from error


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="clusterradar", prog_name="clusterradar")
def main() -> None:
    """A radar for innovation clusters: who and what is near, and why."""
