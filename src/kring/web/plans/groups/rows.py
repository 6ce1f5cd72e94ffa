"""Rows of a group that no page asks for: they only tell what to hush."""

from kring.web.schools.models import Group, Pupil


def names_in(group: Group) -> frozenset[str]:
    """Of everybody who sits or sat in the group: a plan may be about who left."""
    rows = Pupil.objects.filter(enrolments__group=group).values_list("given_name", "name_prefix", "family_name")
    return frozenset(name for given, prefix, family in rows for name in (given, f"{prefix} {family}".strip()) if name)
