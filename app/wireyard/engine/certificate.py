"""The certificates that a server shows: read for people, and fetched once more where they were refused.

The second look is a TLS handshake of its own that checks nothing, shows no certificate of ours and sends no request.
It is driven by hand, so that it has what it wants as soon as the server has shown it, and also where the server then
breaks off because it wants a certificate of us.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import socket
import ssl
from collections.abc import Awaitable, Callable
from typing import Any, cast

from wireyard.domain.failure import Certificate, Chain
from wireyard.domain.request import Tls
from wireyard.engine.trust import unverified_context

LOOK_TIMEOUT_S = 2.0
_READ_BYTES = 64 * 1024
# No honest chain is longer; a server must not fill the log.
_MAX_CERTIFICATES = 16
_ENCODING_DER = 2  # ssl's private _ssl.ENCODING_DER

Opener = Callable[[], Awaitable[socket.socket]]


async def look_at_chain(open_socket: Opener, server_name: str, tls: Tls) -> Chain | None:
    """Fetch the certificates that a server shows; None when they can't be had.

    ``open_socket`` connects to the server once more, by the way that the first connection took.
    """
    with contextlib.suppress(OSError):  # TimeoutError and ssl.SSLError are OSErrors
        async with asyncio.timeout(LOOK_TIMEOUT_S):
            sock = await open_socket()
            with sock:
                ders, is_leaf_only = await _watch_handshake(sock, server_name, tls)
            return read_chain(ders, is_leaf_only=is_leaf_only) if ders else None
    return None


def chain_of(ssl_object: ssl.SSLObject) -> Chain | None:
    """The certificates that the server of a connection showed; None when it showed none."""
    ders, is_leaf_only = _ders_of(ssl_object)
    return read_chain(ders, is_leaf_only=is_leaf_only) if ders else None


def read_chain(ders: list[bytes], *, is_leaf_only: bool = False) -> Chain:
    """Read certificates for people; the server's own comes first."""
    certificates = tuple(read_certificate(der) for der in ders[:_MAX_CERTIFICATES])
    return Chain(certificates=certificates, is_leaf_only=is_leaf_only)


def fingerprint_of(ssl_object: ssl.SSLObject) -> str:
    """The SHA-256 of the certificate that the server showed, in hex; empty when it showed none."""
    der = ssl_object.getpeercert(binary_form=True)
    return hashlib.sha256(der).hexdigest() if der else ""


def warm_up() -> None:
    """Load what reads certificates, which may take 100 ms: not on the event loop, and not for ws."""
    import cryptography.x509  # noqa: F401 # pyright: ignore[reportUnusedImport]


def read_certificate(der: bytes) -> Certificate:
    """Read the facts that a person compares."""
    from cryptography import x509  # see `warm_up`

    sha256 = hashlib.sha256(der).hexdigest()
    try:
        certificate = x509.load_der_x509_certificate(der)
        subject, issuer = certificate.subject.rfc4514_string(), certificate.issuer.rfc4514_string()
        common_names = certificate.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
        names = tuple(str(attribute.value) for attribute in common_names)
    except ValueError:
        return Certificate(sha256=sha256)
    try:
        alternatives = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        names = tuple(alternatives.get_values_for_type(x509.DNSName)) + tuple(
            str(address) for address in alternatives.get_values_for_type(x509.IPAddress)
        )
    except (x509.ExtensionNotFound, ValueError):
        pass  # an old certificate: its common name is its only name
    return Certificate(
        names=names,
        subject=subject,
        issuer=issuer,
        not_before=int(certificate.not_valid_before_utc.timestamp()),
        not_after=int(certificate.not_valid_after_utc.timestamp()),
        sha256=sha256,
    )


async def _watch_handshake(sock: socket.socket, server_name: str, tls: Tls) -> tuple[list[bytes], bool]:
    """Shake hands until the server has shown its certificates."""
    loop = asyncio.get_running_loop()
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    tls_object = unverified_context(tls).wrap_bio(incoming, outgoing, server_hostname=server_name)
    while True:
        error: ssl.SSLError | None = None
        try:
            tls_object.do_handshake()
        except ssl.SSLError as caught:
            error = caught
        ders, is_leaf_only = _ders_of(tls_object)
        if ders:
            return ders, is_leaf_only
        if not isinstance(error, ssl.SSLWantReadError):
            return [], False
        if hello := outgoing.read():
            await loop.sock_sendall(sock, hello)
        data = await loop.sock_recv(sock, _READ_BYTES)
        if not data:
            return [], False
        incoming.write(data)


def _ders_of(tls_object: ssl.SSLObject) -> tuple[list[bytes], bool]:
    """The whole chain where it can be had, or the leaf alone, and whether it is that."""
    chain = _whole_chain(tls_object)
    if chain:
        return chain, False
    with contextlib.suppress(ValueError):  # raised before the handshake is done
        leaf = tls_object.getpeercert(binary_form=True)
        if leaf:
            return [leaf], True
    return [], False


def _whole_chain(tls_object: ssl.SSLObject) -> list[bytes]:
    """Everything that the server sent: by public API since Python 3.13, before that by what lies under it.

    Empty where neither is there.
    """
    public = getattr(tls_object, "get_unverified_chain", None)
    if public is not None:
        return list(cast("list[bytes]", public() or ()))
    try:
        below = cast(Any, tls_object)._sslobj.get_unverified_chain()
        return [bytes(certificate.public_bytes(_ENCODING_DER)) for certificate in below or ()]
    except (AttributeError, TypeError, ValueError):
        return []
