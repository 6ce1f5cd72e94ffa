"""Whether the name of the board is this school's to change."""

from kring.web.schools.models import School


def is_alone(school: School) -> bool:
    """A board with one school goes by the name that this school gives it; how many others there are, nobody is told."""
    return not School.objects.filter(board=school.board_id).exclude(pk=school.pk).exists()
