"""What the school is called and where it belongs."""

from dataclasses import dataclass

from kring.core.access import Verb
from kring.core.school_types import BoardNameTaken, SchoolNameTaken, SchoolType, check_type_change
from kring.web.action import action
from kring.web.schools.models import Board, Group, Membership, School


@dataclass(frozen=True, slots=True)
class Described:
    """What stands on the form; without `board` that name stays."""

    name: str
    type: str
    brin: str
    region: str
    municipality: str
    partnership: str
    board: str = ""


@action("school.changed", needs=Verb.WRITE)
def describe_school(actor: Membership, school: School, described: Described) -> None:  # noqa: ARG001
    """Raises SchoolNameTaken, BoardNameTaken and TypeStillUsed."""
    school.refresh_from_db(from_queryset=School.objects.select_for_update())
    _check_names(school, described)
    groups = {group.name: group.year_levels for group in Group.objects.filter(school=school)}
    if described.type != school.type:
        check_type_change(SchoolType(school.type), SchoolType(described.type), groups)
    if described.board:
        Board.objects.filter(pk=school.board_id).update(name=described.board)
    for name in ("name", "type", "brin", "region", "municipality", "partnership"):
        setattr(school, name, getattr(described, name))
    school.save()


def _check_names(school: School, described: Described) -> None:
    if School.objects.filter(board=school.board_id, name__iexact=described.name).exclude(pk=school.pk).exists():
        raise SchoolNameTaken(name=described.name)
    if described.board and Board.objects.filter(name__iexact=described.board).exclude(pk=school.board_id).exists():
        raise BoardNameTaken(name=described.board)
