"""The certificates that a server showed, as sections of what the inspector says."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from wireyard.domain.failure import Certificate, Chain
from wireyard.formats import sizes
from wireyard.gui.inspector.sections import Field, Section


def chain_sections(chain: Chain | None) -> tuple[Section, ...]:
    """One section for each certificate, the server's own first."""
    if chain is None or not chain.certificates:
        return ()
    own, *others = chain.certificates
    title = _tr("Certificate received")
    if chain.is_leaf_only:
        title = _tr("Certificate received; others of its chain can't be told")
    return (
        Section(title, _fields(own)),
        *(
            Section(_tr("Certificate {0} of the chain").format(number), _fields(each))
            for number, each in enumerate(others, 2)
        ),
    )


def certificate_section(certificate: Certificate | None) -> tuple[Section, ...]:
    """The server's own, where no more is known."""
    return () if certificate is None else (Section(_tr("Certificate received"), _fields(certificate)),)


def _fields(certificate: Certificate) -> tuple[Field, ...]:
    second_ns = 1_000_000_000
    return (
        *((Field(_tr("Valid for"), ", ".join(certificate.names)),) if certificate.names else ()),
        Field(_tr("Subject"), certificate.subject or _tr("no name")),
        Field(_tr("Issuer"), certificate.issuer or _tr("no name")),
        Field(_tr("From"), sizes.date_and_time(certificate.not_before * second_ns)),
        Field(_tr("Until"), sizes.date_and_time(certificate.not_after * second_ns)),
        Field("SHA-256", certificate.sha256),
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("Details", text)
