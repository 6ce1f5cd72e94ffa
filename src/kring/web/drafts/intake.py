"""The door through which drafts come in.

No event is recorded here: what somebody is still typing is theirs alone, and nothing has happened. Sent, it becomes an action.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from kring.core.errors import BrokenRule
from kring.core.idleness import DRAFT_LASTS
from kring.web.drafts.form_key import FormKey
from kring.web.drafts.models import Draft, MadeOnce
from kring.web.drafts.seal import locked
from kring.web.schools.models import Membership, School
from kring.web.wall import schools_open

MOST_CHARACTERS = 60_000
MOST_DRAFTS = 100
REMEMBERED = timedelta(days=1)

Typed = Mapping[str, Iterable[str]]


@dataclass(eq=False, kw_only=True)
class DraftTooLong(BrokenRule):
    """Far more than any form of ours takes."""


@dataclass(eq=False, kw_only=True)
class TooManyDrafts(BrokenRule):
    """Nobody writes on a hundred pages at a time."""


def keep(author: Membership, key: FormKey, typed: Typed, *, half: str = "", at: datetime) -> Draft:
    """The fields of the form and no others, in place of what was kept of it before; locked with the half of the browser when the form asks
    for that."""
    fields = {name: [str(value) for value in values] for name, values in typed.items() if name in key.names}
    if sum(len(value) for values in fields.values() for value in values) > MOST_CHARACTERS:
        raise DraftTooLong
    mine = Draft.objects.filter(school_id=author.school_id, author=author)
    if mine.exclude(place=key.place).filter(expires_at__gt=at).count() >= MOST_DRAFTS:
        raise TooManyDrafts
    kept, _new = mine.update_or_create(
        school_id=author.school_id,
        author=author,
        place=key.place,
        defaults={"fields": locked(fields, half) if key.sealed else fields, "saved_at": at, "expires_at": at + DRAFT_LASTS},
    )
    return kept


def forget(author: Membership, key: FormKey) -> None:
    """The form was sent, or its author threw it away."""
    Draft.objects.filter(school_id=author.school_id, author=author, place=key.place).delete()


def send(author: Membership, mark: str, *, at: datetime) -> tuple[MadeOnce, bool]:
    """The form with this mark, and whether it is sent for the first time; who comes second waits until the first is done."""
    return MadeOnce.objects.get_or_create(school_id=author.school_id, author=author, mark=mark, defaults={"made_at": at})


def lead_to(sent: MadeOnce, address: str) -> None:
    """The page on which one sees what it made."""
    MadeOnce.objects.filter(pk=sent.pk).update(led_to=address)


def take_back(sent: MadeOnce) -> None:
    """It leads nowhere: the next time counts as the first."""
    sent.delete()


def forget_old(*, at: datetime) -> None:
    """Those whose time is over, of every school, and that a form was sent: a chore (kring.web.schedule)."""
    for school in School.objects.values_list("id", flat=True):
        with schools_open([school]):
            Draft.objects.filter(school_id=school, expires_at__lte=at).delete()
            MadeOnce.objects.filter(school_id=school, made_at__lte=at - REMEMBERED).delete()
