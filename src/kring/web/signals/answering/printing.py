"""A signal with its answers on paper, for the team alone: what was seen stands apart from what somebody thought."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from kring.documents.plan import PlanPaper, PlanPart
from kring.web.days import spoken_full_day, spoken_moment
from kring.web.schools.models import School
from kring.web.signals.models import SignalAnswer
from kring.web.signals.queries import Line
from kring.web.signals.words import FAMILIES, PLACES, STEPS, WORRIES


def paper_of(line: Line, answers: Sequence[SignalAnswer], school: School, *, on: date) -> PlanPaper:
    """One page, unless much was answered."""
    row = line.row
    title = _("Signaal van %(day)s") % {"day": spoken_full_day(row.seen_at)}
    parts = [_seen(line), _thought(line), PlanPart(_("Antwoorden"), () if answers else (_("Nog geen antwoord."),), is_main=True)]
    foot = _("Voor wie met dit kind of deze groep werkt. Vernietig dit papier als u het niet meer nodig hebt.")
    return PlanPaper(title, school.name, (line.whom,), (*parts, *map(_answer, answers)), on, foot)


def _seen(line: Line) -> PlanPart:
    row = line.row
    place = next((str(word) for place, word in PLACES.items() if place == row.place), "")
    pairs = (
        (_("Gezien"), ", ".join(map(str, line.signs))),
        (_("Wanneer"), spoken_moment(row.seen_at)),
        (_("Waar"), place),
        (_("Hoe weten we dit"), str(row.get_heard_display())),
        (_("Sinds"), spoken_full_day(row.started_on) if row.started_on else ""),
        (_("Zorg"), str(WORRIES[row.worry])),
        (_("Van"), str(row.author.person) if row.author else row.handed_in_by),
    )
    return PlanPart(_("Wat er gebeurde"), (row.fact,), (), pairs, is_main=True)


def _thought(line: Line) -> PlanPart:
    families = ", ".join(str(word) for family, word in FAMILIES.items() if family in line.row.families)
    return PlanPart(_("Wat iemand erbij dacht"), (line.row.interpretation or _("Niets."),), (), ((_("Gaat over"), families),), is_main=True)


def _answer(one: SignalAnswer) -> PlanPart:
    kind, judgement = str(one.get_kind_display()), str(one.get_judgement_display())
    who = _("%(who)s, %(day)s") % {"who": one.answered_by.person, "day": spoken_full_day(one.answered_at)}
    pairs = (
        (_("Tot"), spoken_full_day(one.until_on) if one.until_on else ""),
        (_("Eerste stappen"), " ".join(str(STEPS[step]) for step in STEPS if step in one.first_steps)),
    )
    return PlanPart(f"{kind[:1].upper()}{kind[1:]}: {judgement}", (one.reason,), (who,), pairs)
