"""The steps of connecting, as they are named in the stepper, in rows and in sentences."""

from __future__ import annotations

from wireyard.domain.event import Step, StepName
from wireyard.domain.failure import FailureStep
from wireyard.session.wording import phrases

STEP_ORDER: tuple[StepName, ...] = ("auth", "resolve", "tcp", "proxy", "tls", "upgrade")

_NAMES: dict[FailureStep, str] = {
    "address": "Address",
    "auth": "Auth",
    "resolve": "DNS",
    "tcp": "TCP",
    "proxy": "Proxy",
    "tls": "TLS",
    "upgrade": "Upgrade",
    "open": "Open",
    "storage": "Recording",
}
_DOING: dict[FailureStep, str] = {
    "address": "reading the address",
    "auth": "signing in",
    "resolve": "looking up the name",
    "tcp": "connecting",
    "proxy": "asking the proxy",
    "tls": "setting up TLS",
    "upgrade": "waiting for the upgrade",
    "open": "it was open",
    "storage": "writing the recording",
}
_DONE: dict[StepName, str] = {
    "auth": "Signed in",
    "resolve": "Resolved",
    "tcp": "TCP connected",
    "proxy": "Proxy passed",
    "tls": "TLS set up",
    "upgrade": "Upgraded",
}
_FAILED: dict[StepName, str] = {
    "auth": "Not signed in",
    "resolve": "Name not resolved",
    "tcp": "TCP failed",
    "proxy": "Proxy failed",
    "tls": "TLS failed",
    "upgrade": "Upgrade failed",
}


def step_name(step: FailureStep) -> str:
    """One word: ``DNS``, ``TCP``, ``Upgrade``."""
    return _NAMES[step]


def doing(step: FailureStep) -> str:
    """What goes on in this step, as it is said after "while"."""
    return _DOING[step]


def while_phrase(step: FailureStep) -> str:
    """``while connecting``."""
    return f"while {_DOING[step]}"


def step_row(step: Step) -> str:
    """The line of a step in the timeline: ``Resolved 10.0.0.1 · 3 ms``."""
    said = (_DONE if step.ok else _FAILED)[step.name]
    if step.name == "upgrade" and step.ok and step.detail.startswith("3"):
        said = "Redirected"
    if step.name == "upgrade" and step.ok and step.detail.startswith("401"):
        said = "Asked to sign in"
    detail = f" {step.detail}" if step.detail else ""
    return f"{said}{detail} · {_ms(step.ms)}"


def _ms(ms: float) -> str:
    return f"{ms:.1f} ms" if ms < 10 else f"{ms:.0f} ms" if ms < 10_000 else phrases.duration(ms / 1000)
