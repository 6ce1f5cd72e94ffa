"""SAML 2.0: python3-saml checks signature, issuer, audience, time and wrapping; what it lets pass when absent is demanded here."""

from collections.abc import Mapping
from typing import Any

import xmlsec
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from lxml import etree  # type: ignore[import-untyped]
from onelogin.saml2.auth import OneLogin_Saml2_Auth  # type: ignore[import-untyped]
from onelogin.saml2.constants import OneLogin_Saml2_Constants as Constants  # type: ignore[import-untyped]
from onelogin.saml2.errors import OneLogin_Saml2_Error, OneLogin_Saml2_ValidationError  # type: ignore[import-untyped]
from onelogin.saml2.response import OneLogin_Saml2_Response  # type: ignore[import-untyped]
from onelogin.saml2.settings import OneLogin_Saml2_Settings  # type: ignore[import-untyped]

from kring.core.single_sign_on import SignOnRefused, check_belongs, proved_second_factor
from kring.identity_providers import IdentityProvider
from kring.identity_providers.provider import SamlSide
from kring.web.single_sign_on.providers import Identity

MOST_CHARACTERS = 300_000  # of an answer, in base64
LONGEST_SUBJECT = 2000
LONGEST_WHY = 200  # some of it is said by who sends the answer
NAMED_BY_NUMBER = {
    "urn:oid:1.3.6.1.4.1.5923.1.1.1.1": "eduPersonAffiliation",
    "urn:oid:1.3.6.1.4.1.25178.1.2.9": "schacHomeOrganization",
}
NO_LASTING_NAME = {Constants.NAMEID_TRANSIENT, Constants.NAMEID_EMAIL_ADDRESS}
UNREADABLE = (OneLogin_Saml2_Error, OneLogin_Saml2_ValidationError, etree.LxmlError, xmlsec.Error, ValueError, TypeError, AttributeError)


def way_there(request: HttpRequest, provider: IdentityProvider) -> tuple[str, str]:
    """The address of the provider's login page, and the number of our question that its answer must name."""
    auth = OneLogin_Saml2_Auth(_asked(request, provider), _settings(request, provider))
    return str(auth.login(return_to="")), str(auth.get_last_request_id())


def metadata(request: HttpRequest, provider: IdentityProvider) -> bytes:
    """What the provider must know of us."""
    ours = OneLogin_Saml2_Settings(_settings(request, provider), sp_validation_only=True)
    made = ours.get_sp_metadata()
    return made if isinstance(made, bytes) else str(made).encode()


class Answer:
    """An answer as it came in: nothing of it is believed before `identity` has checked all of it."""

    def __init__(self, request: HttpRequest, provider: IdentityProvider, encoded: str) -> None:
        self._request, self._provider = request, provider
        if not 0 < len(encoded) <= MOST_CHARACTERS:
            raise SignOnRefused(why="no_answer")
        try:
            self._response = OneLogin_Saml2_Response(OneLogin_Saml2_Settings(_settings(request, provider)), encoded)
            self.answers = str(self._response.get_in_response_to() or "")
        except UNREADABLE as unreadable:
            raise SignOnRefused(why=type(unreadable).__name__) from unreadable

    def identity(self) -> Identity:
        """Who it is, when everything is right."""
        if not self._response.is_valid(_asked(self._request, self._provider), request_id=self.answers):
            raise SignOnRefused(why=f"saml: {self._response.get_error()}"[:LONGEST_WHY])
        try:
            self._check_meant_for_us()
            claims = self._claims()
            subject = self._subject(claims)
            said = [str(each) for each in self._response.get_authn_contexts()]
        except UNREADABLE as unreadable:
            raise SignOnRefused(why=type(unreadable).__name__) from unreadable
        check_belongs(claims, self._provider.wanted)
        return Identity(self._provider.issuer, subject, proved_second_factor(said=said, accepted=self._provider.second_factor))

    def _check_meant_for_us(self) -> None:
        """python3-saml compares these when they are there; a signed assertion that leaves them out would be good anywhere and always."""
        document = self._response.get_xml_document()
        confirmed = document.iterfind(".//{*}SubjectConfirmationData")
        ours = [
            data
            for data in confirmed
            if data.get("InResponseTo") == self.answers
            and data.get("Recipient") == _address(self._request, "sign_on_answer", self._provider)
            and data.get("NotOnOrAfter")
        ]
        if not ours or not self._response.get_audiences():
            raise SignOnRefused(why="not_meant_for_us")

    def _claims(self) -> dict[str, tuple[str, ...]]:
        """The attributes by their plain names: urn:mace:dir:attribute-def:eduPersonAffiliation is eduPersonAffiliation."""
        claims: dict[str, tuple[str, ...]] = {}
        for name, values in self._response.get_attributes().items():
            texts = tuple(value for value in values if isinstance(value, str))
            claims[name] = texts
            if name in NAMED_BY_NUMBER or name.startswith("urn:mace:"):
                claims[NAMED_BY_NUMBER.get(name, name.rpartition(":")[2])] = texts
        return claims

    def _subject(self, claims: Mapping[str, tuple[str, ...]]) -> str:
        side = _side(self._provider)
        named = self._response.get_nameid_data()
        found = claims.get(side.subject, ()) if side.subject else (str(named.get("Value", "")),)
        if side.subject is None and named.get("Format") in NO_LASTING_NAME:
            raise SignOnRefused(why="name_id_does_not_last")
        if len(found) != 1 or not 0 < len(found[0]) <= LONGEST_SUBJECT:
            raise SignOnRefused(why="subject")
        return found[0]


def _side(provider: IdentityProvider) -> SamlSide:
    assert provider.saml is not None  # the views ask for a provider of this protocol
    return provider.saml


def _address(request: HttpRequest, route: str, provider: IdentityProvider) -> str:
    return request.build_absolute_uri(reverse(route, args=[provider.key]))


def _asked(request: HttpRequest, provider: IdentityProvider) -> dict[str, Any]:
    """The request as python3-saml wants to see it: as if it had come in where answers are meant to."""
    address = reverse("sign_on_answer", args=[provider.key])
    return {"https": "on" if request.is_secure() else "off", "http_host": request.get_host(), "script_name": address, "get_data": {}}


def _settings(request: HttpRequest, provider: IdentityProvider) -> dict[str, Any]:
    side = _side(provider)
    return {
        "strict": True,
        "security": _demands(signed=bool(side.key)),
        "sp": {
            "entityId": _address(request, "sign_on_metadata", provider),
            "assertionConsumerService": {
                "url": _address(request, "sign_on_answer", provider),
                "binding": Constants.BINDING_HTTP_POST,
            },
            "NameIDFormat": Constants.NAMEID_PERSISTENT if side.lasting_name else Constants.NAMEID_UNSPECIFIED,
            "x509cert": side.certificate,
            "privateKey": side.key,
        },
        "idp": dict(side.metadata["idp"]),
    }


def _demands(*, signed: bool) -> dict[str, Any]:
    return {
        "authnRequestsSigned": signed,
        "signMetadata": signed,
        "wantAssertionsSigned": True,
        "wantNameId": True,
        "wantAttributeStatement": False,
        "allowRepeatAttributeName": False,
        "rejectDeprecatedAlgorithm": True,
        "requestedAuthnContext": False,
        "signatureAlgorithm": Constants.RSA_SHA256,
        "digestAlgorithm": Constants.SHA256,
        "allowSingleLabelDomains": not settings.PRODUCTION,
        "metadataValidUntil": "",
        "metadataCacheDuration": "",
    }
