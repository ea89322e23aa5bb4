"""Put on PYTHONPATH, this makes every look-up of a name hang for a minute, as a dead name server does."""

import socket
import time

HANG_S = 60.0
_look_up = socket.getaddrinfo


def _hang(host, *args, **options):
    if isinstance(host, str) and host.endswith(".hangs"):
        time.sleep(HANG_S)
    return _look_up(host, *args, **options)


socket.getaddrinfo = _hang
