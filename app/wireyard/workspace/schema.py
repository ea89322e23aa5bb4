"""JSON Schemas of the file kinds, so that an editor completes and checks them. ``python -m wireyard.workspace.schema``
writes them into ``resources/schemas``.

They take what the reader takes: a text may be spelled as a number, a truth value or nothing, a variable as its value.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, Final

from msgspec import inspect

from wireyard.workspace.model import EnvironmentFile, FolderFile, RequestFile, WorkspaceFile
from wireyard.workspace.yaml_text.shapes import Shape, choices, shape_of

FILES: Final[dict[str, tuple[type[Any], str]]] = {
    "request": (RequestFile, "A request: NAME.ws.yaml"),
    "folder": (FolderFile, "A folder: folder.yaml"),
    "collection": (FolderFile, "A collection: collection.yaml in a folder right below the workspace's"),
    "workspace": (WorkspaceFile, "A workspace: wireyard.yaml"),
    "environment": (EnvironmentFile, "An environment: environments/NAME.yaml or NAME.local.yaml"),
}
_TEXT: Final = {"type": ["string", "number", "boolean", "null"]}
_HELP: Final[dict[str, str]] = {
    "wireyard": "The version of the format: 1.",
    "name": "What people call it. Only needed where the file's name can't say it.",
    "notes": "Free text.",
    "url": "The address, ws:// or wss://. Variables are written {{name}}.",
    "path_params": "Values of the segments :name of the address.",
    "params": "Parameters that are put behind the address.",
    "headers": "Headers of the handshake.",
    "inherit_headers": "false keeps out the headers of the folders above.",
    "removed_headers": "Names of headers that Wireyard sends by itself, such as User-Agent, and is not to send.",
    "subprotocols": "Offered in this order. An empty list offers none, whatever the folders above say.",
    "auth": "How one signs in. The nearest level with a kind counts, as a whole; secrets are written as variables.",
    "variables": "Values behind {{name}}.",
    "tls": "How the server's certificate is checked, and which one is shown.",
    "network": "How the server is reached, and the limits of the connection; 0 switches one off.",
    "proxy": "Through whom the server is reached. The nearest level with a mode counts, as a whole.",
    "reconnect": "Whether, and how patiently, a lost connection is made again.",
    "on_open": "Sent after every opening, also after those of reconnect, in this order. An empty list sends nothing.",
    "preview_path": "The part of a message that the list shows, such as $.payload.data.",
    "messages": "Messages kept to be sent again.",
    "order": "The order of what is in here: file names without .ws.yaml, folder names. The others follow by name.",
    "environments": "The order of environments: names of their files without .yaml. The others follow by name.",
    "color": "Marks the environment in the window.",
    "inherits": "The environment whose values stand behind these: the name of its file, without .yaml.",
    "disabled": "true keeps it here and does not use it.",
    "note": "A remark.",
    "secret": "true: the value is in the system's keyring and never in this file.",
    "value": "The value; {{name}} stands for a variable.",
    "saved": "The name of one of the request's messages, or Group/Name; instead of a body.",
    "group": "A heading in the list of messages.",
    "format": "How the body is written.",
    "send_as": "The kind of frame.",
    "body": "The message.",
    "file": "A file in the workspace that is sent instead of a body.",
}


def schema_of(name: str) -> dict[str, Any]:
    """The schema of one file kind, a key of `FILES`."""
    kind, title = FILES[name]
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title}
    return schema | _of(shape_of(kind), "")


def text_of(name: str) -> str:
    """The schema as it stands in its file."""
    return json.dumps(schema_of(name), indent=2, ensure_ascii=False) + "\n"


def _of(shape: Shape, key: str) -> dict[str, Any]:
    schema = {"struct": _struct, "list": _list, "map": _map, "leaf": _leaf}[shape.kind](shape)
    if key == "wireyard":
        schema = {"type": "integer", "minimum": 1, "maximum": 1}
    return ({"description": _HELP[key]} if key in _HELP else {}) | schema


def _struct(shape: Shape) -> dict[str, Any]:
    # Keys that nobody knows are allowed: the program keeps them.
    schema: dict[str, Any] = {
        "type": "object",
        "properties": {key: _of(field, key) for key, field in shape.fields.items()},
    }
    if shape.required:
        schema["required"] = list(shape.required)
    return {"anyOf": [_TEXT, schema]} if shape.short else _or_nothing(schema)


def _list(shape: Shape) -> dict[str, Any]:
    return _or_nothing({"type": "array", "items": _row(shape.inner())})


def _map(shape: Shape) -> dict[str, Any]:
    return _or_nothing({"type": "object", "additionalProperties": _of(shape.inner(), "")})


def _row(shape: Shape) -> dict[str, Any]:
    """A row of a list says something, at least that it is empty."""
    schema = _of(shape, "")
    return schema | {"type": "object"} if shape.kind == "struct" else schema


def _leaf(shape: Shape) -> dict[str, Any]:
    if shape.is_text:
        return dict(_TEXT)
    if values := choices(shape):
        return {"enum": [*values, None]}
    if shape.leaf is bool:
        return {"type": ["boolean", "null"]}
    return _number(shape)


def _number(shape: Shape) -> dict[str, Any]:
    info = inspect.type_info(shape.leaf)
    assert isinstance(info, inspect.IntType | inspect.FloatType)
    kind = "integer" if isinstance(info, inspect.IntType) else "number"
    limits = {"minimum": info.ge, "maximum": info.le}
    return {"type": [kind, "null"]} | {key: limit for key, limit in limits.items() if limit is not None}


def _or_nothing(schema: dict[str, Any]) -> dict[str, Any]:
    """A key may stand there with nothing behind it."""
    return schema | {"type": [schema["type"], "null"]}


def main(folder: Path) -> None:
    """Write all schemas."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        (folder / f"{name}.schema.json").write_text(text_of(name), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parents[3] / "resources" / "schemas")
