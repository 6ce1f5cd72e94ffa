"""What leaves the pages of a sociogram: what a class may see, the counts as rows, and everything on paper for the file."""

from dataclasses import dataclass
from datetime import date

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from kring.core.class_year import class_phase
from kring.core.school_types import SchoolType, year_of_school
from kring.core.sociometry import Sufficiency, class_talk
from kring.documents.relations import drawings
from kring.documents.reports import GroupReport, SociogramPart
from kring.documents.scales import name_order
from kring.documents.sociometry.board import board_lines, board_questions, phase_words
from kring.documents.sociometry.card import card_sections
from kring.documents.sociometry.facts import facts_sections
from kring.documents.spreadsheets import Table
from kring.library import DirectionText, newest
from kring.web.days import spoken_month
from kring.web.schools.models import Group, Membership
from kring.web.schools.naming import group_label
from kring.web.sociograms.queries import GroupSociogram, questions_of
from kring.web.sociograms.understanding.counted import groups_are_sure
from kring.web.sociograms.understanding.queries import class_card, understood

BELONGING = frozenset({"relating", "belonging"})  # what a class does about its choices


@dataclass(frozen=True, slots=True)
class Talk:
    """What may stand on the board, and what a class of this age could do in this part of the year."""

    shown: bool
    lines: tuple[str, ...]
    questions: tuple[str, ...]
    phase: str
    about_phase: str
    activities: tuple[DirectionText, ...]
    others: tuple[DirectionText, ...]  # of another part of the year or about something else, for the same age


def talk(seen: GroupSociogram, *, on: date) -> Talk:
    """Without any name; no activity for another age."""
    found, levels, phase = class_talk(seen.picture.sociogram.nominations), years_of(seen.row.group), class_phase(on)
    called, about = phase_words(phase)
    of_age = [one for one in newest() if one.is_for_age(levels)]
    activities = tuple(one for one in of_age if one.is_for_class(phase, levels) and not BELONGING.isdisjoint(one.scales))
    others = tuple(one for one in of_age if one not in activities)
    shown = found.shown and bool(questions_of(seen.row.round))
    return Talk(shown, tuple(board_lines(found)) if shown else (), board_questions(levels), called, about, activities, others)


def years_of(group: Group) -> tuple[int, ...]:
    """The years of school of a group, counted from groep 1 on."""
    kind = SchoolType(group.school.type)
    return tuple(year_of_school(kind, level) for level in group.year_levels)


def has_counts(seen: GroupSociogram) -> bool:
    """Not when too few took part, and not of a list that asks nobody to choose: there 0 would say "chosen by nobody"."""
    return seen.picture.sociogram.sufficiency is not Sufficiency.TOO_FEW and bool(questions_of(seen.row.round))


def counts_table(seen: GroupSociogram) -> Table:
    """Counts alone: no word about a pupil's place, nobody who chose, and nothing of a no."""
    found, columns = (
        seen.picture.sociogram,
        (_("Leerling"), _("Deed mee"), _("Gekozen door"), _("Van hoeveel"), _("Over en weer"), _("Kiest zelf")),
    )
    rows = []
    for i, pupil in enumerate(found.nominations.pupils):
        took_part = bool(found.nominations.nominators[i])
        own = (int(found.mutual[i].sum()), int(found.given[i])) if took_part else (None, None)
        said = _("ja") if took_part else _("nee")
        rows.append((seen.names[pupil], said, int(found.received.count[i]), int(found.received.possible[i]), *own))
    return Table(_("Sociogram"), columns, sorted(rows, key=lambda row: name_order(str(row[0]))))


def report(actor: Membership, seen: GroupSociogram, *, on: date) -> GroupReport:
    """The class, the drawings and the pupils, for the file and for paper."""
    group = seen.row.group
    found, sure = seen.picture.sociogram, groups_are_sure(seen.picture.sociogram, seen.row.sureness)
    asked = len(questions_of(seen.row.round))
    part = SociogramPart(seen.row.round.title, spoken_month(seen.row.round.opens_on), found, seen.picture.layouts, sure, asked)
    drawn = [drawings(part, seen.names)] if has_counts(seen) else []
    return GroupReport(
        group=capfirst(group_label(group, actor.school)),
        made_on=on,
        names=seen.names,
        school=actor.school.name,
        period=seen.row.round.title,
        more=(*card_sections(class_card(actor, seen)), *drawn, *facts_sections(understood(actor, seen))),
    )
