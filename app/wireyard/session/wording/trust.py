"""Words for the TLS step (rows 4–6, 23 and 26)."""

from __future__ import annotations

import time

from wireyard.domain.failure import Certificate, Failure
from wireyard.session.wording import phrases, remedies
from wireyard.session.wording.model import FailureWords, Remedy

PILL = "TLS failed"
_CLOSED_AFTER = "The server closed after the TLS handshake"
_SHOWN_DIGITS = 16
# What is set in a way that can't be meant.
_SETTINGS = {"pinned_sha256": (remedies.EDIT_PINNED,), "alpn": (remedies.EDIT_ALPN,)}


def host_mismatch(failure: Failure) -> FailureWords:
    """The certificate is for other names."""
    certificate = failure.certificate
    names = f"Valid for: {phrases.listed(certificate.names)}." if certificate and certificate.names else ""
    return FailureWords(
        pill=PILL,
        title="The certificate belongs to a different host",
        explanation=names or f"It is not valid for {_asked_for(failure) or 'this host'}.",
        remedies=(remedies.EDIT_URL, *_with_its_name(certificate), remedies.SKIP_VERIFY),
    )


def untrusted(failure: Failure) -> FailureWords:
    """Nobody we trust has signed it."""
    certificate = failure.certificate
    issuer = f"Issued by {certificate.issuer}." if certificate and certificate.issuer else ""
    return FailureWords(
        pill=PILL,
        title="This certificate's issuer is not trusted",
        explanation=phrases.together(issuer, "Usual for test servers and company proxies."),
        remedies=(remedies.TRUST_CA_FILE, *_with_its_pin(certificate), remedies.SKIP_VERIFY),
    )


def pin_mismatch(failure: Failure) -> FailureWords:
    """It is not the certificate that was pinned."""
    pinned, got = failure.facts.get("pinned", ""), failure.facts.get("got", "")
    return FailureWords(
        pill=PILL,
        title="This is not the pinned certificate",
        explanation=f"Pinned is {_short(pinned)}, the server showed {_short(got) if got else 'none'}. Nothing was sent "
        "to it.",
        remedies=(remedies.RETRY, *_with_its_pin(failure.certificate), remedies.UNPIN),
    )


def expired(failure: Failure) -> FailureWords:
    """Its time is over, or the clock is wrong."""
    now = time.time()
    certificate = failure.certificate
    if certificate is None or not certificate.not_after:
        return _expired("The certificate has expired", "Your clock says " + _date(now) + ".")
    ago = phrases.duration(now - certificate.not_after)
    if certificate.not_after > now:
        # Another certificate of the chain has expired, or the server changed it meanwhile.
        return _expired("A certificate of the chain has expired", _until(certificate, now))
    return _expired(f"The certificate expired {ago} ago", _until(certificate, now))


def not_yet_valid(failure: Failure) -> FailureWords:
    """Its time has not come, or the clock is wrong."""
    now = time.time()
    certificate = failure.certificate
    start = f"From {_date(certificate.not_before)}; your" if certificate and certificate.not_before else "Your"
    return _expired("The certificate is not valid yet", f"{start} clock says {_date(now)}.")


def not_spoken(failure: Failure) -> FailureWords:
    """The answer to our hello was not TLS."""
    port = failure.facts.get("port", "")
    return FailureWords(
        pill=PILL,
        title=f"Port {port} does not speak TLS" if port else "This port does not speak TLS",
        explanation="The server answered something else to the TLS greeting.",
        remedies=(remedies.EDIT_URL, remedies.USE_WS),
    )


def refused(failure: Failure) -> FailureWords:
    """The server broke off: by an alert, or under TLS 1.3 right after the handshake."""
    reason = failure.facts.get("reason", "")
    alert = reason.partition("_ALERT_")[2].replace("_", " ").lower()
    said = f"The server's alert: {alert}." if alert else ""
    wants_newer = alert == "protocol version" or reason in ("UNSUPPORTED_PROTOCOL", "VERSION_TOO_LOW")
    guess = _version_guess(failure) if wants_newer else client_certificate_guess(failure)
    return FailureWords(
        pill="TLS refused",
        title="The server refused the TLS handshake" if alert or wants_newer else _CLOSED_AFTER,
        explanation=phrases.together(said, guess),
        remedies=(*_way_in(failure, wants_newer), remedies.RETRY, remedies.COPY_TECHNICAL),
    )


