"""What a person wants to connect to."""

from __future__ import annotations

from wireyard.domain.request import ConnectRequest, Proxy, Tls


def test_a_passphrase_is_not_in_the_repr() -> None:
    request = ConnectRequest(url="wss://h/", tls=Tls(client_key="k.pem", client_key_password="hunter2"))
    assert "hunter2" not in repr(request)
    assert "k.pem" in repr(request)


def test_a_proxy_s_password_is_not_in_the_repr() -> None:
    request = ConnectRequest(url="wss://h/", proxy=Proxy(mode="http", host="p", user="me", password="hunter2"))
    assert "hunter2" not in repr(request)
    assert "'me'" in repr(request)
