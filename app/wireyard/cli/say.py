"""What the commands say on stderr: the window's words, with secrets hidden, and only plain text."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterable

from wireyard.domain.failure import Failure
from wireyard.exchange.redact import redact_text
from wireyard.exchange.secret_values import SecretValues
from wireyard.session.wording import CloseWords, FailureWords, Remedy, words

# What a remedy of the window is on the command line. The others are not about options.
_OPTIONS = {
    "skip_verify": "-k connects without the certificate check, for this run only.",
    "pin": "--pin {value} takes this certificate only.",
    "unpin": "Without --pin it is checked in the usual way.",
    "use_server_name": "--server-name {value} asks for that name.",
    "older_tls": "--tlsv1.2 allows TLS 1.2.",
    "compression_off": "--no-compression offers none.",
    "wait_longer": "--connect-timeout {value} waits longer.",
    "raise_limit": "--max-size {value} takes it.",
    "use_ws": "ws:// connects without TLS.",
    "use_wss": "wss:// connects with TLS.",
    "follow": "-L follows it. The new address is {value}",
    "no_proxy": "--noproxy '*' connects without a proxy.",
    "edit_proxy": "-x [SCHEME://]HOST:PORT names another proxy.",
    "sign_in_to_proxy": "-x [SCHEME://]USER:PASSWORD@HOST:PORT signs in to it.",
    "open_auth": "-u USER:PASSWORD signs in, by Digest with --digest; --oauth2-bearer TOKEN sends a token.",
    "edit_headers": "-H 'Origin: https://…' says where the request comes from.",
    "client_certificate": "--cert FILE --key FILE shows a client certificate.",
    "tls.ca_file": "--cacert FILE trusts the authority whose certificate is in FILE.",
    "use_subprotocol": "--subprotocol {value} offers what the server answered.",
    "offer_no_subprotocol": "Without --subprotocol none is offered.",
}


_hidden: set[str] = set()


def never_say(secrets: Iterable[str]) -> None:
    """Have these values hidden from now on, wherever they come from."""
    _hidden.update(secret for secret in secrets if secret)


def say(text: str) -> None:
    """Write a line to stderr. A terminal's control characters, and secrets, never get there."""
    plain = redact_text(text, SecretValues(_hidden))
    shown = "".join(c if c.isprintable() or c == "\n" else "\ufffd" for c in plain)
    with contextlib.suppress(BrokenPipeError):  # nobody listens any more
        print(shown, file=sys.stderr, flush=True)


def say_address(words: str, address: str) -> bool:
    """Ask the person to open an address. It is written out whole, and nothing in it is secret: it asks for a secret."""
    say(words)
    shown = "".join(char if char.isprintable() else "\ufffd" for char in address)
    with contextlib.suppress(BrokenPipeError):
        print(f"  {shown}", file=sys.stderr, flush=True)
    return True


def show_sign_in(address: str) -> bool:
    """For OAuth 2: a person signs in with their own browser while the command waits."""
    return say_address(
        "wireyard: Open this address in a browser of this computer to sign in (Ctrl+C gives up):", address
    )


def say_failure(failure: Failure) -> None:
    """Say what failed, as the window does, and what can be done about it here."""
    say_words(words(failure))


def say_words(said: FailureWords | CloseWords) -> None:
    """Pill and title, the explanation, and the options that help."""
    same = said.title.startswith(said.pill) or said.pill == said.title
    say(f"wireyard: {said.title}" if same else f"wireyard: {said.pill}: {said.title}")
    if said.explanation:
        say(f"  {said.explanation}")
    for remedy in said.remedies:
        hint = option_for(remedy)
        if hint:
            say(f"  {hint}")


def option_for(remedy: Remedy) -> str:
    """How to take a remedy on the command line; empty where there is nothing to type."""
    key = remedy.value if remedy.id == "edit_setting" else remedy.id
    return _OPTIONS.get(key, "").format(value=remedy.value)
