"""A talk on paper: who was there, what was said, and what was agreed. The preparation never.

Nor what pupil and guardians say of it afterwards: they were promised that the school alone reads that, and paper comes home.
"""

from datetime import date

from django.utils.translation import gettext as _

from kring.documents.plan import PlanPaper, PlanPart
from kring.web.days import spoken_full_day, spoken_moment
from kring.web.gatherings.models import TalkReport
from kring.web.gatherings.queries import Whole, seat_name
from kring.web.schools.models import School


def paper_of(one: Whole, report: TalkReport, school: School, *, on: date) -> PlanPaper:
    """One page for most talks."""
    row = one.row
    kind = str(row.get_kind_display())
    facts = (str(row.pupil or ""), spoken_moment(row.held_at or row.planned_at))
    parts = (_began(one), *_said(report), _agreed(one))
    foot = _("Van dit gesprek. Wie erbij was, mag dit lezen; bewaar het zorgvuldig.")
    return PlanPaper(f"{kind[:1].upper()}{kind[1:]}", school.name, facts, parts, on, foot)


def _began(one: Whole) -> PlanPart:
    came = ", ".join(seat_name(seat) for seat in one.seats if seat.came)
    pairs = ((_("Wie was erbij"), came), (_("Wie tolkt"), one.row.bridge))
    return PlanPart(_("Waarom wij praatten"), (one.row.purpose,), (), pairs, is_main=True)


def _said(report: TalkReport) -> tuple[PlanPart, PlanPart]:
    own = report.pupil_words or report.no_words_because
    heading = _("In eigen woorden van de leerling") if report.pupil_words else _("Er staat niets van de leerling zelf")
    who = _("Geschreven door %(who)s, %(day)s") % {"who": report.author.person, "day": spoken_full_day(report.made_at)}
    return PlanPart(heading, (own,), is_main=True), PlanPart(_("Wat er besproken is"), (report.text,), (who,), is_main=True)


def _agreed(one: Whole) -> PlanPart:
    lines = tuple(
        _("%(what)s (%(who)s, %(day)s)") % {"what": agreed.text, "who": agreed.who, "day": spoken_full_day(agreed.by_on)}
        if agreed.by_on
        else f"{agreed.text} ({agreed.who})"
        for agreed in one.agreements
    )
    return PlanPart(_("Afspraken"), lines or (_("Nog geen afspraken."),), is_main=True)
