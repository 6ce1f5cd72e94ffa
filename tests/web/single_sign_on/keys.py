"""Keys and certificates for the providers of the tests, made on the spot."""

from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID


def private_key() -> str:
    return _written(rsa.generate_private_key(public_exponent=65537, key_size=2048))


def key_with_certificate() -> tuple[str, str]:
    """A private key and a certificate that it signed itself, both PEM."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "provider of the tests")])
    today = datetime.now(UTC)
    made = x509.CertificateBuilder(
        issuer_name=name,
        subject_name=name,
        public_key=key.public_key(),
        serial_number=1,
        not_valid_before=today - timedelta(days=1),
        not_valid_after=today + timedelta(days=2),
    ).sign(key, hashes.SHA256())
    return _written(key), made.public_bytes(serialization.Encoding.PEM).decode()


def _written(key: rsa.RSAPrivateKey) -> str:
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()).decode()
