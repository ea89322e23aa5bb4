"""The TLS step: shake hands on an open socket, check the certificate, and keep what the server showed."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Callable
from typing import Generic, NoReturn, TypeVar, cast

from wireyard.domain.failure import Chain, Failure
from wireyard.domain.request import Tls
from wireyard.engine import blame
from wireyard.engine.certificate import Opener, chain_of, fingerprint_of, look_at_chain, warm_up
from wireyard.engine.client_certificate import ClientCertificateError
from wireyard.engine.errors import EngineError
from wireyard.engine.resolve import on_daemon_thread
from wireyard.engine.trust import TlsSettingError, Trust, TrustError, make_trust, normal_fingerprint

# The open timeout bounds all steps together; asyncio's own would be mistaken for a reset.
_NO_TIMEOUT_S = 86_400.0

P = TypeVar("P", bound=asyncio.Protocol)


class TlsError(EngineError):
    """The step failed; ``detail`` is its outcome in a few words."""

    def __init__(self, failure: Failure, detail: str) -> None:
        super().__init__(failure.technical)
        self.failure = failure
        self.detail = detail


class TlsStep(Generic[P]):
    """One TLS handshake. ``facts`` are those of the attempt: what is learnt here that a failure may name is added.

    ``open_again`` connects to the same server by the same way, to look at a certificate that was refused.
    """

    def __init__(self, tls: Tls, host: str, facts: dict[str, str], open_again: Opener) -> None:
        self._tls = tls
        self._server_name = tls.server_name or host
        self._facts = facts
        self._open_again = open_again
        self.version = ""
        self.alpn = ""
        self.chain: Chain | None = None
        if tls.client_certificate:
            facts["client_certificate"] = "sent"
        if tls.server_name:
            facts["server_name"] = tls.server_name
        facts["minimum_version"] = tls.minimum_version

    @property
    def is_pinned(self) -> bool:
        """Whether the certificate was compared with a pinned one."""
        return bool(self._tls.pinned_sha256)

    @property
    def is_verified(self) -> bool:
        """Whether the certificate was checked at all."""
        return self._tls.verify or self.is_pinned

    @property
    def detail(self) -> str:
        """The outcome of the step in a few words."""
        checked = "pinned certificate" if self.is_pinned else "verified" if self._tls.verify else "not verified"
        return f"{self.version}, {checked}"

    async def take(self, sock: socket.socket, make_protocol: Callable[[], P], shutdown_timeout_s: float) -> P:
        """Shake hands; give the protocol, which has its transport then and has sent nothing. Raises `TlsError`."""
        trust = await self._make_trust()
        if self.is_pinned and self._tls.client_certificate:
            await self._check_before_showing()
        loop = asyncio.get_running_loop()
        try:
            transport, protocol = await loop.create_connection(
                make_protocol,
                sock=sock,
                ssl=trust.context,
                server_hostname=self._server_name,
                ssl_handshake_timeout=_NO_TIMEOUT_S,
                ssl_shutdown_timeout=shutdown_timeout_s,
            )
        except ssl.CertificateError as error:
            chain = await self._look()
            raise TlsError(blame.blame_tls(error, self._facts, chain), "certificate refused") from error
        except OSError as error:
            failure = blame.blame_tls(error, self._facts)
            raise TlsError(failure, failure.facts.get("reason", "").replace("_", " ").lower()) from error
        tls_object = cast(ssl.SSLObject, transport.get_extra_info("ssl_object"))
        self.version = self._facts["tls"] = tls_object.version() or ""
        self.alpn = tls_object.selected_alpn_protocol() or ""
        self.chain = chain_of(tls_object)
        if self.is_pinned and fingerprint_of(tls_object) != self._pin:
            transport.abort()
            self._refuse_pin(self.chain)
        return protocol

    @property
    def _pin(self) -> str:
        return normal_fingerprint(self._tls.pinned_sha256)

    async def _make_trust(self) -> Trust:
        try:
            trust = await on_daemon_thread(self._prepare, "trust")
        except TrustError as error:
            raise TlsError(blame.blame_trust(error, self._facts), "CA file not usable") from error
        except TlsSettingError as error:
            raise TlsError(blame.blame_tls_setting(error, self._facts), "setting not usable") from error
        except ClientCertificateError as error:
            failure = blame.blame_client_certificate(error, self._facts)
            raise TlsError(failure, "client certificate not usable") from error
        if trust.client_not_after:
            self._facts["client_not_after"] = str(trust.client_not_after)
        return trust

    def _prepare(self) -> Trust:
        """What takes its time, for a thread of its own."""
        trust = make_trust(self._tls)
        warm_up()
        return trust

    async def _check_before_showing(self) -> None:
        """Who is not the pinned server is not shown our certificate, which the handshake itself would do."""
        chain = await self._look()
        if chain is not None and chain.certificates[0].sha256 != self._pin:
            self._refuse_pin(chain)

    async def _look(self) -> Chain | None:
        return await look_at_chain(self._open_again, self._server_name, self._tls)

    def _refuse_pin(self, chain: Chain | None) -> NoReturn:
        raise TlsError(blame.blame_pin(self._pin, self._facts, chain), "not the pinned certificate")
