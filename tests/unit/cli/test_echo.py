"""The echo server of the command line."""

from __future__ import annotations

import socket

import pytest

from wireyard.cli.main import main


def test_a_port_that_is_taken_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert main(["echo", "--port", str(port)]) == 12
    assert capsys.readouterr().err == f"wireyard: Port {port} is in use by another program.\n"
