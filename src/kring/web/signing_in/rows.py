"""The rows behind signing in: wrong tries, the factors of a person and their sessions. They belong to a person, not to a school."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.base.internal.flows import delete_and_cleanup
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest

from kring.core.access import Role
from kring.core.signing_in import SESSION_LASTS, check_factor_may_go, locked_until, tries_forgotten
from kring.web.accounts.models import Person
from kring.web.guard import hats

NOWHERE = "0.0.0.0"  # noqa: S104  # addresses are not kept; the column is part of what makes a row unique

# ---- wrong tries: counted before they are judged, so that a thousand at once are not a thousand tries


def take_try(key: str, device: str, *, at: datetime) -> bool:
    """Count a try on this name, or refuse it because of the wrong ones before it."""
    with transaction.atomic():
        row = _row(key, device, at)
        if tries_forgotten(row.attempt_time, at=at):
            row.failures_since_start = 0
        if at < locked_until(row.failures_since_start, row.attempt_time):
            return False
        AccessAttempt.objects.filter(pk=row.pk).update(failures_since_start=row.failures_since_start + 1, attempt_time=at)
    return True


def tries(key: str, device: str) -> int:
    """How many in a row."""
    return sum(AccessAttempt.objects.filter(username=key, user_agent=device).values_list("failures_since_start", flat=True))


def forget_tries(key: str, device: str | None = None) -> int:
    """After the right answer, from this device; or everywhere, when somebody unlocks the name."""
    rows = AccessAttempt.objects.filter(username=key)
    return int((rows if device is None else rows.filter(user_agent=device)).delete()[0])


def count_within(key: str, window: timedelta, *, at: datetime) -> int:
    """Count one more under this key, in windows that begin with their first one: how many so far."""
    with transaction.atomic():
        row = _row(key, "", at)
        over = not timedelta(0) <= at - row.attempt_time < window
        found = AccessAttempt.objects.filter(pk=row.pk)
        found.update(attempt_time=at, failures_since_start=1) if over else found.update(failures_since_start=F("failures_since_start") + 1)
        return int(found.values_list("failures_since_start", flat=True)[0])


def counted_within(key: str, window: timedelta, *, at: datetime) -> int:
    """How many stand under this key in the window that is open."""
    row = AccessAttempt.objects.filter(username=key, attempt_time__gt=at - window, attempt_time__lte=at).first()
    return row.failures_since_start if row else 0


def _row(key: str, device: str, at: datetime) -> AccessAttempt:
    """The row of this key, held until the transaction ends."""
    row, made = AccessAttempt.objects.select_for_update().get_or_create(
        username=key, user_agent=device, ip_address=NOWHERE, defaults={"failures_since_start": 0, "path_info": ""}
    )
    if made:
        AccessAttempt.objects.filter(pk=row.pk).update(attempt_time=at)  # the model itself writes the clock of the machine
        row.attempt_time = at
    return row


def drop_old_tries(*, before: datetime) -> None:
    """What is forgotten anyway."""
    AccessAttempt.objects.filter(attempt_time__lt=before).delete()


# ---- factors


def factors_of(person: Person) -> Sequence[Authenticator]:
    """Passkeys and the authenticator app, the oldest first; recovery codes are no factor of their own."""
    found = Authenticator.objects.filter(user=person).exclude(type=Authenticator.Type.RECOVERY_CODES)
    return list(found.order_by("created_at", "pk"))


def factor_of(person: Person, key: str) -> Authenticator | None:
    """One of them, if it is this person's."""
    return next((factor for factor in factors_of(person) if str(factor.pk) == key), None)


def recovery_codes_left(person: Person) -> int:
    """How many still work."""
    found = Authenticator.objects.filter(user=person, type=Authenticator.Type.RECOVERY_CODES).first()
    return len(found.wrap().get_unused_codes()) if found else 0


def authenticator_for_code(person: Person, code: str) -> Authenticator | None:
    """Whose code this is: of the app or from paper. It is used up by asking."""
    for one in Authenticator.objects.filter(user=person).exclude(type=Authenticator.Type.WEBAUTHN):
        if _app_code_is_right(one, code) if one.type == Authenticator.Type.TOTP else one.wrap().validate_code(code):
            one.user = person
            return one
    return None


def _app_code_is_right(authenticator: Authenticator, code: str) -> bool:
    """Each code is taken once, by whichever process asks first: allauth would remember that in one process, and half a minute."""
    with transaction.atomic():
        row = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
        secret, last = decrypt(row.data["secret"]), row.data.get("last_counter", -1)
        for counter in yield_hotp_counters_from_time():
            if counter > last and compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, counter))):
                row.data["last_counter"] = counter
                row.save(update_fields=["data"])
                return True
    return False


def use_up_first_code(person: Person, code: str) -> None:
    """The code with which the app was set up may not open anything afterwards."""
    app = Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).first()
    if app:
        _app_code_is_right(app, code)


def remove_factor(request: HttpRequest, factor: Authenticator) -> None:
    """Raises LastSecondFactor. Recovery codes that stand alone go with it."""
    with transaction.atomic():
        person = Person.objects.select_for_update().get(pk=factor.user_id)  # in two tabs at once two factors are not both the other one
        roles = [] if person.is_demo else [Role(hat.role) for hat in hats(person)]
        check_factor_may_go(roles, left=sum(other.pk != factor.pk for other in factors_of(person)))
        delete_and_cleanup(request, factor)


# ---- sessions


def new_key(request: HttpRequest) -> None:
    """The same session under a new key; the old key is dead."""
    before = request.session.session_key
    request.session.cycle_key()
    UserSession.objects.filter(session_key=before).update(session_key=request.session.session_key)


def note_session(request: HttpRequest) -> None:
    """Put this session in the list that its owner can see."""
    UserSession.objects.create_from_request(request)


def sessions_of(person: Person) -> list[UserSession]:
    """Where this person is signed in, the newest first; those that ended are cleared away."""
    return sorted(UserSession.objects.purge_and_list(person), key=lambda session: session.created_at, reverse=True)


def drop_old_sessions(*, at: datetime) -> None:
    """Of a session that is over nothing is kept: not what it knew, and not the address and the browser that it came from."""
    Session.objects.filter(expire_date__lt=at).delete()
    UserSession.objects.filter(created_at__lt=at - SESSION_LASTS).delete()


def end_sessions(person: Person, *, but: str | None = None, only: str | None = None) -> int:
    """End the sessions of a person at once: all, all but the one with this key, or one. Also for who changes somebody's role."""
    rows = UserSession.objects.filter(user=person).exclude(session_key=but)
    ended = [session for session in rows if only in {None, str(session.pk)}]
    for session in ended:
        session.end()
    return len(ended)
