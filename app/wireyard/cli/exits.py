"""What the exit code says, for scripts. The numbers are part of the interface: see docs/command-line.md."""

from __future__ import annotations

import enum

from wireyard.domain.failure import Failure, FailureCode, FailureStep


class ExitCode(enum.IntEnum):
    """Every code that the commands end with."""

    OK = 0
    USAGE = 2
    ADDRESS = 10
    NAME = 11
    TCP = 12
    PROXY = 13
    TLS = 14
    UPGRADE = 15
    LOST = 16
    STORAGE = 17
    SECRETS = 18
    VARIABLE = 19
    AUTH = 20
    INTERRUPTED = 130


class CommandError(Exception):
    """A command is over; what there was to say has been said."""

    def __init__(self, code: ExitCode) -> None:
        super().__init__(code.name)
        self.code = code


_BY_STEP: dict[FailureStep, ExitCode] = {
    "address": ExitCode.ADDRESS,
    "auth": ExitCode.AUTH,
    "resolve": ExitCode.NAME,
    "tcp": ExitCode.TCP,
    "proxy": ExitCode.PROXY,
    "tls": ExitCode.TLS,
    "upgrade": ExitCode.UPGRADE,
    "open": ExitCode.LOST,
    "storage": ExitCode.STORAGE,
}
# Where the kind of failure says more than the step it showed in.
_BY_CODE: dict[FailureCode, ExitCode] = {
    "bad_header": ExitCode.USAGE,
    "auth_failed": ExitCode.AUTH,
    "tls_refused": ExitCode.TLS,
    "proxy_auth": ExitCode.PROXY,
    "proxy_failed": ExitCode.PROXY,
    "cancelled": ExitCode.INTERRUPTED,
    "storage": ExitCode.STORAGE,
}


def exit_code(failure: Failure) -> ExitCode:
    """The code for a failure: by the step that failed, as in the window's stepper.

    With a proxy, finding it and connecting to it are its own steps.
    """
    if failure.facts.get("proxy") and failure.step in ("resolve", "tcp") and failure.code != "cancelled":
        return ExitCode.PROXY
    return _BY_CODE.get(failure.code, _BY_STEP[failure.step])