def client_certificate_guess(failure: Failure) -> str:
    """What the client certificate, or that there was none, may have to do with a refusal."""
    if failure.facts.get("client_certificate") != "sent":
        return "It may want a client certificate: none was sent."
    not_after = failure.facts.get("client_not_after", "")
    if not_after and int(not_after) < time.time():
        return f"The client certificate expired on {_date(int(not_after))}."
    return "It may not accept the client certificate."


def failed(failure: Failure) -> FailureWords:
    """Anything else in this step, such as a CA file that is none."""
    if failure.facts.get("client_file"):
        return _client_certificate(failure.facts["client_file"], failure.facts.get("client_fault", ""))
    ca_file = failure.facts.get("ca_file", "")
    if ca_file:
        return FailureWords(
            pill=PILL,
            title="The CA file can't be used",
            explanation=f"{ca_file} holds no certificate that can be read. It should be in PEM form.",
            remedies=(remedies.TRUST_CA_FILE, remedies.RETRY, remedies.COPY_TECHNICAL),
        )
    if failure.facts.get("tls_setting"):
        return FailureWords(
            pill=PILL,
            title="A TLS setting can't be used",
            explanation=failure.facts["tls_setting"],
            remedies=(*_SETTINGS.get(failure.facts.get("tls_setting_name", ""), ()), remedies.RETRY),
        )
    return FailureWords(
        pill=PILL,
        title="The TLS connection could not be set up",
        explanation="Server and client could not agree. The technical detail tells more.",
        remedies=(remedies.RETRY, remedies.EDIT_URL, remedies.COPY_TECHNICAL),
    )


def _client_certificate(file: str, fault: str) -> FailureWords:
    told = {
        "no_certificate": f"{file} holds no certificate that can be read. It should be in PEM or PKCS#12 form.",
        "no_key": f"{file} holds no private key that can be read. It should be in PEM form.",
        "mismatch": f"The key in {file} belongs to another certificate.",
        "no_passphrase": f"The key in {file} is encrypted, and no passphrase is set.",
        "wrong_passphrase": f"The passphrase for the key in {file} is wrong.",
    }
    return FailureWords(
        pill=PILL,
        title="The client certificate can't be used",
        explanation=told.get(fault, f"{file} can't be read."),
        remedies=(remedies.CHANGE_CLIENT_CERTIFICATE, remedies.RETRY, remedies.COPY_TECHNICAL),
    )


def _way_in(failure: Failure, wants_newer: bool) -> tuple[Remedy, ...]:
    """What may open the door: an older version, or a certificate of ours."""
    if wants_newer:
        return (remedies.OLDER_TLS,) if failure.facts.get("minimum_version") == "1.3" else ()
    has_one = failure.facts.get("client_certificate") == "sent"
    return () if has_one else (remedies.ADD_CLIENT_CERTIFICATE,)


def _version_guess(failure: Failure) -> str:
    return f"It does not speak TLS {failure.facts.get('minimum_version', '1.2')} or later, which is asked for."


def _asked_for(failure: Failure) -> str:
    return failure.facts.get("server_name") or failure.facts.get("host", "")


def _with_its_name(certificate: Certificate | None) -> tuple[Remedy, ...]:
    names = certificate.names if certificate else ()
    return tuple(remedies.use_server_name(name) for name in names if "*" not in name)[:1]


def _with_its_pin(certificate: Certificate | None) -> tuple[Remedy, ...]:
    return (remedies.pin(certificate.sha256),) if certificate and certificate.sha256 else ()


def _short(sha256: str) -> str:
    """The beginning of a fingerprint, in pairs, as other programs show it."""
    pairs = [sha256[at : at + 2].upper() for at in range(0, _SHOWN_DIGITS, 2)]
    return ":".join(pairs) + "…"


def _expired(title: str, explanation: str) -> FailureWords:
    return FailureWords(
        pill=PILL, title=title, explanation=explanation, remedies=(remedies.RETRY, remedies.SKIP_VERIFY)
    )


def _until(certificate: Certificate, now: float) -> str:
    return f"Until {_date(certificate.not_after)}; your clock says {_date(now)}."


def _date(seconds: float) -> str:
    return time.strftime("%Y-%m-%d %H:%M", time.localtime(seconds))
