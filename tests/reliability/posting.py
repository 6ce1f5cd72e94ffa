"""Messages sent by processes that are killed, on a database of its own. A program: in the end it says what the database knows, as JSON.

Each round a child sends what is due and is killed with `kill -9` somewhere on the way; the clock then goes on by more than a claim holds.
"""

import json
import os
import random
import signal
import sys
import time
from datetime import UTC, datetime, timedelta

from django.core.management import call_command
from django.db import connections

from kring.web.mail.intake import CLAIMED, send_waiting
from kring.web.mail.models import MailAddress, OutgoingMail
from kring.web.models import Person

BEGAN = datetime(2026, 3, 3, 9, tzinfo=UTC)
MOST_ROUNDS = 400


def main() -> None:
    count, kills, longest = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
    call_command("migrate", verbosity=0)
    write(count)
    draw, at, rounds = random.Random(2026), BEGAN, 0
    while OutgoingMail.objects.filter(ended_at=None).exists() and rounds < MOST_ROUNDS:
        send_in_child(at, killed_after=draw.uniform(0.02, longest) if rounds < kills else None)
        at, rounds = at + CLAIMED + timedelta(minutes=1), rounds + 1
    mails = OutgoingMail.objects
    told = {"written": mails.count(), "sent": mails.filter(sent_at__isnull=False).count(), "waiting": mails.filter(ended_at=None).count()}
    print(json.dumps({**told, "rounds": rounds, "tries": sum(mails.values_list("tries", flat=True))}))


def write(count: int) -> None:
    """One message for each of so many people."""
    people = Person.objects.bulk_create(
        Person(username=f"juf{number}", given_name="Juf", family_name="Test", password="!") for number in range(count)
    )
    dates = {"confirmed_at": BEGAN - timedelta(days=1), "expires_at": BEGAN + timedelta(days=300)}
    MailAddress.objects.bulk_create(MailAddress(person=one, address=f"{one.username}@school.example", **dates) for one in people)
    OutgoingMail.objects.bulk_create(OutgoingMail(person=one, kind="waiting", written_at=BEGAN, next_try_at=BEGAN) for one in people)


def send_in_child(at: datetime, *, killed_after: float | None) -> None:
    connections.close_all()
    child = os.fork()
    if not child:
        send_waiting(at=at)
        os._exit(0)
    if killed_after is not None:
        time.sleep(killed_after)
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
