"""What is said about a failure or an end: short for a pill, a sentence for a title, and what can be done about it."""

from __future__ import annotations

from typing import Literal

import msgspec

RemedyId = Literal[
    "edit_url",
    "retry",
    "retry_after",
    "reconnect",
    "wait_longer",
    "use_ws",
    "use_wss",
    "follow",
    "skip_verify",
    "pin",
    "unpin",
    "use_server_name",
    "older_tls",
    "raise_limit",
    "use_subprotocol",
    "offer_no_subprotocol",
    "compression_off",
    "compression_on",
    "use_path",
    "no_proxy",
    "edit_proxy",
    "sign_in_to_proxy",
    "open_auth",
    "edit_headers",
    "client_certificate",
    "edit_network",
    "edit_setting",
    "keepalive",
    "auto_reconnect",
    "copy_answer",
    "copy_technical",
    "save_elsewhere",
]
"""What a front end must be able to do. `wireyard.session.remedy.remedied` makes the request that most of them mean."""


class Remedy(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to try: a card with one button. ``value`` is what the remedy sets, where it sets something.

    Of ``edit_setting`` it is the setting to look at: ``tls.ca_file``, or ``.subprotocols`` of the request itself.
    """

    id: RemedyId
    title: str
    explanation: str
    button: str
    value: str = ""


class FailureWords(msgspec.Struct, frozen=True, kw_only=True):
    """The words for one failure. ``pill`` has at most three words; remedies come safest first, at most three."""

    pill: str
    title: str
    explanation: str
    remedies: tuple[Remedy, ...] = ()


class CloseWords(msgspec.Struct, frozen=True, kw_only=True):
    """The words for the end of a connection that was open.

    ``row`` is the line in the timeline; ``is_calm`` is true for an ordinary goodbye, which is drawn grey, and
    ``is_error`` for an end that broke something, which is drawn red. The rest is amber.
    """

    pill: str
    row: str
    title: str
    explanation: str
    is_calm: bool = False
    is_error: bool = False
    remedies: tuple[Remedy, ...] = ()
