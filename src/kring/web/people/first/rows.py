"""The first board, school, leader and administrator of a new installation: made on the server itself, once; their codes anew if need be."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from kring.core.access import Role
from kring.core.appointing import check_first
from kring.core.paper_codes import LASTS
from kring.web.accounts.models import Person
from kring.web.people.intake import new_person
from kring.web.people.models import AccountInvitation
from kring.web.people.rows import make_code, with_way_in
from kring.web.schools.models import Board, Membership, School, live
from kring.web.trace import record_event
from kring.web.wall import schools_open

NameParts = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class First:
    """What somebody with the keys of the server says."""

    board: str
    school: str
    type: str
    leader: NameParts
    administrator: NameParts


@dataclass(frozen=True, slots=True)
class FirstPaper:
    """Who comes in with which code."""

    person: Person
    role: Role
    code: str


def parts_of(name: str) -> NameParts:
    """Given name, prefix and family name.

    >>> parts_of("Rik de Lange"), parts_of("Olga Sanders"), parts_of("Bo van den Berg-Smit")
    (('Rik', 'de', 'Lange'), ('Olga', '', 'Sanders'), ('Bo', 'van den', 'Berg-Smit'))
    """
    given, *rest = name.split()
    small = [word for word in rest[:-1] if word.islower()]
    return given, " ".join(small), " ".join(word for word in rest if word not in small)


def begin(first: First, *, at: datetime) -> list[FirstPaper]:
    """All of it or nothing. Raises AlreadyBegun and TwoPeopleNeeded."""
    with transaction.atomic():
        check_first(has_schools=School.objects.exists(), leader=first.leader, administrator=first.administrator)
        board = Board.objects.create(name=first.board)
        school = School.objects.create(board=board, name=first.school, type=first.type)
        with schools_open([school.pk]):
            return [_paper(school, Role.LEADER, first.leader, at=at), _paper(school, Role.ADMINISTRATOR, first.administrator, at=at)]


def begin_again(*, at: datetime) -> list[FirstPaper]:
    """New codes for the first leader and administrator as far as they never came in: nobody else could make one for a first leader."""
    papers: list[FirstPaper] = []
    for school in School.objects.order_by("name"):
        with transaction.atomic(), schools_open([school.pk]):
            invited = AccountInvitation.objects.filter(school=school, made_by=None).values_list("person_id", flat=True)
            hats = Membership.objects.filter(live(at), school=school, person__in=list(invited)).select_related("person").order_by("-role")
            ways = with_way_in([hat.person_id for hat in hats])
            papers += [_code(hat, "letter.made", at=at) for hat in hats if hat.person_id not in ways]
    return papers


def _paper(school: School, role: Role, name: NameParts, *, at: datetime) -> FirstPaper:
    hat = Membership.objects.create(school=school, person=new_person(*name), role=role.value, from_at=at)
    return _code(hat, "role.first", at=at)


def _code(hat: Membership, event: str, *, at: datetime) -> FirstPaper:
    code, text = make_code(hat.person, at=at, lasts=LASTS)
    AccountInvitation.objects.create(school=hat.school, person=hat.person, code=code, made_by=None, made_at=at)
    record_event(hat, hat, event)
    return FirstPaper(hat.person, Role(hat.role), text)
