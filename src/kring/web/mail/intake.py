"""The chore of mail: see for whom something waits, and send what is to go. Nothing is sent twice at the same time, and nothing is lost:
between handing a message over and noting that down a power cut can fall; then it goes once more, under the same number.
"""

import sys
from collections.abc import Iterable
from contextlib import nullcontext
from datetime import datetime, timedelta
from email.message import EmailMessage
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q

from kring.core.mail import FOR_GOOD, OF_SERVER, Trouble, next_call, next_try
from kring.web.accounts.rows import language_of
from kring.web.mail.letters import letter
from kring.web.mail.models import MailAddress, OutgoingMail
from kring.web.mail.post import Line, NotTaken, hand_over, line_to
from kring.web.mail.queries import ENDS_SOON, hats_to_ask, in_use, people_to_tell
from kring.web.mail.rows import code_text, mail_works
from kring.web.people.intake import tell
from kring.web.schools.models import Membership, School, live
from kring.web.wall import between_walls, schools_open

MOST_AT_ONCE = 200
CLAIMED = timedelta(minutes=15)
"""Longer than a slow server takes for one message; afterwards it was left behind by a process that was killed."""
KEPT = timedelta(days=30)
"""So long a message that comes back can be known."""


def send_due(*, at: datetime) -> None:
    """A chore, each minute. Without a mail server nothing is written either: everything stands on the first page all the same."""
    forget_old(at=at)
    if mail_works():
        ask_again(at=at)
        write_messages(at=at)
        send_waiting(at=at)


def ask_again(*, at: datetime) -> None:
    """Who confirmed an address almost a year ago is told once, in each hat: otherwise the messages would stop without a word."""
    for school in School.objects.order_by("pk"):
        with schools_open([school.pk]):
            for hat in hats_to_ask(school, at=at):
                tell([hat], ENDS_SOON, hat.person.mail_address, at=at)


def write_messages(*, at: datetime) -> int:
    """One message for each person for whom something waits, unless one is on its way already; how many were written."""
    return sum(_write(address, at) for address in people_to_tell(at=at))


def _write(address: MailAddress, at: datetime) -> bool:
    """Whoever moves `told_at` first writes it: two processes do not both."""
    with transaction.atomic():
        mine = MailAddress.objects.filter(pk=address.pk, told_at=address.told_at).update(told_at=at)
        if mine:
            OutgoingMail.objects.create(person_id=address.person_id, kind=OutgoingMail.Kind.WAITING, written_at=at, next_try_at=at)
    return bool(mine)


def waiting(*, at: datetime) -> list[UUID]:
    """What is to go now, the oldest first."""
    free = Q(claimed_until=None) | Q(claimed_until__lte=at)
    due = OutgoingMail.objects.filter(free, ended_at=None, next_try_at__lte=at)
    return list(due.order_by("next_try_at", "written_at").values_list("pk", flat=True)[:MOST_AT_ONCE])


def send_waiting(*, at: datetime) -> None:
    """Everything that is to go, over one line; when the server itself is in trouble, the rest waits for a next turn."""
    due = waiting(at=at)
    if not due:
        return
    try:
        with line_to(settings.MAIL) if settings.MAIL else nullcontext() as line:
            for number in due:
                _send(number, line, at=at)
    except NotTaken as refused:
        _wait_for_server(due, refused.trouble, at=at)


def _send(number: UUID, line: Line | None, *, at: datetime) -> None:
    """Raises NotTaken when the server itself is in trouble."""
    mail = _claim(number, at=at)
    if mail is None:
        return
    address = _address_for(mail, at=at)
    if address is None:
        OutgoingMail.objects.filter(pk=mail.pk).update(ended_at=at)
        return
    code = code_text(mail.code) if mail.code else ""
    try:
        _hand_over(line, letter(mail, address, code, language=language_of(mail.person), at=at), address, mail)
    except NotTaken as refused:
        _not_taken(mail, refused.trouble, at=at)
    else:
        _sent(mail, at=at)


