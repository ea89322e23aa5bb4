"""A remedy taken is the same request with one thing changed."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from wireyard.domain.request import ConnectRequest, Tls
from wireyard.session.remedy import part_of, remedied
from wireyard.session.wording import remedies

REQUEST = ConnectRequest(url="ws://h:1/p?q", subprotocols=("v1",))


@pytest.mark.parametrize(
    ("url", "secure"), [("ws://h:1/p", "wss://h:1/p"), ("h:1/p", "wss://h:1/p"), (" HTTP://h", "wss://h")]
)
def test_the_scheme_is_changed_and_nothing_else(url: str, secure: str) -> None:
    changed = remedied(ConnectRequest(url=url), remedies.USE_WSS)
    assert changed is not None
    assert changed.url == secure
    plain = remedied(changed, remedies.USE_WS)
    assert plain is not None
    assert plain.url == secure.replace("wss", "ws", 1)


def test_the_check_is_skipped_for_this_request() -> None:
    changed = remedied(REQUEST, remedies.SKIP_VERIFY)
    assert changed is not None
    assert not changed.tls.verify
    assert REQUEST.tls.verify


def test_limits_are_raised() -> None:
    longer = remedied(REQUEST, remedies.wait_longer(30))
    larger = remedied(REQUEST, remedies.raise_limit(1 << 25))
    assert longer is not None
    assert longer.network.open_timeout_s == 30
    assert larger is not None
    assert larger.network.max_message_bytes == 1 << 25


def test_pings_keep_a_connection_awake() -> None:
    awake = remedied(ConnectRequest(url="ws://h"), remedies.keepalive(30, 60))
    assert awake is not None
    assert awake.network.ping_interval_s == 30


def test_subprotocols_compression_and_address_are_changed() -> None:
    offered = remedied(REQUEST, remedies.use_subprotocol("v9"))
    none = remedied(REQUEST, remedies.OFFER_NO_SUBPROTOCOL)
    plain = remedied(REQUEST, remedies.COMPRESSION_OFF)
    there = remedied(REQUEST, remedies.follow("wss://new/"))
    assert offered is not None
    assert offered.subprotocols == ("v9",)
    assert none is not None
    assert none.subprotocols == ()
    assert plain is not None
    assert not plain.network.compression
    assert there is not None
    assert there.url == "wss://new/"


def test_trying_again_is_the_same_request() -> None:
    assert remedied(REQUEST, remedies.RETRY) is REQUEST
    assert remedied(REQUEST, remedies.RECONNECT) is REQUEST


@pytest.mark.parametrize("remedy", [remedies.EDIT_URL, remedies.COPY_ANSWER, remedies.EDIT_PROXY, remedies.OPEN_AUTH])
def test_what_is_not_about_connecting_has_no_request(remedy: remedies.Remedy) -> None:
    assert remedied(REQUEST, remedy) is None


def test_what_is_trusted_is_changed() -> None:
    pinned = remedied(REQUEST, remedies.pin("ab" * 32))
    assert pinned is not None
    assert pinned.tls.pinned_sha256 == "ab" * 32
    free = remedied(pinned, remedies.UNPIN)
    named = remedied(pinned, remedies.use_server_name("other.example"))
    assert free is not None
    assert free.tls == REQUEST.tls
    assert named is not None
    assert named.tls.server_name == "other.example"


def test_an_older_tls_is_allowed() -> None:
    changed = remedied(replace(REQUEST, tls=Tls(minimum_version="1.3")), remedies.OLDER_TLS)
    assert changed is not None
    assert changed.tls.minimum_version == "1.2"


@pytest.mark.parametrize(
    ("url", "there"),
    [("ws://h:1/p?q", "ws://h:1/ws"), ("h", "h/ws"), ("{{base}}/p", "{{base}}/ws"), ("ws://h?q", "ws://h/ws")],
)
def test_another_path_of_the_same_server(url: str, there: str) -> None:
    changed = remedied(ConnectRequest(url=url), remedies.use_path("/ws"))
    assert changed is not None
    assert changed.url == there


def test_without_the_proxy() -> None:
    changed = remedied(REQUEST, remedies.NO_PROXY)
    assert changed is not None
    assert changed.proxy.mode == "none"


def test_what_is_for_one_server_does_not_follow_to_another() -> None:
    request = ConnectRequest(url="ws://h/", headers=(("Authorization", "Bearer t"), ("X", "1")))
    there = remedied(request, remedies.follow("ws://other/"))
    same = remedied(request, remedies.follow("ws://h/b"))
    assert there is not None
    assert there.headers == (("X", "1"),)
    assert same is not None
    assert same.headers == request.headers


def test_what_is_set_by_hand_names_its_part_of_the_request() -> None:
    assert part_of(remedies.SIGN_IN_TO_PROXY) == "proxy_user"
    assert part_of(remedies.ADD_CLIENT_CERTIFICATE) == "tls"
    assert part_of(remedies.RETRY) is None
