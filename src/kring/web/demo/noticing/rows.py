"""What people saw in 6A: one signal that waits too long, one that is answered, one about the class, and one that nobody tied yet."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from kring.core.signals import Answered
from kring.web.schools.models import Group, Membership, Pupil, School
from kring.web.signals.answering.actions import Answer, answer
from kring.web.signals.doors.actions import make_door
from kring.web.signals.doors.rows import Brought, take_in
from kring.web.signals.noting.actions import note, note_of_class
from kring.web.signals.noting.seen import Seen

DAY = timedelta(days=1)


def notice(school: School, members: Mapping[str, Membership], *, now: datetime) -> None:
    """At the school of Anna."""
    anna, bram = members.get("anna"), members.get("bram")
    if anna is None or bram is None or anna.school_id != school.pk:
        return
    group = Group.objects.filter(school=school, name="6A").order_by("-year__starts_on")[0]
    quiet, tired = _pupils(group)
    then = now - 9 * DAY
    note(anna, quiet, Seen("Stond drie pauzes alleen bij het hek.", then, "playground", ("alone-at-break",), families=("social",)), at=then)
    then = now - 4 * DAY
    seen = Seen("Legde het hoofd op tafel.", then, "classroom", ("tired",), interpretation="Misschien slaapt dit kind kort.")
    known = Answer(Answered.EXPLAIN, "known", "Er is thuis een baby. De ouders vertelden het.")
    answer(anna, note(anna, tired, seen, at=then), known, at=then + DAY)
    then = now - 2 * DAY
    note_of_class(anna, group, Seen("Na de pauze duurde het tien minuten voor het stil was.", then, "classroom"), at=then)
    _at_the_door(school, bram, now)


def _pupils(group: Group) -> tuple[Pupil, Pupil]:
    """Two who are not in the cast."""
    here = Pupil.objects.filter(person=None, enrolments__group=group, enrolments__until_at=None).order_by("sort_name", "pk")
    quiet, tired = here[3:5]
    return quiet, tired


def _at_the_door(school: School, bram: Membership, now: datetime) -> None:
    door = make_door(bram, school, "Overblijf", at=now - 30 * DAY)
    seen = Seen("Gaf het brood aan een ander en at zelf niets, drie keer deze week.", now - DAY, "canteen")
    take_in(door, Brought("Een meisje met een rode jas, groep 6 of 7", "Vrijwilliger overblijf", "demo", seen), at=now - DAY)
