"""A saved request as the engine dials it."""

from __future__ import annotations

from pathlib import Path

import pytest

from wireyard.domain import request as domain
from wireyard.session.plan.connecting import PlannedConnect, plan_connect
from wireyard.session.plan.errors import PlanError
from wireyard.settings.model import Network
from wireyard.workspace.documents import Level
from wireyard.workspace.model import (
    Field,
    FolderFile,
    NetworkSettings,
    ProxySettings,
    ReconnectSettings,
    RequestFile,
    TlsSettings,
    Variable,
)
from wireyard.workspace.variables.dynamic import Dynamic
from wireyard.workspace.variables.errors import UndefinedVariable
from wireyard.workspace.variables.scope import Layer, Scope

VARIABLES = {"host": Variable(value="example.com"), "id": Variable(value="{{$uuid}}"), "token": Variable(secret=True)}
SCOPE = Scope([Layer("Staging", VARIABLES, "staging")], lambda environment, name: "hunter2", environment="Staging")


def plan(request: RequestFile, *levels: FolderFile, root: Path | None = None, keep: bool = False) -> PlannedConnect:
    named = tuple(Level(id=f"L{number}", name=f"L{number}", file=file) for number, file in enumerate(levels))
    return plan_connect(request, named, SCOPE, defaults=Network(), root=root, dynamic=Dynamic(1), keep_undefined=keep)


def test_all_that_is_empty_is_the_default() -> None:
    assert plan(RequestFile(url="ws://h/")).request == domain.ConnectRequest(url="ws://h/")


def test_values_are_in_place_everywhere_and_the_secret_ones_are_told() -> None:
    planned = plan(
        RequestFile(
            url="wss://{{host}}/",
            params=(Field(name="q", value="{{host}}"),),
            headers=(Field(name="Authorization", value="Bearer {{token}}"), Field(name="X", value="y", off=True)),
            subprotocols=("v1.{{host}}", ""),
        )
    )
    assert planned.request.url == "wss://example.com/?q=example.com"
    assert planned.request.headers == (("Authorization", "Bearer hunter2"),)
    assert planned.request.subprotocols == ("v1.example.com",)
    assert (planned.secrets, planned.used) == (("hunter2",), ("host", "token"))
    assert "hunter2" not in repr(planned)


def test_what_the_request_does_not_say_comes_from_its_folders_and_then_the_settings() -> None:
    collection = FolderFile(
        headers=(Field(name="A", value="1"),), network=NetworkSettings(ping_interval_s=0), tls=TlsSettings(verify=False)
    )
    folder = FolderFile(network=NetworkSettings(compression=False, max_message_bytes=5), subprotocols=("chat",))
    request = RequestFile(url="ws://h/", network=NetworkSettings(max_message_bytes=0))
    made = plan(request, collection, folder).request
    assert made.headers == (("A", "1"),)
    assert made.subprotocols == ("chat",)
    assert made.tls == domain.Tls(verify=False)
    assert made.network == domain.Network(ping_interval_s=None, compression=False, max_message_bytes=None)


def test_a_variable_has_one_value_in_the_whole_request() -> None:
    made = plan(RequestFile(url="ws://h/{{id}}", headers=(Field(name="X-Id", value="{{id}}"),))).request
    assert made.url == f"ws://h/{made.headers[0][1]}"


def test_paths_are_relative_to_the_workspace(tmp_path: Path) -> None:
    tls = TlsSettings(ca_file="ca.pem", client_certificate="certs/{{host}}.pem", client_key_password="{{token}}")
    planned = plan(RequestFile(url="wss://h/", tls=tls), root=tmp_path)
    assert planned.request.tls == domain.Tls(
        ca_file=str(tmp_path / "ca.pem"),
        client_certificate=str(tmp_path / "certs" / "example.com.pem"),
        client_key_password="hunter2",
    )
    assert planned.secrets == ()  # it is not sent


def test_a_path_that_leads_out_of_the_workspace_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match="leads out"):
        plan(RequestFile(url="wss://h/", tls=TlsSettings(client_key="../id_rsa")), root=tmp_path)


