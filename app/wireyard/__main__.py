"""The one entry: decides whether the arguments ask for the window or for a command, and imports only that front end.

An argument that is no command's name is an address to open in the window, so ``wireyard ws://localhost:8765`` works
without a word in between. Anything the window does not understand goes to the command line, which explains it.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from wireyard.settings.tabs import SavedTab

COMMANDS = frozenset({"record", "probe", "new", "list", "show", "env", "sessions", "export", "echo"})
# The options of connecting, which the window fills into a request: those that stand alone, and those with a value.
CONNECT_FLAGS = frozenset(
    {"-k", "--insecure", "--no-compression", "--basic", "--digest", "--tlsv1.2", "--tlsv1.3", "--no-alpn"}
    | {"-4", "--ipv4", "-6", "--ipv6", "-L", "--location"}
)
CONNECT_VALUES = frozenset(
    {"-H", "--header", "-u", "--user", "--oauth2-bearer", "-b", "--cookie", "--subprotocol", "--cacert", "-E", "--cert"}
    | {"--key", "--pass", "--pin", "--server-name", "-x", "--proxy", "--noproxy", "--resolve", "--unix-socket"}
    | {"--max-redirs", "--connect-timeout", "--max-size"}
)
_FOLDERS = ("--profile", "--workspace")
SYSTEM_LIBRARIES_HINT = """\
The window cannot open, because a system library that Qt needs is missing: {missing}
On Debian and Ubuntu: sudo apt-get install libegl1 libgl1 libxkbcommon-x11-0 libdbus-1-3 libfontconfig1 libxcb-cursor0 \
libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-render-util0 libxcb-shape0
The commands (record, probe, list, show, sessions, export, echo, …) work without it."""


class WindowArguments(NamedTuple):
    """What was asked of the window."""

    urls: tuple[str, ...]
    connect: bool
    profile: Path | None
    workspace: Path | None = None
    options: tuple[str, ...] = ()


def window_arguments(argv: list[str]) -> WindowArguments | None:
    """What the arguments ask of the window, or None when they are for the command line."""
    urls: list[str] = []
    connect = False
    folders: dict[str, Path] = {}
    options: list[str] = []
    words = iter(argv)
    for word in words:
        if word == "--":
            urls.extend(words)
        elif word == "--connect":
            connect = True
        elif word.partition("=")[0] in _FOLDERS:
            name, _, value = word.partition("=")
            value = value or next(words, "")
            if not value:
                return None
            folders[name] = Path(value)
        elif word in CONNECT_FLAGS or (
            word.startswith("--") and word.partition("=")[0] in CONNECT_VALUES and "=" in word
        ):
            options.append(word)
        elif word in CONNECT_VALUES:
            value = next(words, None)
            if value is None:
                return None
            options += [word, value]
        elif word.startswith("-") or (word in COMMANDS and not urls):
            return None
        else:
            urls.append(word)
    if options and not urls:
        return None  # they are for an address
    return WindowArguments(tuple(urls), connect, folders.get("--profile"), folders.get("--workspace"), tuple(options))


def open_window(arguments: WindowArguments) -> int:
    """Open the window and give its exit code when it has been closed."""
    try:
        importlib.import_module("wireyard.gui.plain_imports")  # before any other module of the window
        from wireyard.gui.bootstrap import run  # Qt is loaded only for the window
    except ImportError as error:
        if ".so" not in str(error):
            raise
        print(SYSTEM_LIBRARIES_HINT.format(missing=error), file=sys.stderr)
        return 1
    urls = list(arguments.urls)
    tabs: list[SavedTab] = []
    if arguments.options:
        import click

        from wireyard.cli.window_tabs import window_tabs

        try:
            urls, tabs = [], window_tabs(urls, arguments.options)
        except click.ClickException as error:
            error.show()
            return 2
    return run(
        urls=urls,
        connect=arguments.connect,
        profile=arguments.profile,
        workspace=arguments.workspace,
        tabs=tabs,
    )


def run_command(argv: list[str]) -> int:
    """Hand the arguments to the command line and give its exit code."""
    from wireyard.cli.main import main as command_line  # the window never needs it

    return command_line(argv)


def main(argv: list[str] | None = None) -> int:
    """Run Wireyard with these arguments (by default the process's own) and give its exit code."""
    argv = sys.argv[1:] if argv is None else argv
    arguments = window_arguments(argv)
    return run_command(argv) if arguments is None else open_window(arguments)


if __name__ == "__main__":
    sys.exit(main())
