"""A workspace as a team might have it, for the pictures: real files, made through the same door as a person's."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from wireyard.workspace.model import Color, EnvironmentFile, Field, FolderFile, RequestFile, SavedMessage, Variable
from wireyard.workspace.workspace import Workspace

ORDER_UPDATES = "Orders platform/Live order feed/Order updates.ws.yaml"
SUBSCRIBE = """{
  "id": "7",
  "type": "subscribe",
  "payload": {
    "query": "subscription($s: ID!) { orderUpdated(store: $s) { id status total } }",
    "variables": { "s": "{{store_id}}" }
  }
}"""
_MESSAGES = (
    SavedMessage(name="subscribe: orders", body=SUBSCRIBE),
    SavedMessage(name="connection_init", body='{ "type": "connection_init", "payload": { "locale": "en" } }'),
    SavedMessage(name="heartbeat", body='{ "type": "ping" }'),
    SavedMessage(name="avatar chunk", format="hex", send_as="binary", body="89 50 4e 47 0d 0a 1a 0a"),
)
_TREE: dict[str, dict[str, tuple[str, ...]]] = {
    "Orders platform": {
        "Live order feed": ("Order updates", "Courier positions", "Kitchen display"),
        "Support chat": ("Agent console", "Customer widget"),
        "Admin notifications": ("Order archive", "Refunds", "Stock alerts", "Shift plan"),
    },
    "Market data": {"": ("Trades and depth", "Candles 1 m"), "Load tests": ("One client", "Ten clients", "A hundred")},
}


def make(root: Path, port: int) -> None:
    """Make the workspace; its environments lead to the server on this port of this machine."""
    workspace = Workspace.create(root, "Delivery")
    for collection, folders in _TREE.items():
        top = workspace.create_collection(collection, FolderFile())
        for folder, names in folders.items():
            parent = workspace.create_folder(top, folder) if folder else top
            for name in names:
                slug = name.lower().replace(" ", "-")
                workspace.create_request(parent, name, RequestFile(url=f"wss://{{{{host}}}}/v2/{slug}"))
    _fill(workspace)
    _environments(workspace, port)


def _fill(workspace: Workspace) -> None:
    opened = workspace.read_request(ORDER_UPDATES)
    request = replace(
        opened.value,
        url="ws://{{host}}/v2/stream",
        params=(Field(name="store", value="{{store_id}}"), Field(name="token", value="{{token}}")),
        headers=(
            Field(name="Origin", value="https://admin.example.com"),
            Field(name="X-Trace", value="{{$uuid}}", note="Found again in the server's log"),
            Field(name="X-Debug", value="1", off=True),
        ),
        notes="Every change of an order, for one store.",
        messages=_MESSAGES,
    )
    workspace.save(opened, request)
    level = workspace.read_level("Orders platform")
    headers = (Field(name="Authorization", value="Bearer {{token}}"),)
    variables = {"store_id": Variable(value="berlin-04")}
    workspace.save(level, replace(level.value, headers=headers, variables=variables))


def _environments(workspace: Workspace, port: int) -> None:
    host = Variable(value=f"127.0.0.1:{port}")
    token = Variable(secret=True, note="Ask the platform team")
    workspace.create_environment("Base", EnvironmentFile(variables={"locale": Variable(value="en")}))
    colors: dict[str, Color] = {"Local": "green", "Staging": "amber", "Production": "red"}
    for name, color in colors.items():
        variables = {"host": host, "store_id": Variable(value="berlin-04"), "token": token}
        workspace.create_environment(name, EnvironmentFile(color=color, inherits="Base", variables=variables))