def test_an_undefined_variable_stops_it_or_stays_as_typed() -> None:
    request = RequestFile(url="ws://h/{{nobody}}")
    with pytest.raises(UndefinedVariable, match="“nobody” has no value in Staging"):
        plan(request)
    assert plan(request, keep=True).request.url == "ws://h/{{nobody}}"


def test_ways_to_the_server_have_variables_and_their_secrets_are_told() -> None:
    planned = plan(
        RequestFile(
            url="wss://h/",
            removed_headers=("User-Agent", ""),
            network=NetworkSettings(
                resolve_to=("10.0.0.5", "[::1]"),
                ip_version="4",
                unix_socket="/run/{{host}}",
                max_redirects=3,
                ping_payload="{{host}}",
                auto_pong=False,
                waiting_bytes=2**20,
                server_window_bits="any",
                client_window_bits="9",
                client_context_takeover=False,
            ),
            proxy=ProxySettings(mode="socks5", address="{{host}}:1", user="me", password="{{token}}", bypass=("b",)),
            reconnect=ReconnectSettings(attempts=3, jitter_percent=50, close_codes=(4000,)),
        )
    )
    made = planned.request
    assert made.removed_headers == ("User-Agent",)
    assert made.network == domain.Network(
        resolve=(domain.HostAddress(addresses=("10.0.0.5", "::1")),),
        ip_version="4",
        unix_socket="/run/example.com",
        max_redirects=3,
        ping_payload=b"example.com",
        auto_pong=False,
        waiting_bytes=2**20,
        client_window_bits=9,
        client_context_takeover=False,
    )
    assert made.proxy == domain.Proxy(
        mode="socks5", host="example.com", port=1, user="me", password="hunter2", bypass=("b",)
    )
    assert made.reconnect == domain.Reconnect(attempts=3, jitter=0.5, close_codes=(4000,))
    assert planned.secrets == ("hunter2",)


def test_tls_in_full() -> None:
    tls = TlsSettings(pinned_sha256="ab", server_name="{{host}}", minimum_version="1.3", alpn=())
    made = plan(RequestFile(url="wss://h/", tls=tls)).request.tls
    assert made == domain.Tls(pinned_sha256="ab", server_name="example.com", minimum_version="1.3", alpn=())


@pytest.mark.parametrize(
    ("request_", "words"),
    [
        (RequestFile(proxy=ProxySettings(mode="http", address="http://p:1")), "host and port only"),
        (RequestFile(proxy=ProxySettings(mode="http", address="p:99999")), "1 to 65535"),
        (RequestFile(proxy=ProxySettings(mode="http")), "no host"),
        (RequestFile(network=NetworkSettings(resolve_to=("localhost",))), "no IP address"),
        (RequestFile(network=NetworkSettings(ping_payload="x" * 126)), "at most 125 bytes"),
    ],
)
def test_what_can_t_be_is_told_in_a_sentence(request_: RequestFile, words: str) -> None:
    with pytest.raises(PlanError, match=words):
        plan(request_)


def test_cookies_are_used_unless_a_folder_or_the_request_says_no() -> None:
    off, on = NetworkSettings(cookies=False), NetworkSettings(cookies=True)
    assert plan(RequestFile(url="ws://h/")).request.network.cookies
    assert not plan(RequestFile(url="ws://h/"), FolderFile(network=off)).request.network.cookies
    assert plan(RequestFile(url="ws://h/", network=on), FolderFile(network=off)).request.network.cookies


def test_parameters_of_the_path_are_filled_in_and_stay_as_typed_where_all_may() -> None:
    request = RequestFile(url="ws://{{host}}/:id/:none", path_params=(Field(name="id", value="{{token}}"),))
    assert plan(request, keep=True).request.url == "ws://example.com/hunter2/:none"
    assert plan(request, keep=True).secrets == ("hunter2",)
    with pytest.raises(PlanError, match=":none"):
        plan(request)
