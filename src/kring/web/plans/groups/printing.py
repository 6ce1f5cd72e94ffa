"""A group plan as it goes on paper, for the team alone."""

from datetime import date

from django.utils.translation import gettext as _

from kring.documents.plan import PlanPaper, PlanPart
from kring.web.days import spoken_full_day
from kring.web.plans.groups.queries import Card, Sheet
from kring.web.plans.groups.showing import programme
from kring.web.schools.models import School
from kring.web.schools.naming import group_label


def paper_of(sheet: Sheet, school: School, *, on: date) -> PlanPaper:
    """The part for all, the clusters by level, and who is in none."""
    plan = sheet.plan
    days = [spoken_full_day(one) for one in (plan.starts_on, plan.ends_on) if one]
    parts = [_for_all(sheet), *(part for level, cards in sheet.levels for part in _level(level, cards)), _outside(sheet)]
    facts = (group_label(sheet.group, school), " – ".join(days), str(plan.get_state_display()))
    foot = _("Voor het team van deze groep. Vernietig dit papier als het plan voorbij is.")
    return PlanPaper(plan.title, school.name, facts, tuple(parts), on, foot)


def _for_all(sheet: Sheet) -> PlanPart:
    parts = sheet.plan.parts
    pairs = ((_("Wat werkt in deze groep"), parts.get("works", "")), (_("Wat de hele groep oefent"), ", ".join(programme(sheet.plan))))
    return PlanPart(_("1. Aanpak voor de hele groep"), (parts.get("class", "") or _("Nog niet ingevuld."),), (), pairs, is_main=True)


def _level(level: int, cards: list[Card]) -> list[PlanPart]:
    heading = _("2. Kort en gericht, voor een paar leerlingen") if level == 2 else _("3. Zwaarder, met een partner van buiten")
    empty = () if cards else (_("Op dit niveau staat niemand."),)
    return [PlanPart(heading, empty, is_main=True), *(_cluster(card) for card in cards)]


def _cluster(card: Card) -> PlanPart:
    row = card.row
    pairs = (
        (_("Doel"), row.goal),
        (_("Tot en met"), spoken_full_day(row.until_on) if row.until_on else ""),
        (_("Partner"), row.partner),
        (_("Als het erger wordt"), row.escalation),
    )
    return PlanPart(row.need[:1].upper() + row.need[1:], (row.approach,), tuple(one.name for one in card.people), pairs)


def _outside(sheet: Sheet) -> PlanPart:
    names = ", ".join(one.name for one in sheet.outside)
    return PlanPart(_("In geen cluster"), (names or _("Iedereen staat in een cluster."),), is_main=True)
