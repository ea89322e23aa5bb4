"""What a request gets from the folders above it, and from which."""

from __future__ import annotations

from wireyard.workspace.documents import Level
from wireyard.workspace.inheritance import Sourced, effective
from wireyard.workspace.model import (
    Field,
    FolderFile,
    NetworkSettings,
    ProxySettings,
    ReconnectSettings,
    RequestFile,
    TlsSettings,
)


def _levels(*files: FolderFile) -> tuple[Level, ...]:
    return tuple(Level(id=str(number), name=f"L{number}", file=file) for number, file in enumerate(files))


def _field(name: str, value: str = "", *, off: bool = False) -> Field:
    return Field(name=name, value=value, off=off)


def test_nobody_says_anything() -> None:
    found = effective(RequestFile(), _levels(FolderFile()))
    assert (found.headers, found.subprotocols, found.tls, found.network) == ((), None, {}, {})


def test_headers_add_up_and_the_nearest_counts() -> None:
    levels = _levels(FolderFile(headers=(_field("A", "0"), _field("B", "0"))), FolderFile(headers=(_field("b", "1"),)))
    found = effective(RequestFile(headers=(_field("C", "2"), _field("C", "3"))), levels)
    assert [(row.value.name, row.value.value, row.source) for row in found.headers] == [
        ("A", "0", "L0"),
        ("b", "1", "L1"),
        ("C", "2", ""),
        ("C", "3", ""),
    ]


def test_a_row_that_is_off_keeps_out_what_is_inherited() -> None:
    levels = _levels(FolderFile(headers=(_field("A", "0"),)))
    assert effective(RequestFile(headers=(_field("a", off=True),)), levels).headers == ()


def test_a_level_may_keep_out_all_headers_above_it() -> None:
    levels = _levels(
        FolderFile(headers=(_field("A"),)), FolderFile(headers=(_field("B"),), inherit_headers=False), FolderFile()
    )
    assert [row.source for row in effective(RequestFile(), levels).headers] == ["L1"]


def test_an_empty_list_of_subprotocols_is_one() -> None:
    levels = _levels(FolderFile(subprotocols=("a",)))
    assert effective(RequestFile(), levels).subprotocols == Sourced(("a",), "L0")
    assert effective(RequestFile(subprotocols=()), levels).subprotocols == Sourced((), "")


def test_each_setting_comes_from_the_nearest_that_says_it() -> None:
    levels = _levels(
        FolderFile(tls=TlsSettings(verify=False, ca_file="a"), network=NetworkSettings(open_timeout_s=1)),
        FolderFile(tls=TlsSettings(ca_file="b")),
    )
    found = effective(RequestFile(network=NetworkSettings(open_timeout_s=0, compression=False)), levels)
    assert found.tls == {"verify": Sourced(False, "L0"), "ca_file": Sourced("b", "L1")}
    assert found.network == {"open_timeout_s": Sourced(0, ""), "compression": Sourced(False, "")}
    assert found.tls_settings() == TlsSettings(verify=False, ca_file="b")
    assert found.network_settings() == NetworkSettings(open_timeout_s=0, compression=False)


def test_a_proxy_is_inherited_as_one() -> None:
    levels = _levels(
        FolderFile(proxy=ProxySettings(mode="http", address="outer:1", password="x")),
        FolderFile(proxy=ProxySettings(mode="socks5", address="inner:2")),
        FolderFile(proxy=ProxySettings(address="no.mode:3")),
    )
    found = effective(RequestFile(), levels).proxy
    assert found == Sourced(ProxySettings(mode="socks5", address="inner:2"), "L1")
    assert effective(RequestFile(proxy=ProxySettings(mode="none")), levels).proxy == Sourced(
        ProxySettings(mode="none"), ""
    )


def test_reconnect_is_inherited_key_by_key() -> None:
    levels = _levels(FolderFile(reconnect=ReconnectSettings(attempts=5, factor=3), removed_headers=("User-Agent",)))
    found = effective(RequestFile(reconnect=ReconnectSettings(attempts=0)), levels)
    assert found.reconnect_settings() == ReconnectSettings(attempts=0, factor=3)
    assert found.removed_headers == Sourced(("User-Agent",), "L0")
