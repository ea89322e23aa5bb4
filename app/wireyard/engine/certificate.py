"""Looking at a certificate that was refused: a second handshake that checks nothing and sends nothing."""

from __future__ import annotations

import asyncio
import hashlib
import ssl
from typing import cast

from wireyard.domain.failure import Certificate
from wireyard.engine.resolve import Endpoint
from wireyard.engine.tcp import Race, connect
from wireyard.engine.trust import unverified_context

LOOK_TIMEOUT_S = 2.0


async def look_at_certificate(endpoint: Endpoint, server_name: str) -> Certificate | None:
    """Fetch the certificate that a server shows; None when it can't be had."""
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(LOOK_TIMEOUT_S):
            sock, _ = await connect([endpoint], Race())
            transport, _ = await loop.create_connection(
                asyncio.Protocol, sock=sock, ssl=unverified_context(), server_hostname=server_name
            )
    except OSError:  # TimeoutError and ssl.SSLError are OSErrors
        return None
    ssl_object = cast("ssl.SSLObject | None", transport.get_extra_info("ssl_object"))
    der = ssl_object.getpeercert(binary_form=True) if ssl_object is not None else None
    transport.abort()
    return read_certificate(der) if der else None


def read_certificate(der: bytes) -> Certificate:
    """Read the facts that a person compares."""
    from cryptography import x509  # here: it takes 30 ms, and only a refused certificate needs it

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
