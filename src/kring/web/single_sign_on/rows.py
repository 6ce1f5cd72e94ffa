"""Which identity logs in whom: the rows of allauth, by key of provider and fingerprint of issuer and subject."""

from collections.abc import Sequence

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.db import transaction
from django.http import HttpRequest

from kring.core.single_sign_on import IdentityOfAnother, check_a_way_in_stays
from kring.web.accounts.models import Person
from kring.web.schools.models import Membership
from kring.web.wall import between_walls


def identities_of(person: Person) -> Sequence[SocialAccount]:
    """By which providers this person logs in, the oldest first."""
    return list(SocialAccount.objects.filter(user=person).order_by("date_joined", "pk"))


def code_of(person: Person) -> str:
    """By which the administrator recognises an account that single sign-on made; empty for every other account."""
    made_here = not person.has_usable_password() and person.username == person.family_name.lower()
    return person.family_name if made_here and identities_of(person) else ""


def account_with_code(code: str) -> Person | None:
    """The account that single sign-on made and that nobody gave a name or a role yet."""
    found = Person.objects.filter(username=code.strip().lower(), is_active=True).first()
    return found if found and code_of(found) and not _was_anything(found) else None


def give_name(person: Person, given_name: str, name_prefix: str, family_name: str) -> Person:
    """What the school calls somebody takes the place of the code."""
    person.given_name, person.name_prefix, person.family_name = given_name, name_prefix, family_name
    person.save(update_fields=["given_name", "name_prefix", "family_name"])
    return person


def link(request: HttpRequest, sign_on: SocialLogin, person: Person) -> bool:
    """From now on this identity logs in this person. False when it did already."""
    with transaction.atomic():
        owner = _owner(sign_on)
        if owner == person:
            return False
        if owner is not None:
            _give_way(owner)
        sign_on.connect(request, person)
    return True


def unlink(person: Person, provider: str, *, known: Sequence[str]) -> bool:
    """This provider logs the person in no more; refused when there would be no way in left. `known` are the providers that still are."""
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)  # two tabs together must not take away the last two ways in
        mine = SocialAccount.objects.filter(user=person)
        going = mine.filter(provider=provider)
        if not going.exists():
            return False
        check_a_way_in_stays(
            has_password=person.has_usable_password(),
            passkeys=Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN).count(),
            other_identities=mine.filter(provider__in=known).exclude(provider=provider).count(),
        )
        going.delete()
    return True


def _owner(sign_on: SocialLogin) -> Person | None:
    found = SocialAccount.objects.filter(provider=sign_on.account.provider, uid=sign_on.account.uid).select_related("user").first()
    return found.user if found else None


def _give_way(owner: Person) -> None:
    """An account that single sign-on made and that never was anything at a school: who links its identity has proved to be the same."""
    if not code_of(owner) or len(identities_of(owner)) > 1 or _was_anything(owner):
        raise IdentityOfAnother
    owner.delete()


def _was_anything(person: Person) -> bool:
    """Whether this person has, had or will have a role at any school."""
    with between_walls():
        return Membership.objects.filter(person=person).exists()
