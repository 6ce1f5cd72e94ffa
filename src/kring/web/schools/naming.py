"""What a school calls its groups."""

from django.utils.translation import gettext as _

from kring.web.schools.models import Group, School


def group_label(group: Group, school: School) -> str:
    """Groep 6A in primary education, klas 1A in secondary."""
    secondary = school.type in {School.Type.SECONDARY, School.Type.SPECIAL_SECONDARY}
    return (_("klas %(name)s") if secondary else _("groep %(name)s")) % {"name": group.name}
