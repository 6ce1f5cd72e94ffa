"""What stands beside a signal that is answered, and the lists as tables."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from kring.core.access import Record, Verb
from kring.core.signals import may_begin_plan
from kring.documents.spreadsheets import Table
from kring.web.access import may
from kring.web.models import Plan
from kring.web.schools.models import Enrolment, Group, Membership, Pupil, live
from kring.web.signals.models import Signal, SignalAnswer
from kring.web.signals.queries import Line
from kring.web.signals.words import WORRIES

ONWARD = (
    # address, its words, asks for all first steps
    ("gathering_new", gettext_noop("Een gesprek plannen"), False),
    ("trial_new", gettext_noop("Korte interventie bedenken"), True),
)


def to_tie(actor: Membership, *, at: datetime) -> "tuple[QuerySet[Pupil], QuerySet[Group]]":
    """Pupils and groups of now that I may write about."""
    on = timezone.localdate(at)
    pupils = may(actor, Pupil, Verb.WRITE, of=Record.SIGNAL, at=at)
    here = pupils.filter(pk__in=Enrolment.objects.filter(live(at), school=actor.school_id).values("pupil")).order_by("sort_name", "pk")
    groups = may(actor, Group, Verb.WRITE, of=Record.SIGNAL, at=at).filter(year__starts_on__lte=on, year__ends_on__gte=on)
    return here, groups.order_by("name")


def onward(actor: Membership, signal: Signal) -> list[tuple[str, str]]:
    """Where one goes from here: to a talk, and to a plan once the first steps were taken, whichever signal they were said with."""
    if not signal.pupil_id:
        return []
    ready = may_begin_plan(_steps(actor, signal))
    ways = [(route, words) for route, words, asks_steps in ONWARD if ready or not asks_steps]
    return [(f"{reverse(route, args=[actor.pk, signal.pupil_id])}?signal={signal.pk}", _(words)) for route, words in ways]


def _steps(actor: Membership, signal: Signal) -> set[str]:
    """Those that were taken with this pupil."""
    said = may(actor, SignalAnswer, Verb.READ).filter(signal__pupil=signal.pupil_id).values_list("first_steps", flat=True)
    return {step for steps in said for step in steps}


def plans_begun(actor: Membership, signal: Signal) -> list[Plan]:
    """Which plans began with this signal."""
    return list(may(actor, Plan, Verb.READ).filter(signal=signal).order_by("made_at", "pk"))


def _seen(line: Line) -> str:
    """What is for the reporting code goes in no file, as it goes on no paper."""
    return _("mogelijk voor de meldcode") if line.row.is_serious else line.row.fact or ", ".join(map(str, line.signs))


def table(found: Iterable[Line]) -> Table:
    """The list to take along."""
    columns = (_("over"), _("gezien op"), _("wat er gebeurde"), _("zorg"), _("stand"), _("wacht in schooldagen"), _("van"))
    rows = [
        (
            line.whom,
            timezone.localdate(line.row.seen_at),
            _seen(line),
            str(WORRIES[line.row.worry]),
            _("wacht op een antwoord") if line.is_open else _("beantwoord"),
            line.days if line.is_open else None,
            str(line.row.author.person) if line.row.author else line.row.handed_in_by,
        )
        for line in found
    ]
    return Table(_("Signalen"), columns, rows)
