"""Logging in at somebody else's door: whose identity it is, what it proves, and which rules can be broken.

Only issuer and subject say who somebody is. A name or an e-mail address is what the other side says about them, and never a key.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kring.core.errors import BrokenRule


@dataclass(eq=False, kw_only=True)
class SignOnRefused(BrokenRule):
    """The answer of the identity provider is not genuine, not meant for us, too old or used before. `why` is for the log alone."""

    why: str


@dataclass(eq=False, kw_only=True)
class NotOfThisSchool(BrokenRule):
    """The identity is genuine, but of another organisation or another kind of account than the school lets in."""

    claim: str


@dataclass(eq=False, kw_only=True)
class IdentityOfAnother(BrokenRule):
    """This identity logs in somebody else already."""


@dataclass(eq=False, kw_only=True)
class NotLinkedYet(BrokenRule):
    """This identity logs nobody in, and the school lets this provider make no accounts."""


@dataclass(eq=False, kw_only=True)
class LastWayIn(BrokenRule):
    """Without this identity the person could log in no more."""


def fingerprint_of(issuer: str, subject: str) -> str:
    """The key of an identity: the same only for the same subject at the same issuer.

    >>> fingerprint_of("https://a", "1") == fingerprint_of("https://b", "1")
    False
    """
    return hashlib.sha256(f"{len(issuer)}:{issuer}{subject}".encode()).hexdigest()


def proved_second_factor(*, said: Iterable[str], accepted: frozenset[str]) -> bool:
    """Whether the provider says, in words that the school accepts from it, that a second factor was given.

    `said` are the methods (`amr`) and the class of the authentication (`acr`, AuthnContextClassRef).

    >>> proved_second_factor(said=["pwd", "mfa"], accepted=frozenset({"mfa"}))
    True
    >>> proved_second_factor(said=["pwd"], accepted=frozenset({"mfa"}))
    False
    """
    return not accepted.isdisjoint(said)


def check_belongs(claims: Mapping[str, tuple[str, ...]], wanted: Mapping[str, frozenset[str]]) -> None:
    """Every claim that the school asks for must be there, with one of the values it names."""
    for claim, values in wanted.items():
        if values.isdisjoint(value.casefold() for value in claims.get(claim, ())):
            raise NotOfThisSchool(claim=claim)


def check_may_be_new(*, makes_accounts: bool) -> None:
    """Somebody without an account comes in only where the school wants accounts to be made."""
    if not makes_accounts:
        raise NotLinkedYet


def check_a_way_in_stays(*, has_password: bool, passkeys: int, other_identities: int) -> None:
    """Whoever unlinks an identity must still be able to log in."""
    if not (has_password or passkeys or other_identities):
        raise LastWayIn
