"""A certificate for a trial in the school's own network: an authority of this machine alone, and what it signs for its names.

Tablets are told to trust the authority. So that its key can do no harm elsewhere, it may only speak for this machine's names and
addresses, and for private networks.
"""

import ipaddress
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

PRIVATE = ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "::1/128", "fe80::/10", "fc00::/7")
OF_AUTHORITY, OF_SERVER = timedelta(days=5 * 365), timedelta(days=397)  # tablets take no longer ones
NEVER = ("content_commitment", "key_encipherment", "data_encipherment", "key_agreement", "encipher_only", "decipher_only")
RENEWED = timedelta(days=30)
HOUR = timedelta(hours=1)  # clocks differ


@dataclass(frozen=True, slots=True)
class Certified:
    """Files: what tablets trust, and what the server shows."""

    authority: Path
    certificate: Path
    key: Path

    def fingerprint(self) -> str:
        """Of the authority, in pairs, as the screens of devices show it."""
        return x509.load_pem_x509_certificate(self.authority.read_bytes()).fingerprint(hashes.SHA256()).hex(":").upper()


def certified(folder: Path, names: Sequence[str], *, at: datetime) -> Certified:
    """The certificate for these names; made when there is none, when a name came up that is not in it, and when it is near its end."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    files = Certified(folder / "kring-ca.pem", folder / "server.pem", folder / "server.key")
    authority_key = folder / "kring-ca.key"
    if not (holds(files.authority, (), at=at) and authority_key.exists() and may_sign(files.authority, names)):
        make_authority(files.authority, authority_key, names, at=at)
        files.certificate.unlink(missing_ok=True)
    if not (holds(files.certificate, names, at=at) and files.key.exists()):
        make_certificate(files, authority_key, names, at=at)
    return files


def holds(file: Path, names: Sequence[str], *, at: datetime) -> bool:
    if not file.exists():
        return False
    found = x509.load_pem_x509_certificate(file.read_bytes())
    return found.not_valid_before_utc <= at < found.not_valid_after_utc - RENEWED and set(names) <= names_in(found)


def names_in(certificate: x509.Certificate) -> set[str]:
    try:
        alternative = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return set()
    return {*alternative.get_values_for_type(x509.DNSName), *map(str, alternative.get_values_for_type(x509.IPAddress))}


def may_sign(authority: Path, names: Sequence[str]) -> bool:
    """Whether the authority may speak for all of these; browsers refuse a certificate with one name too many."""
    permitted = x509.load_pem_x509_certificate(authority.read_bytes()).extensions.get_extension_for_class(x509.NameConstraints)
    found = permitted.value.permitted_subtrees or []
    networks = [each.value for each in found if isinstance(each, x509.IPAddress)]
    speaks_for = {each.value for each in found if isinstance(each, x509.DNSName)}
    return all(within(name, networks) if is_address(name) else name in speaks_for for name in names)


def within(address: str, networks: Sequence[object]) -> bool:
    found = ipaddress.ip_address(address)
    return any(found in network for network in networks if isinstance(network, ipaddress.IPv4Network | ipaddress.IPv6Network))


def is_address(name: str) -> bool:
    try:
        return bool(ipaddress.ip_address(name))
    except ValueError:
        return False


def make_authority(file: Path, key_file: Path, names: Sequence[str], *, at: datetime) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = called(f"Kring op proef, {names[0]}, {at:%d-%m-%Y}")
    limits: list[x509.GeneralName] = [x509.DNSName(each) for each in names if not is_address(each)]
    private_ones = [ipaddress.ip_network(each) for each in PRIVATE]
    others = [ipaddress.ip_network(each) for each in names if is_address(each) and not within(each, private_ones)]
    limits += [x509.IPAddress(each) for each in (*private_ones, *others)]
    made = (
        begun(name, name, key, at=at, until=at + OF_AUTHORITY)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.NameConstraints(limits, None), critical=True)
        .add_extension(usage(signs=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    write(key_file, private(key))
    write(file, made.public_bytes(serialization.Encoding.PEM), mode=0o644)


def make_certificate(files: Certified, authority_key: Path, names: Sequence[str], *, at: datetime) -> None:
    authority = x509.load_pem_x509_certificate(files.authority.read_bytes())
    signer = serialization.load_pem_private_key(authority_key.read_bytes(), None)
    assert isinstance(signer, ec.EllipticCurvePrivateKey)  # noqa: S101 (we made it ourselves)
    key = ec.generate_private_key(ec.SECP256R1())
    alternative = [x509.IPAddress(ipaddress.ip_address(each)) if is_address(each) else x509.DNSName(each) for each in names]
    made = (
        begun(called(names[0]), authority.subject, key, at=at, until=min(at + OF_SERVER, authority.not_valid_after_utc))
        .add_extension(x509.SubjectAlternativeName(alternative), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage(signs=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False)
        .sign(signer, hashes.SHA256())
    )
    write(files.key, private(key))
    write(files.certificate, made.public_bytes(serialization.Encoding.PEM) + files.authority.read_bytes(), mode=0o644)


def begun(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, *, at: datetime, until: datetime
) -> x509.CertificateBuilder:
    return x509.CertificateBuilder(issuer, subject, key.public_key(), x509.random_serial_number(), at - HOUR, until)


def called(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:64])])


def usage(*, signs: bool) -> x509.KeyUsage:
    never = dict.fromkeys(NEVER, False)
    return x509.KeyUsage(digital_signature=not signs, key_cert_sign=signs, crl_sign=signs, **never)


def private(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())


def write(file: Path, contents: bytes, *, mode: int = 0o600) -> None:
    """Never readable for anybody else, not for a moment."""
    fresh = file.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as opened:
        opened.write(contents)
    fresh.replace(file)
