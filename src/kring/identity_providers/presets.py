"""What is the same for every school that uses a known provider or federation."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kring.identity_providers.provider import Protocol

EMPLOYEES = ("employee", "staff", "faculty")
"""Pupils come in with a code of their class, not by a federation, unless a school writes otherwise."""


class Preset(StrEnum):
    """The word in the file."""

    OPENID = "openid"
    ENTRA = "entra"
    GOOGLE = "google"
    SURFCONEXT = "surfconext"
    SAML = "saml"
    SURFCONEXT_SAML = "surfconext-saml"
    ENTREE = "entree"


@dataclass(frozen=True, slots=True)
class Known:
    """The facts of a preset: `asked` are fields of the file that become part of what is wanted of everybody."""

    protocol: Protocol
    issuer: str = ""  # with {tenant} where the file says which; empty where the file says all of it
    hosts: tuple[str, ...] = ()  # that the server asks, besides the issuer's own
    subject: tuple[str, ...] = ("sub",)
    organisation: str = ""  # the claim with the home organisation
    affiliation: str = ""  # the claim with the kind of account
    second_factor: tuple[str, ...] = ()
    lasting_name: bool = True  # see SamlSide
    asks: Mapping[str, str] = field(default_factory=dict)  # field of the file → claim that must have that value


KNOWN: Mapping[Preset, Known] = {
    Preset.OPENID: Known(Protocol.OPENID, second_factor=("mfa",)),
    Preset.ENTRA: Known(
        Protocol.OPENID,
        issuer="https://login.microsoftonline.com/{tenant}/v2.0",
        subject=("tid", "oid"),
        second_factor=("mfa",),
        asks={"tenant": "tid"},
    ),
    Preset.GOOGLE: Known(
        Protocol.OPENID,
        issuer="https://accounts.google.com",
        hosts=("oauth2.googleapis.com", "www.googleapis.com"),
        asks={"domain": "hd"},
    ),
    Preset.SURFCONEXT: Known(
        Protocol.OPENID,
        issuer="https://connect.surfconext.nl",
        organisation="schac_home_organization",
        affiliation="eduperson_affiliation",
        second_factor=("http://surfconext.nl/assurance/loa2", "http://surfconext.nl/assurance/loa3"),
    ),
    Preset.SAML: Known(Protocol.SAML),
    Preset.SURFCONEXT_SAML: Known(
        Protocol.SAML,
        organisation="schacHomeOrganization",
        affiliation="eduPersonAffiliation",
        second_factor=("http://surfconext.nl/assurance/loa2", "http://surfconext.nl/assurance/loa3"),
    ),
    Preset.ENTREE: Known(
        Protocol.SAML, organisation="nlEduPersonHomeOrganizationId", affiliation="eduPersonAffiliation", lasting_name=False
    ),
}
