"""Who may see and do what: one table that a school leader can read. The shell turns a scope into rows (`web/access.py`)."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Role(StrEnum):
    """The hat a person wears at one school."""

    TEACHER = "teacher"
    COORDINATOR = "coordinator"
    LEADER = "leader"
    ADMINISTRATOR = "administrator"
    PUPIL = "pupil"
    GUARDIAN = "guardian"


class Record(StrEnum):
    """What can be seen or done something with; the value is the model's name in lower case."""

    SCHOOL = "school"
    SCHOOL_YEAR = "schoolyear"
    GROUP = "group"
    PUPIL = "pupil"
    GUARDIAN = "guardian"
    GUARDIANSHIP = "guardianship"
    ENROLMENT = "enrolment"
    ASSIGNMENT = "assignment"
    MEMBERSHIP = "membership"
    ROUND = "round"
    INVITATION = "invitation"
    SUBMISSION = "submission"
    ANONYMOUS_SUBMISSION = "anonymoussubmission"
    SCALE_PRECISION = "scaleprecision"
    SOCIOGRAM = "sociogram"
    LISTED_PUPIL = "listedpupil"
    NOMINATION = "nomination"
    UPLOAD = "upload"
    UPLOADED_FILE = "uploadedfile"
    STORED_FILE = "storedfile"
    JOB = "job"


class Verb(StrEnum):
    """What one does with a record; each stands alone, none includes another."""

    READ = "read"
    COUNT = "count"  # know how many, not which
    MEASURE = "measure"  # bring in answers and choices of a group
    ENROL = "enrol"  # put new pupils in a group
    APPLY = "apply"  # make a checked upload real
    RUN = "run"  # close a round


class Scope(StrEnum):
    """Which rows, seen from the one who asks."""

    SELF = "self"  # it is about me
    CHILD = "child"  # it is about my child, and I have parental authority
    GROUP = "group"  # I teach the group it hangs on, or the pupil, at the moment of asking; either will do where it hangs on both
    SCHOOL = "school"  # it belongs to the school where I wear this hat
    AUTHOR = "author"  # I made it
    GROUP_AUTHOR = "group_author"  # I made it, and I teach the group it is for at the moment of asking


_STAFF_ROSTER = (Record.SCHOOL_YEAR, Record.GROUP, Record.PUPIL, Record.ENROLMENT, Record.ASSIGNMENT)
_RESULTS = (Record.INVITATION, Record.SUBMISSION, Record.SOCIOGRAM, Record.LISTED_PUPIL, Record.NOMINATION)
_UPLOADS = (Record.UPLOAD, Record.UPLOADED_FILE)
_WORK = (Record.STORED_FILE, Record.JOB)


def _rules() -> dict[tuple[Role, Record, Verb], Scope]:
    rules: dict[tuple[Role, Record, Verb], Scope] = {}

    def grant(role: Role, scope: Scope, *records: Record, verb: Verb = Verb.READ) -> None:
        for record in records:
            rules[role, record, verb] = scope

    for role in Role:
        grant(role, Scope.SCHOOL, Record.SCHOOL)

    grant(Role.TEACHER, Scope.SCHOOL, Record.SCHOOL_YEAR, Record.ROUND, Record.SCALE_PRECISION)
    grant(Role.TEACHER, Scope.GROUP, Record.GROUP, Record.PUPIL, Record.ENROLMENT, Record.ASSIGNMENT, *_RESULTS)
    grant(Role.TEACHER, Scope.GROUP, Record.INVITATION, verb=Verb.COUNT)
    grant(Role.TEACHER, Scope.GROUP, Record.GROUP, verb=Verb.MEASURE)
    grant(Role.TEACHER, Scope.GROUP_AUTHOR, *_UPLOADS)
    grant(Role.TEACHER, Scope.GROUP_AUTHOR, Record.UPLOAD, verb=Verb.APPLY)
    grant(Role.TEACHER, Scope.AUTHOR, *_WORK)

    grant(Role.COORDINATOR, Scope.SCHOOL, *_STAFF_ROSTER, Record.GUARDIAN, Record.GUARDIANSHIP, Record.MEMBERSHIP)
    grant(Role.COORDINATOR, Scope.SCHOOL, Record.ROUND, Record.SCALE_PRECISION, *_RESULTS)
    grant(Role.COORDINATOR, Scope.SCHOOL, Record.INVITATION, Record.ANONYMOUS_SUBMISSION, verb=Verb.COUNT)
    grant(Role.COORDINATOR, Scope.SCHOOL, Record.GROUP, verb=Verb.MEASURE)
    grant(Role.COORDINATOR, Scope.SCHOOL, Record.GROUP, verb=Verb.ENROL)
    grant(Role.COORDINATOR, Scope.SCHOOL, Record.ROUND, verb=Verb.RUN)
    grant(Role.COORDINATOR, Scope.AUTHOR, *_UPLOADS, *_WORK)
    grant(Role.COORDINATOR, Scope.AUTHOR, Record.UPLOAD, verb=Verb.APPLY)

    # Names and groups, and figures of the school as a whole; never the answers of one pupil.
    grant(Role.LEADER, Scope.SCHOOL, *_STAFF_ROSTER, Record.MEMBERSHIP, Record.ROUND)
    grant(Role.LEADER, Scope.SCHOOL, Record.INVITATION, verb=Verb.COUNT)

    # The installation, no content of any pupil.
    grant(Role.ADMINISTRATOR, Scope.SCHOOL, Record.SCHOOL_YEAR, Record.MEMBERSHIP)

    # A submission about a pupil may be a teacher's; until the table can tell them apart, none is read by the pupil.
    grant(Role.PUPIL, Scope.SELF, Record.PUPIL, Record.GROUP, Record.ENROLMENT, Record.ASSIGNMENT)
    grant(Role.GUARDIAN, Scope.CHILD, Record.PUPIL, Record.GROUP, Record.ENROLMENT, Record.ASSIGNMENT)
    return rules


TABLE: Mapping[tuple[Role, Record, Verb], Scope] = MappingProxyType(_rules())
"""The whole of it. What is not in here nobody may."""


def scope_of(role: Role, record: Record, verb: Verb) -> Scope | None:
    """The rows on which a role may do this; None when on no row at all.

    >>> scope_of(Role.TEACHER, Record.PUPIL, Verb.READ)
    <Scope.GROUP: 'group'>
    >>> scope_of(Role.ADMINISTRATOR, Record.PUPIL, Verb.READ) is None
    True
    """
    return TABLE.get((role, record, verb))