def _claim(number: UUID, *, at: datetime) -> OutgoingMail | None:
    """Mine, unless another process was first."""
    free = Q(claimed_until=None) | Q(claimed_until__lte=at)
    mine = OutgoingMail.objects.filter(free, pk=number, ended_at=None).update(claimed_until=at + CLAIMED, tries=F("tries") + 1)
    return OutgoingMail.objects.select_related("person", "code").get(pk=number) if mine else None


def _address_for(mail: OutgoingMail, *, at: datetime) -> str | None:
    """A code goes to what was typed, a message to the address that is confirmed now; to nobody when that is over."""
    if mail.code:
        return mail.code.address if mail.code.expires_at > at else None
    return in_use(at).filter(person=mail.person, person__is_active=True).values_list("address", flat=True).first()


def _hand_over(line: Line | None, text: EmailMessage, address: str, mail: OutgoingMail) -> None:
    if line is None or settings.MAIL is None:
        sys.stdout.write(f"\n{'─' * 30} e-mail van Kring {'─' * 30}\n{text.as_string()}{'─' * 78}\n")
        sys.stdout.flush()
        return
    hand_over(line, text, sender=settings.MAIL.sender.addr_spec, to=address, number=str(mail.pk))


def _sent(mail: OutgoingMail, *, at: datetime) -> None:
    """And what waited for the server goes as well."""
    OutgoingMail.objects.filter(pk=mail.pk).update(sent_at=at, ended_at=at, claimed_until=None, trouble="")
    OutgoingMail.objects.filter(ended_at=None, trouble__in=[one.value for one in OF_SERVER]).update(next_try_at=at, trouble="")


def _not_taken(mail: OutgoingMail, trouble: Trouble, *, at: datetime) -> None:
    row = OutgoingMail.objects.filter(pk=mail.pk)
    if trouble in OF_SERVER:
        row.update(claimed_until=None, tries=F("tries") - 1)  # it counts with the others that wait for the server
        raise NotTaken(trouble)
    again = None if trouble in FOR_GOOD else next_try(tries=mail.tries, written_at=mail.written_at, at=at)
    row.update(claimed_until=None, trouble=trouble.value, next_try_at=again or at, ended_at=None if again else at)
    if trouble in FOR_GOOD:
        _set_aside(mail, at=at)


def _wait_for_server(due: Iterable[UUID], trouble: Trouble, *, at: datetime) -> None:
    """Of what did not go yet each waits a while longer, and says why."""
    for mail in OutgoingMail.objects.filter(pk__in=list(due), ended_at=None, claimed_until=None, next_try_at__lte=at):
        again = next_call(tries=mail.tries + 1, at=at)
        free = OutgoingMail.objects.filter(pk=mail.pk, ended_at=None, claimed_until=None)
        free.update(trouble=trouble.value, tries=mail.tries + 1, next_try_at=again)


def bounced(number: UUID, *, at: datetime) -> bool:
    """A message came back later: its address is set aside. False for a number that is not ours, or that came back before."""
    mail = OutgoingMail.objects.select_related("person", "code").filter(pk=number, sent_at__isnull=False, bounced_at=None).first()
    if mail is None or not OutgoingMail.objects.filter(pk=number, bounced_at=None).update(bounced_at=at):
        return False
    _set_aside(mail, at=at)
    return True


def _set_aside(mail: OutgoingMail, *, at: datetime) -> None:
    """Nothing goes there any more, and its owner reads it on the first page. Not when another address came in its place meanwhile."""
    if mail.code:
        return
    found = MailAddress.objects.filter(person=mail.person, confirmed_at__lte=mail.written_at, refused_at=None)
    address = found.first()
    if address is None or not found.update(refused_at=at):
        return
    with between_walls():
        hats = list(Membership.objects.filter(live(at), person=mail.person))
    for hat in hats:
        with schools_open([hat.school_id]):
            tell([hat], "mail_address.refused", address, at=at)


def forget_old(*, at: datetime) -> None:
    """Messages that went or were given up a month ago, and codes that nobody typed."""
    OutgoingMail.objects.filter(ended_at__lt=at - KEPT).delete()
    MailAddress.objects.filter(expires_at__lt=at - KEPT).delete()
