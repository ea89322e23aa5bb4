"""Certificates made for one test run, good and bad."""

from __future__ import annotations

import datetime
import ipaddress
import ssl
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

NOW = datetime.datetime.now(datetime.UTC)
DAY = datetime.timedelta(days=1)


class Authority:
    """A private certificate authority in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Wireyard test authority")])
        builder = _builder(self.name, self.name, self.key.public_key(), NOW - DAY, NOW + 30 * DAY)
        constraints = x509.BasicConstraints(ca=True, path_length=None)
        certificate = builder.add_extension(constraints, critical=True).sign(self.key, hashes.SHA256())
        self.ca_file = folder / "ca.pem"
        self.ca_file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))

    def context(
        self,
        *names: str,
        begin: datetime.datetime = NOW - DAY,
        end: datetime.datetime = NOW + DAY,
        self_signed: bool = False,
        with_issuer: bool = False,
    ) -> ssl.SSLContext:
        """A server context with a certificate for these names and addresses."""
        chain, private = self.server(
            names[0], *names, begin=begin, end=end, self_signed=self_signed, with_issuer=with_issuer
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(chain, private)
        return context

    def server(
        self,
        called: str,
        *names: str,
        begin: datetime.datetime = NOW - DAY,
        end: datetime.datetime = NOW + DAY,
        self_signed: bool = False,
        with_issuer: bool = False,
    ) -> tuple[Path, Path]:
        """A server's certificate for these names and addresses, and its key, in two files that are ``called`` so."""
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0])])
        alternatives = x509.SubjectAlternativeName([_general_name(name) for name in names])
        builder = _builder(subject, subject if self_signed else self.name, key.public_key(), begin, end)
        signer = key if self_signed else self.key
        certificate = builder.add_extension(alternatives, critical=False).sign(signer, hashes.SHA256())
        chain, private = self.folder / f"{called}.pem", self.folder / f"{called}.key"
        issuer = self.ca_file.read_bytes() if with_issuer else b""
        chain.write_bytes(certificate.public_bytes(serialization.Encoding.PEM) + issuer)
        private.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )
        return chain, private

    def client(self, name: str, passphrase: str = "", *, end: datetime.datetime = NOW + DAY) -> tuple[Path, Path]:
        """A certificate to show to servers, and its key, in two files."""
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        builder = _builder(subject, self.name, key.public_key(), min(NOW - DAY, end - DAY), end)
        certificate = builder.sign(self.key, hashes.SHA256())
        chain, private = self.folder / f"{name}.pem", self.folder / f"{name}.key"
        chain.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
        locked = serialization.BestAvailableEncryption(passphrase.encode()) if passphrase else None
        encryption = locked or serialization.NoEncryption()
        private.write_bytes(
            key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, encryption)
        )
        return chain, private

    def pkcs12(self, name: str, passphrase: str = "", *, end: datetime.datetime = NOW + DAY) -> Path:
        """The same in one PKCS#12 file, with the authority's certificate."""
        chain, private = self.client(name, end=end)
        key = serialization.load_pem_private_key(private.read_bytes(), None)
        assert isinstance(key, ec.EllipticCurvePrivateKey)
        own = x509.load_pem_x509_certificate(chain.read_bytes())
        above = [x509.load_pem_x509_certificate(self.ca_file.read_bytes())]
        locked = serialization.BestAvailableEncryption(passphrase.encode()) if passphrase else None
        file = self.folder / f"{name}.p12"
        encryption = locked or serialization.NoEncryption()
        file.write_bytes(pkcs12.serialize_key_and_certificates(name.encode(), key, own, above, encryption))
        return file


def wanting_client_certificates(authority: Authority, *names: str) -> ssl.SSLContext:
    """A server context that lets nobody in without a certificate of this authority."""
    context = authority.context(*names)
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_verify_locations(authority.ca_file)
    return context


def fingerprint(context_name: str, authority: Authority) -> str:
    """The SHA-256 of the certificate that `Authority.context` made last for this first name."""
    pem = (authority.folder / f"{context_name}.pem").read_bytes()
    return x509.load_pem_x509_certificate(pem).fingerprint(hashes.SHA256()).hex()


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePublicKey,
    begin: datetime.datetime,
    end: datetime.datetime,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(end)
    )


def _general_name(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)
