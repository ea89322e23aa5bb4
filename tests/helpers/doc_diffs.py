"""What ``git diff`` says after typical edits. ``python tests/helpers/doc_diffs.py`` puts it into docs/workspace.md."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace

from wireyard.workspace.model import Field, RequestFile, SavedMessage, Variable
from wireyard.workspace.workspace import Workspace

PAGE = Path(__file__).resolve().parents[2] / "docs" / "workspace.md"
BEGIN = "<!-- made by tests/helpers/doc_diffs.py: do not edit -->"
END = "<!-- end -->"
FOLDER = "Orders platform/Live"
PATH = f"{FOLDER}/Order updates.ws.yaml"
TEXT = """\
wireyard: 1
url: "{{base}}/graphql"
params:
  - name: room
    value: lobby
headers:
  - name: Authorization
    value: Bearer {{token}}
  - name: X-Client
    value: wireyard
subprotocols: [graphql-transport-ws]   # the old one is graphql-ws
messages:
  - name: Subscribe
    body: |
      {
        "id": "1",
        "type": "subscribe"
      }
  - name: Complete
    body: |-
      {"id": "1", "type": "complete"}
x-owner: team-orders   # our own key: kept
"""


def _request(change: Callable[[RequestFile], RequestFile]) -> Callable[[Workspace], object]:
    def run(workspace: Workspace) -> object:
        opened = workspace.read_request(PATH)
        return workspace.save(opened, change(opened.value))

    return run


def _message(request: RequestFile, body: str) -> RequestFile:
    return replace(request, messages=(replace(request.messages[0], body=body), *request.messages[1:]))


def _header(request: RequestFile, header: Field) -> RequestFile:
    return replace(request, headers=(request.headers[0], header))


EDITS: tuple[tuple[str, Callable[[Workspace], object]], ...] = (
    ("Another address", _request(lambda request: replace(request, url="wss://example.com/graphql"))),
    ("A header switched off", _request(lambda request: _header(request, replace(request.headers[1], off=True)))),
    (
        "One line of a message",
        _request(lambda request: _message(request, request.messages[0].body.replace('"1"', '"{{$uuid}}"'))),
    ),
    (
        "A subprotocol more, with the remark behind it kept",
        _request(lambda request: replace(request, subprotocols=("graphql-transport-ws", "graphql-ws"))),
    ),
    (
        "The messages the other way round",
        _request(lambda request: replace(request, messages=request.messages[::-1])),
    ),
    (
        "A message more",
        _request(
            lambda request: replace(request, messages=(*request.messages, SavedMessage(name="Ping", body="ping")))
        ),
    ),
    (
        "A variable of the request",
        _request(lambda request: replace(request, variables={"token": Variable(secret=True)})),
    ),
    ("The request renamed", lambda workspace: workspace.rename(PATH, "Order events")),
    ("The request moved to another folder", lambda workspace: workspace.move([PATH], "Orders platform/Archive")),
)


def section() -> str:
    """The diffs, as Markdown."""
    parts: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace.create(Path(folder, "workspace"), "Orders")
        for name in ("Orders platform", "Orders platform/Archive", FOLDER):
            parent, _, last = name.rpartition("/")
            _ = workspace.create_folder(parent, last) if parent else workspace.create_collection(last)
        (workspace.root / PATH).write_text(TEXT, encoding="utf-8")
        _git(workspace, "init", "--quiet")
        _git(workspace, "add", "--all")
        _git(workspace, "commit", "--quiet", "--message", "start")
        for title, edit in EDITS:
            edit(workspace)
            _git(workspace, "add", "--all")
            diff = _git(workspace, "diff", "--cached", "--find-renames", "--unified=0")
            parts += [f"{title}:", "", "```diff", *_shown(diff), "```", ""]
            _git(workspace, "reset", "--quiet", "--hard")
    return "\n".join(parts)


def with_section(page: str, made: str) -> str:
    """The page with this between its marks."""
    before, _, rest = page.partition(BEGIN)
    after = rest.partition(END)[2]
    return f"{before}{BEGIN}\n\n{made}\n{END}{after}"


def _shown(diff: str) -> list[str]:
    """The lines that tell something: not the file's name, which is the same everywhere, nor hashes."""
    dull = ("diff ", "index ", "--- ", "+++ ", "@@ ")
    return [line for line in diff.splitlines() if not line.startswith(dull)]


def _git(workspace: Workspace, *arguments: str) -> str:
    person = {"GIT_AUTHOR_NAME": "Someone", "GIT_AUTHOR_EMAIL": "someone@example.com"}
    committer = {name.replace("AUTHOR", "COMMITTER"): value for name, value in person.items()}
    # Nothing of the settings of whoever runs this.
    nobody = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "LC_ALL": "C"}
    command = ["git", "-c", "core.autocrlf=false", "-C", str(workspace.root), *arguments]
    environment = {**os.environ, **person, **committer, **nobody}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout


if __name__ == "__main__":
    PAGE.write_text(with_section(PAGE.read_text(encoding="utf-8"), section()), encoding="utf-8")
