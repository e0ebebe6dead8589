"""The command line: every module here that has a `command` is a command of that name.

A module that would be called like a word of the language has a line after it: `import_`.
"""

from importlib import import_module
from keyword import iskeyword
from pkgutil import iter_modules

import click


class _Commands(click.Group):
    """Finds the commands by their modules, and imports one only when it is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names, with dashes."""
        return sorted(
            each.name.rstrip("_").replace("_", "-")
            for each in iter_modules(__path__)
            if not each.ispkg
        )

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the `command` of the module, or None where there is no such module."""
        if cmd_name not in self.list_commands(ctx):
            return None
        name = cmd_name.replace("-", "_")
        module = import_module(f"{__name__}.{name}{'_' if iskeyword(name) else ''}")
        command = module.command
        return command if isinstance(command, click.Command) else None


@click.group(cls=_Commands)
def main() -> None:
    """First response: check and serve the e-learning."""
