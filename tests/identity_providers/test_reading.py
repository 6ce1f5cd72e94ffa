"""The file of identity providers: every preset, and everything that may be wrong with it."""

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from kring.identity_providers import IdentityProvider, Protocol, ProvidersRefused, origin_of, read_providers

TENANT = "11111111-2222-3333-4444-555555555555"
CERTIFICATE = "MIIBszCCARwCCQDx"  # looks like one; whether it is one only counts when an answer is checked
METADATA = """<?xml version="1.0"?>
<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://idp.nl/saml">
  <md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
    <md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data>
      <ds:X509Certificate>{certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>
    <md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="{address}"/>
  </md:IDPSSODescriptor>
</md:EntityDescriptor>"""
OPENID = {
    "key": "bestuur",
    "name": "Bestuur",
    "preset": "openid",
    "issuer": "https://idp.nl",
    "client_id": "kring",
    "secret_file": "secret",
}
ENTRA = {"key": "entra", "name": "Bestuur", "preset": "entra", "tenant": TENANT, "client_id": "kring", "secret_file": "secret"}
SAML = {"key": "saml", "name": "Bestuur", "preset": "saml", "entity_id": "https://idp.nl/saml", "metadata_file": "idp.xml"}

Read = Callable[..., tuple[IdentityProvider, ...]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Reads these entries, in a folder with a secret and metadata."""
    (tmp_path / "secret").write_text("geheim\n")
    (tmp_path / "empty").write_text("")
    (tmp_path / "idp.xml").write_text(METADATA.format(certificate=CERTIFICATE, address="https://login.idp.nl/sso"))
    (tmp_path / "plain.xml").write_text(METADATA.format(certificate=CERTIFICATE, address="http://login.idp.nl/sso"))
    bare = METADATA.format(certificate=CERTIFICATE, address="").replace("SingleSignOnService", "NothingOfTheKind")
    (tmp_path / "bare.xml").write_text(bare)
    (tmp_path / "unsigned.xml").write_text(METADATA.format(certificate="", address="https://login.idp.nl/sso"))
    (tmp_path / "dtd.xml").write_text('<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')

    def reads(*entries: dict[str, Any], production: bool = True) -> tuple[IdentityProvider, ...]:
        (tmp_path / "sso.yaml").write_text(yaml.safe_dump({"providers": list(entries)}))
        return read_providers(tmp_path / "sso.yaml", production=production)

    return reads


def problems(read: Read, *entries: dict[str, Any], production: bool = True) -> list[str]:
    with pytest.raises(ProvidersRefused) as refused:
        read(*entries, production=production)
    return [str(each) for each in refused.value.problems]


def test_a_general_openid_provider(read: Read) -> None:
    (found,) = read(
        OPENID | {"hosts": ["keys.idp.nl"], "login_hosts": ["more.idp.nl"], "wanted": {"school": ["Beuk", "Eik"], "kind": "staff"}}
    )
    assert (found.protocol, found.secret, found.subject) == (Protocol.OPENID, "geheim", ("sub",))
    assert found.server_origins == {"https://idp.nl", "https://keys.idp.nl"}
    assert found.login_origins == {"https://idp.nl", "https://more.idp.nl"}
    assert found.wanted == {"school": {"beuk", "eik"}, "kind": {"staff"}}
    assert found.second_factor == {"mfa"}
    assert found.makes_accounts


def test_entra_is_one_tenant_and_matches_on_tid_and_oid(read: Read) -> None:
    (found,) = read(ENTRA | {"second_factor": [], "new_accounts": False})
    assert found.issuer == f"https://login.microsoftonline.com/{TENANT}/v2.0"
    assert found.subject == ("tid", "oid")
    assert found.wanted == {"tid": {TENANT}}
    assert (found.second_factor, found.makes_accounts) == (frozenset(), False)


def test_google_is_one_domain(read: Read) -> None:
    entry = {"key": "google", "name": "Google", "preset": "google", "domain": "Beuk.nl", "client_id": "kring", "secret_file": "secret"}
    (found,) = read(entry)
    assert found.issuer == "https://accounts.google.com"
    assert found.wanted == {"hd": {"beuk.nl"}}
    assert found.login_origins == {"https://accounts.google.com"}
    assert "https://oauth2.googleapis.com" in found.server_origins


def test_surfconext_by_openid_lets_in_employees_of_the_named_schools(read: Read) -> None:
    entry = {
        "key": "surf",
        "name": "SURF",
        "preset": "surfconext",
        "client_id": "k",
        "secret_file": "secret",
        "home_organisations": ["Beuk.nl"],
    }
    (found,) = read(entry)
    assert found.wanted["schac_home_organization"] == {"beuk.nl"}
    assert found.wanted["eduperson_affiliation"] == {"employee", "staff", "faculty"}


@pytest.mark.parametrize(
    ("preset", "organisation"), [("entree", "nlEduPersonHomeOrganizationId"), ("surfconext-saml", "schacHomeOrganization")]
)
def test_a_federation_by_saml(read: Read, preset: str, organisation: str) -> None:
    (found,) = read(SAML | {"preset": preset, "home_organisations": ["99XX00"], "affiliations": ["employee"]})
    assert found.protocol is Protocol.SAML
    assert found.wanted == {organisation: {"99xx00"}, "eduPersonAffiliation": {"employee"}}
    assert found.login_origins == {"https://login.idp.nl"}
    assert found.saml is not None
    assert found.saml.metadata["idp"]["x509cert"] == CERTIFICATE


def test_a_key_of_our_own_comes_with_its_certificate(read: Read) -> None:
    (found,) = read(SAML | {"key_file": "secret", "certificate_file": "secret", "subject": "urn:oasis:names:tc:SAML:attribute:subject-id"})
    assert found.saml is not None
    assert (found.saml.key, found.saml.certificate) == ("geheim", "geheim")
    assert "geheim" not in repr(found).replace("certificate='geheim'", "")
    assert "horen bij elkaar" in problems(read, SAML | {"key_file": "secret"})[0]


def test_a_document_may_stand_beside_the_file(read: Read, tmp_path: Path) -> None:
    document = {"issuer": "https://idp.nl", **dict.fromkeys(("authorization_endpoint", "token_endpoint", "jwks_uri"), "https://idp.nl/x")}
    (tmp_path / "d.json").write_text(json.dumps(document))
    (found,) = read(OPENID | {"discovery_file": "d.json"})
    assert found.discovery == document
    (tmp_path / "d.json").write_text(json.dumps(document | {"token_endpoint": "https://elsewhere.nl/x", "issuer": "https://elsewhere.nl"}))
    assert len(problems(read, OPENID | {"discovery_file": "d.json"})) == 2
    for text in ("[1]", "{", ""):
        (tmp_path / "d.json").write_text(text)
        assert problems(read, OPENID | {"discovery_file": "d.json"})


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        (OPENID | {"issuer": "http://idp.nl"}, "gaat over http"),
        (OPENID | {"issuer": "idp"}, "is geen webadres"),
        (OPENID | {"issuer": "https://[idp"}, "is geen webadres"),
        (OPENID | {"secret": "geheim"}, "Het veld “secret” bestaat hier niet"),
        (OPENID | {"secret_file": "nowhere"}, "“nowhere” is er niet"),
        (OPENID | {"secret_file": "empty"}, "“empty” is er niet, is leeg"),
        (OPENID | {"preset": "facebook"}, "“facebook” kan niet"),
        (OPENID | {"key": "Het Bestuur"}, "kleine letters"),
        (OPENID | {"hosts": ["https://x.nl"]}, "losse woorden"),
        (OPENID | {"login_hosts": [""]}, "losse woorden"),
        (OPENID | {"tenant": "x"}, "Het veld “tenant” bestaat hier niet"),
        ({name: value for name, value in ENTRA.items() if name != "tenant"}, "“tenant” ontbreekt"),
        ({name: value for name, value in OPENID.items() if name != "client_id"}, "“client_id” ontbreekt"),
        ({name: value for name, value in OPENID.items() if name != "secret_file"}, "“secret_file” ontbreekt"),
        ({name: value for name, value in SAML.items() if name != "metadata_file"}, "“metadata_file” ontbreekt"),
        (SAML | {"preset": "entree"}, "home_organisations"),
        (SAML | {"metadata_file": "nowhere"}, "“nowhere” is er niet"),
        (SAML | {"metadata_file": "secret"}, "geen leesbare SAML-metadata"),
        (SAML | {"metadata_file": "dtd.xml"}, "geen leesbare SAML-metadata"),
        (SAML | {"metadata_file": "plain.xml"}, "gaat over http"),
        (SAML | {"metadata_file": "unsigned.xml"}, "geen leesbare SAML-metadata"),
        (SAML | {"metadata_file": "bare.xml"}, "niet hoe men bij"),
        (SAML | {"entity_id": "https://other.nl"}, "niet hoe men bij"),
        (SAML | {"entity_id": "x'] | //*['"}, "geen webadres of naam"),
        (SAML | {"subject": "urn:mace:dir:attribute-def:mail"}, "e-mailadres zegt niet"),
    ],
)
def test_what_is_wrong_is_said_with_file_entry_and_field(read: Read, entry: dict[str, Any], says: str) -> None:
    found = problems(read, entry)
    assert any(says in each for each in found), found
    assert all(each.startswith(f"sso.yaml, aanbieder “{entry['key']}”, regel ") for each in found)


def test_http_is_for_trying_out_alone(read: Read) -> None:
    assert read(OPENID | {"issuer": "http://127.0.0.1:9000"}, production=False)
    assert problems(read, OPENID | {"issuer": "http://127.0.0.1:9000"})


def test_one_issuer_and_one_key_stand_in_the_file_once(read: Read) -> None:
    assert "De uitgever" in problems(read, OPENID, OPENID | {"key": "ander"})[0]
    assert "De sleutel" in problems(read, OPENID, OPENID | {"issuer": "https://ander.nl"})[0]
    assert len(read(OPENID, ENTRA, SAML)) == 3


def test_a_file_that_is_not_there_or_holds_nothing_is_refused(tmp_path: Path) -> None:
    for name, text in {
        "a.yaml": None,
        "b.yaml": "",
        "c.yaml": "- x",
        "d.yaml": "providers: []",
        "e.yaml": "provider: x",
        "f.yaml": "a: *b",
    }.items():
        if text is not None:
            (tmp_path / name).write_text(text)
        with pytest.raises(ProvidersRefused) as refused:
            read_providers(tmp_path / name, production=False)
        assert str(refused.value.problems[0]).startswith(name)
        assert "content/instruments" not in str(refused.value.problems)


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("#" * 50_000_000, None, "Het bestand is langer dan 200000 tekens."),
        ("providers: &a [x]\nmore: [*a, *a]\n", 2, "Verwijzingen (*) en diepe nesting mogen niet."),
        ("providers: " + "[" * 90_000, 1, "Verwijzingen (*) en diepe nesting mogen niet."),
        ("providers:\n" + "- x\n" * 40_000, 19_998, "Tot hier staan er meer dan 20000 waarden."),
    ],
    ids=["large", "references", "deep", "long"],
)
def test_a_file_that_unfolds_is_refused_at_once(tmp_path: Path, text: str, line: int | None, message: str) -> None:
    path, begun = tmp_path / "sso.yaml", time.process_time()
    path.write_text(text)
    with pytest.raises(ProvidersRefused) as refusal:
        read_providers(path, production=True)
    assert [(one.file, one.line, one.message) for one in refusal.value.problems] == [("sso.yaml", line, message)]
    assert time.process_time() - begun < 2


def test_where_an_address_leads() -> None:
    assert origin_of("https://idp.nl:8443/x") == "https://idp.nl:8443"
    assert origin_of("https://idp.nl:x/") == ""
