"""A real SAML provider for the tests: Debian's simplesamlphp, with a configuration written into a folder of the test."""

import json
from pathlib import Path

from tests.web.single_sign_on.keys import key_with_certificate

PASSWORD = "wachtwoord-bij-het-bestuur"
HERE = "http://testserver"
KEY, SEALED = "saml", "sealed"
SEAL = {"certificate": "kring.crt", "assertion.encryption": True, "sharedkey_algorithm": "http://www.w3.org/2009/xmlenc11#aes256-gcm"}
AUDIENCE, ANSWERS = f"{HERE}/login/via/{KEY}/metadata/", f"{HERE}/login/via/{KEY}/answer/"
PEOPLE = {
    "anna": {"uid": "a1", "eduPersonAffiliation": "employee", "schacHomeOrganization": "beuk.nl", "mail": "rik@beuk.nl"},
    "mallory": {"uid": "m1", "eduPersonAffiliation": "student", "schacHomeOrganization": "beuk.nl", "mail": "anna@beuk.nl"},
    "gijs": {"uid": "g1", "eduPersonAffiliation": "employee", "schacHomeOrganization": "eik.nl", "mail": "anna@beuk.nl"},
}


def entity(base: str) -> str:
    return f"{base}/saml2/idp/metadata.php"


def configure(folder: Path, base: str, kring: str, names: Path) -> None:
    """Everything that simplesamlphp reads, with keys of its own, for a Kring at this address."""
    key, certificate = key_with_certificate()
    for part in ("cert", "metadata", "tmp", "sessions"):
        (folder / part).mkdir()
    (folder / "cert" / "idp.pem").write_text(key)
    (folder / "cert" / "idp.crt").write_text(certificate)
    write(folder / "config.php", "config", _config(folder, base, names))
    write(folder / "authsources.php", "config", {"people": {0: "exampleauth:UserPass", **_people()}})
    write(folder / "metadata" / "saml20-idp-hosted.php", "metadata['__DYNAMIC:1__']", _hosted())
    ours = folder / "kring.pem", folder / "cert" / "kring.crt"
    for file, text in zip(ours, key_with_certificate()):
        file.write_text(text)
    write(folder / "metadata" / "saml20-sp-remote.php", "metadata", _known(kring, KEY) | _known(kring, SEALED, **SEAL))


def write(file: Path, variable: str, value: object) -> None:
    """PHP reads JSON as well as anybody."""
    text = json.dumps(value).replace("\\", "\\\\").replace("'", "\\'")
    file.write_text(f"<?php ${variable} = json_decode('{text}', true);")


def _config(folder: Path, base: str, names: Path) -> dict[str, object]:
    return {
        "baseurlpath": f"{base}/",
        "certdir": f"{folder}/cert/",
        "metadatadir": f"{folder}/metadata/",
        "loggingdir": f"{folder}/",
        "datadir": f"{folder}/",
        "tempdir": f"{folder}/tmp",
        "attributenamemapdir": f"{names}/",
        "logging.handler": "errorlog",
        "logging.level": 7,
        "secretsalt": "only for the provider of the tests",
        "auth.adminpassword": "only for the provider of the tests",
        "enable.saml20-idp": True,
        "module.enable": {"exampleauth": True, "core": True, "saml": True},
        "session.cookie.secure": False,
        "session.phpsession.savepath": f"{folder}/sessions",
        "store.type": "phpsession",
        "language.available": ["en"],
        "language.default": "en",
        "metadata.sources": [{"type": "flatfile"}],
        "timezone": "UTC",
    }


def _known(kring: str, key: str, **more: object) -> dict[str, object]:
    """Kring under one of its keys, as its own metadata page says."""
    return {f"{kring}/login/via/{key}/metadata/": {"AssertionConsumerService": f"{kring}/login/via/{key}/answer/", **more}}


def _people() -> dict[str, object]:
    return {f"{name}:{PASSWORD}": {key: [value] for key, value in said.items()} for name, said in PEOPLE.items()}


def _hosted() -> dict[str, object]:
    named = {"class": "saml:PersistentNameID", "attribute": "uid"}
    return {"host": "__DEFAULT__", "privatekey": "idp.pem", "certificate": "idp.crt", "auth": "people", "authproc": {"3": named}}
