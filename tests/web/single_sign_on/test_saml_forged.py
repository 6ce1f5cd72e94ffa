"""Answers of SAML that a provider never gave, or not to us, not now or not to this question. The one good answer proves that the rest fails
by what was changed."""

import base64
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.urls import reverse
from lxml import etree  # type: ignore[import-untyped]
from onelogin.saml2.constants import OneLogin_Saml2_Constants as Constants  # type: ignore[import-untyped]
from onelogin.saml2.utils import OneLogin_Saml2_Utils as Utils  # type: ignore[import-untyped]
from pytest_django import Settings

from kring.core.single_sign_on import fingerprint_of
from kring.identity_providers import IdentityProvider, Protocol, SamlSide
from kring.web.models import Person
from tests.web.single_sign_on.keys import key_with_certificate
from tests.web.single_sign_on.openid_way import who_is_in
from tests.web.single_sign_on.saml_provider import ANSWERS, AUDIENCE, KEY

pytestmark = pytest.mark.django_db
ISSUER = "https://idp.nl/saml"
SAML = 'xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"'
OURS, THEIRS = key_with_certificate(), key_with_certificate()
NOWHERE = "http://testserver/elsewhere/"


def moment(minutes: int) -> str:
    return (datetime.now(UTC) + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer in parts; a part that is empty is left out."""

    question: str
    subject: str = "a1"
    format: str = Constants.NAMEID_PERSISTENT
    issuer: str = ISSUER
    sender: str = ISSUER
    audience: str = AUDIENCE
    destination: str = ANSWERS
    recipient: str = ANSWERS
    confirms: str = "?"  # the number of the question, unless another is said
    from_: int = -1
    until: int = 5
    confirmed_until: int | None = 5
    method: str = Constants.CM_BEARER
    status: str = Constants.STATUS_SUCCESS
    key: tuple[str, str] = field(default=OURS)
    algorithm: str = Constants.RSA_SHA256
    sign: str = "assertion"
    session_until: int | None = None

    def assertion(self, number: str = "_a") -> str:
        """Signed or not, as text."""
        confirms = self.question if self.confirms == "?" else self.confirms
        data = _attributes(InResponseTo=confirms, Recipient=self.recipient, NotOnOrAfter=_moment(self.confirmed_until))
        restriction = (
            f"<saml:AudienceRestriction><saml:Audience>{self.audience}</saml:Audience></saml:AudienceRestriction>" if self.audience else ""
        )
        name = f'<saml:NameID Format="{self.format}">{self.subject}</saml:NameID>' if self.subject else ""
        text = f"""<saml:Assertion {SAML} ID="{number}" Version="2.0" IssueInstant="{moment(0)}"><saml:Issuer>{self.issuer}</saml:Issuer>
<saml:Subject>{name}<saml:SubjectConfirmation Method="{self.method}"><saml:SubjectConfirmationData{data}/></saml:SubjectConfirmation>
</saml:Subject>
<saml:Conditions NotBefore="{moment(self.from_)}" NotOnOrAfter="{moment(self.until)}">{restriction}</saml:Conditions>
<saml:AuthnStatement AuthnInstant="{moment(0)}"{_attributes(SessionNotOnOrAfter=_moment(self.session_until))}><saml:AuthnContext>
<saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>
</saml:Assertion>"""
        return self.signed(text) if self.sign == "assertion" else text

    def signed(self, text: str) -> str:
        digest = Constants.SHA1 if self.algorithm == Constants.RSA_SHA1 else Constants.SHA256
        made = Utils.add_sign(text, self.key[0], self.key[1], sign_algorithm=self.algorithm, digest_algorithm=digest)
        return made.decode() if isinstance(made, bytes) else str(made)

    def around(self, inside: str) -> str:
        """The answer around an assertion."""
        head = _attributes(InResponseTo=self.question, Destination=self.destination)
        text = f"""<samlp:Response {SAML} ID="_r" Version="2.0" IssueInstant="{moment(0)}"{head}><saml:Issuer>{self.sender}</saml:Issuer>
<samlp:Status><samlp:StatusCode Value="{self.status}"/></samlp:Status>{inside}</samlp:Response>"""
        return self.signed(text) if self.sign == "response" else text

    def text(self) -> str:
        return self.around(self.assertion())


def _moment(minutes: int | None) -> str:
    return "" if minutes is None else moment(minutes)


def _attributes(**values: str) -> str:
    return "".join(f' {name}="{value}"' for name, value in values.items() if value)


@pytest.fixture
def provider(settings: Settings) -> IdentityProvider:
    certificate = "".join(OURS[1].splitlines()[1:-1])
    metadata = {"idp": {"entityId": ISSUER, "singleSignOnService": {"url": "https://idp.nl/sso"}, "x509cert": certificate}}
    made = IdentityProvider(KEY, "Bestuur", Protocol.SAML, ISSUER, frozenset({"https://idp.nl"}), saml=SamlSide(metadata, None))
    settings.SSO = (made,)
    return made


@pytest.fixture
def question(provider: IdentityProvider, client: Client) -> str:
    """The number of the question that this browser asked."""
    return ask(client)


def ask(client: Client) -> str:
    address = client.post(reverse("sign_on", args=[KEY])).headers["Location"]
    packed = base64.b64decode(parse_qs(urlsplit(address).query)["SAMLRequest"][0])
    return str(etree.fromstring(zlib.decompress(packed, -15)).get("ID"))


def arrive(client: Client, text: str) -> Any:
    return client.post(reverse("sign_on_arrival", args=[KEY]), {"SAMLResponse": base64.b64encode(text.encode()).decode()})


def refused(client: Client, text: str) -> None:
    answer = arrive(client, text)
    assert answer.status_code == 409
    assert "Inloggen is zo niet gelukt." in answer.content.decode()
    assert (who_is_in(client), Person.objects.count()) == (None, 0)


def test_the_good_answer_comes_in(question: str, client: Client) -> None:
    assert arrive(client, Answer(question).text()).status_code == 302
    assert SocialAccount.objects.get().uid == fingerprint_of(ISSUER, "a1")


CHANGED: list[dict[str, Any]] = [
    {"sign": ""},
    {"sign": "response"},  # the answer as a whole is signed, the assertion in it is not
    {"key": THEIRS},
    {"algorithm": Constants.RSA_SHA1},
    {"issuer": "https://elsewhere.nl"},
    {"sender": "https://elsewhere.nl"},
    {"audience": "https://elsewhere.nl"},
    {"audience": ""},
    {"destination": NOWHERE},
    {"recipient": NOWHERE},
    {"recipient": ANSWERS + "more/"},
    {"recipient": ""},
    {"confirms": "_other"},
    {"confirms": ""},
    {"question": "_other"},
    {"question": ""},
    {"from_": 60},
    {"until": -60},
    {"confirmed_until": -60},
    {"confirmed_until": None},
    {"session_until": -60},
    {"method": "urn:oasis:names:tc:SAML:2.0:cm:sender-vouches"},
    {"status": "urn:oasis:names:tc:SAML:2.0:status:Responder"},
    {"subject": ""},
    {"subject": "x" * 2001},
    {"format": Constants.NAMEID_TRANSIENT},
    {"format": Constants.NAMEID_EMAIL_ADDRESS, "subject": "anna@beuk.nl"},
]


@pytest.mark.parametrize("changed", CHANGED, ids=lambda changed: ", ".join(f"{name} {str(value)[:24]}" for name, value in changed.items()))
def test_a_changed_answer_is_refused(question: str, client: Client, changed: dict[str, Any]) -> None:
    refused(client, replace(Answer(question), **changed).text())


def second(answer: Answer) -> str:
    """What somebody made who wants to be b2: unsigned."""
    return replace(answer, sign="", subject="b2").assertion("_b")


def with_its_signature(answer: Answer, number: str) -> tuple[str, str]:
    """The signature of the good assertion, and an evil assertion with that number and that signature."""
    good = answer.assertion()
    signature = good[good.index("<ds:Signature") : good.index("</ds:Signature>") + len("</ds:Signature>")]
    evil = replace(answer, sign="", subject="b2").assertion(number)
    return signature, evil.replace("</saml:Issuer>", f"</saml:Issuer>{signature}", 1)


WRAPPED: dict[str, Callable[[Answer], str]] = {
    "another before it": lambda good: good.around(second(good) + good.assertion()),
    "another after it": lambda good: good.around(good.assertion() + second(good)),
    "the good one inside the other": lambda good: good.around(
        second(good).replace("</saml:Assertion>", good.assertion() + "</saml:Assertion>")
    ),
    "the good one in an extension": lambda good: good.around(second(good)).replace(
        "<samlp:Status>", f"<samlp:Extensions>{good.assertion()}</samlp:Extensions><samlp:Status>"
    ),
    "its signature on another": lambda good: good.around(with_its_signature(good, "_b")[1]),
    "its number and signature on another": lambda good: good.around(with_its_signature(good, "_a")[1]),
    "the good one in the signature of the other": lambda good: good.around(
        with_its_signature(good, "_b")[1].replace("</ds:Signature>", f"<ds:Object>{good.assertion()}</ds:Object></ds:Signature>")
    ),
    "the same number twice": lambda good: good.around(replace(good, sign="", subject="b2").assertion("_a") + good.assertion()),
    "nothing in it": lambda good: good.around(""),
    "the name changed after signing": lambda good: good.text().replace(">a1<", ">b2<"),
    "a doctype": lambda good: '<!DOCTYPE x [<!ENTITY n "b2">]>' + good.text(),
    "an entity that grows": lambda good: '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>' + good.text().replace(">a1<", ">&b;<"),
    "a file of the server": lambda good: (
        '<!DOCTYPE x [<!ENTITY n SYSTEM "file:' + '///etc/passwd">]>' + good.text().replace(">a1<", ">&n;<")
    ),
    "no answer at all": lambda _: "<x/>",
    "no xml": lambda _: "x",
    "deeply nested": lambda _: "<x>" * 5000 + "</x>" * 5000,
    "too long": lambda good: good.text() + " " * 300_000,
}


@pytest.mark.parametrize("wrap", WRAPPED.values(), ids=WRAPPED)
def test_a_wrapped_or_broken_answer_is_refused(question: str, client: Client, wrap: Callable[[Answer], str]) -> None:
    refused(client, wrap(Answer(question)))


@pytest.mark.parametrize("sent", ["", "%%%", "é", "\0", "AAAA", "A" * 400_000])
def test_what_is_no_answer_is_refused(provider: IdentityProvider, client: Client, sent: str) -> None:
    assert client.post(reverse("sign_on_arrival", args=[KEY]), {"SAMLResponse": sent}).status_code == 409


def test_a_comment_in_a_name_does_not_shorten_it(question: str, client: Client) -> None:
    """A signature does not see comments: a1<!-- -->.evil must not become a1."""
    arrive(client, replace(Answer(question), subject="a1.evil").text().replace(">a1.evil<", ">a1<!-- -->.evil<"))
    assert SocialAccount.objects.get().uid == fingerprint_of(ISSUER, "a1.evil")


def test_an_answer_works_once(question: str, client: Client) -> None:
    text = Answer(question).text()
    assert arrive(client, text).status_code == 302
    client.logout()
    assert arrive(client, text).status_code == 409


def test_a_refused_answer_uses_up_the_question(question: str, client: Client) -> None:
    """One try for each question, so that nobody can search for an answer that passes."""
    refused(client, replace(Answer(question), key=THEIRS).text())
    refused(client, Answer(question).text())


def test_an_answer_to_another_browser_is_refused(question: str) -> None:
    other = Client()
    ask(other)
    refused(other, Answer(question).text())


def test_a_subject_may_be_an_attribute_of_the_file(provider: IdentityProvider, settings: Settings, client: Client) -> None:
    assert provider.saml is not None
    settings.SSO = (
        replace(provider, saml=replace(provider.saml, subject="urn:oasis:names:tc:SAML:attribute:subject-id", lasting_name=False)),
    )
    statement = """<saml:AttributeStatement><saml:Attribute Name="urn:oasis:names:tc:SAML:attribute:subject-id"><saml:AttributeValue>s1
</saml:AttributeValue></saml:Attribute></saml:AttributeStatement></saml:Assertion>"""
    answer = replace(Answer(ask(client)), sign="", format=Constants.NAMEID_TRANSIENT)
    text = replace(answer, sign="assertion").signed(answer.assertion().replace("</saml:Assertion>", statement))
    assert arrive(client, answer.around(text)).status_code == 302
    assert SocialAccount.objects.get().uid == fingerprint_of(ISSUER, "s1")
    refused_after = arrive(client, replace(Answer(ask(client))).text())
    assert refused_after.status_code == 409


def test_our_own_key_signs_the_question(provider: IdentityProvider, settings: Settings, client: Client) -> None:
    assert provider.saml is not None
    settings.SSO = (replace(provider, saml=replace(provider.saml, key=THEIRS[0], certificate=THEIRS[1])),)
    address = client.post(reverse("sign_on", args=[KEY])).headers["Location"]
    assert {"SAMLRequest", "SigAlg", "Signature"} <= set(parse_qs(urlsplit(address).query))
    page = client.get(reverse("sign_on_metadata", args=[KEY])).content.decode()
    assert "".join(THEIRS[1].splitlines()[1:-1])[:60] in page.replace("\n", "")
    assert THEIRS[0].splitlines()[1] not in page


NAMES = {"urn:mace:dir:attribute-def:eduPersonAffiliation": "employee", "urn:oid:1.3.6.1.4.1.25178.1.2.9": "beuk.nl", "other": "x"}


@pytest.mark.parametrize(("wanted", "in_"), [("beuk.nl", True), ("eik.nl", False)])
def test_attributes_go_by_their_plain_names(provider: IdentityProvider, settings: Settings, client: Client, wanted: str, in_: bool) -> None:
    claims = {"schacHomeOrganization": frozenset({wanted}), "eduPersonAffiliation": frozenset({"employee"})}
    settings.SSO = (replace(provider, wanted=claims),)
    values = "".join(
        f'<saml:Attribute Name="{name}"><saml:AttributeValue>{value}</saml:AttributeValue></saml:Attribute>'
        for name, value in NAMES.items()
    )
    answer = replace(Answer(ask(client)), sign="")
    statement = f"<saml:AttributeStatement>{values}</saml:AttributeStatement></saml:Assertion>"
    text = replace(answer, sign="assertion").signed(answer.assertion().replace("</saml:Assertion>", statement))
    assert arrive(client, answer.around(text)).status_code == (302 if in_ else 409)
    assert Person.objects.count() == in_
