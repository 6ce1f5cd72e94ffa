"""The log for who sees to it and for whom it is about. Ids become functions and names of staff here; of pupils only their number.

Who sees to the log may read no pupil and no group; what is asked of those tables here is ties and keys, of the own school alone.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils import timezone

from kring.core.access import FAMILY, PARTNERS, STAFF, Record, Role, Verb, rule_of
from kring.core.audit_chain import START, Head, Verdict, short_code
from kring.core.review import A_WEEK, LOOKS, Act, Line, alarms, lines, monday, unsigned_weeks
from kring.web.access import may
from kring.web.accounts.models import Person
from kring.web.audit.models import Entry
from kring.web.audit.queries import verified
from kring.web.consents.models import ConsentRequest
from kring.web.oversight.event_words import how_words
from kring.web.oversight.models import Review
from kring.web.oversight.rows import Period, Ties, at_that_moment, ties
from kring.web.oversight.words import REASONS, role_words, rule_words, unnamed_words, what_words
from kring.web.plans.models import PlanAgreement
from kring.web.safety.models import BreakGlass
from kring.web.schools.models import Enrolment, Group, Membership, Pupil, School
from kring.web.sociograms.bullying.intake import TO_TALK
from kring.web.surveys.models import GuardianInvitation, GuardianList
from kring.web.tasks.models import Task
from kring.web.understanding.models import Voice

LOOKERS = [role.value for role in STAFF | PARTNERS]
FAMILY_ROLES = {role.value for role in FAMILY}


def all_schools() -> list[School]:
    """For what runs by itself; it opens them one at a time."""
    return list(School.objects.order_by("name"))


# ---- acts with what the school knows about them -----------------------------------------------------------------


ALARM = Q(name="login.alarm")  # written down before a hat is worn
FACTS = ("at", "person_id", "actor_id", "role", "name", "record", "pupil_id", "group_id")


def acts(actor: Membership, start: datetime, end: datetime, *, only: Q | None = None) -> list[Act]:
    """What was done in a hat between two moments, with the glasses that were broken."""
    done = may(actor, Entry, Verb.READ).filter(only or Q(), at__gte=start, at__lt=end)
    rows = done.exclude(~ALARM, role="").values_list(*FACTS)
    known = ties(actor.school_id)
    return [_act(known, *row) for row in rows] + _broken(actor, start, end)


def _act(
    known: Ties, at: datetime, person: UUID, actor: UUID, role: str, name: str, record: str, pupil: UUID | None, group: UUID | None
) -> Act:
    parents = known.parents_of(pupil, at)
    return Act(
        at=timezone.localtime(at),
        person=str(person),
        role=Role(role) if role else None,
        name=name,
        record=record,
        pupil=str(pupil) if pupil else None,
        about_pupils=bool(pupil or group),
        teaches=known.teaches(actor, pupil, group, at),
        own_child=person in parents,
        colleagues_child=any(parent != person and known.works_here(parent, at) for parent in parents),
    )


def _broken(actor: Membership, start: datetime, end: datetime) -> list[Act]:
    broken = glasses(actor, start, end).select_related("membership")
    return [
        Act(
            at=timezone.localtime(one.from_at),
            person=str(one.membership.person_id),
            role=Role(one.membership.role),
            name="glass",
            record="breakglass",
            pupil=str(one.pupil_id),
            in_emergency=True,
        )
        for one in broken
    ]


def glasses(actor: Membership, start: datetime, end: datetime) -> QuerySet[BreakGlass]:
    """The glasses that were broken between two moments."""
    return may(actor, BreakGlass, Verb.READ).filter(from_at__gte=start, from_at__lt=end)


# ---- the weeks --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Shown:
    """A line of the list in words."""

    line: Line
    who: str
    role: str
    reason: str
    rule: str


@dataclass(frozen=True, slots=True)
class Chain:
    """Whether the log is whole since the last signature, and its head as a code that one can print."""

    verdict: Verdict
    code: str

    @property
    def first_fault(self) -> int | None:
        return self.verdict.findings[0].sequence if self.verdict.findings else None


@dataclass(frozen=True, slots=True)
class Week:
    """One week of the log for who looks it through."""

    week: date
    last_day: date
    lines: tuple[Shown, ...]
    is_over: bool
    signed: Review | None
    unreviewed_glasses: int
    chain: Chain


@dataclass(frozen=True, slots=True)
class Weeks:
    """What waits for a signature, and what has one."""

    unsigned: tuple[date, ...]
    running: date
    signed: tuple[Review, ...]


def span(week: date) -> tuple[datetime, datetime]:
    """From Monday's midnight to the next, in the time of the school."""
    start, end = (timezone.make_aware(datetime.combine(day, time())) for day in (week, week + A_WEEK))
    return start, end


def weeks(actor: Membership, *, on: date) -> Weeks:
    """All weeks since the log began."""
    signed = may(actor, Review, Verb.READ).select_related("signed_by__person").order_by("-week")
    found = tuple(signed)
    began = may(actor, Entry, Verb.READ).order_by("sequence").values_list("at", flat=True).first()
    first = timezone.localdate(began) if began else on
    return Weeks(unsigned_weeks(first, on=on, signed={one.week for one in found}), monday(on), found)


def week_list(actor: Membership, first_day: date, *, on: date) -> Week:
    """The list of one week."""
    start, end = span(first_day)
    found = lines(acts(actor, start, end))
    return Week(
        week=first_day,
        last_day=first_day + timedelta(days=6),
        lines=_shown(actor, found),
        is_over=first_day + A_WEEK <= on,
        signed=may(actor, Review, Verb.READ).filter(week=first_day).select_related("signed_by__person").first(),
        unreviewed_glasses=glasses(actor, start, end).filter(reviewed_at=None).count(),
        chain=chain(actor),
    )


def chain(actor: Membership) -> Chain:
    """Walk along the chain from the last signature on: what came before, somebody signed for."""
    last = may(actor, Review, Verb.READ).order_by("-sequence").values_list("sequence", "hash").first()
    verdict = verified(actor.school_id, since=Head(*last) if last else START)
    return Chain(verdict, short_code(verdict.head))


def running_alarms(actor: Membership, *, at: datetime) -> tuple[Shown, ...]:
    """What is told at once, of the last seven days."""
    hasty = Q(pupil_id__isnull=False) | Q(name="file.exported") | ALARM
    return _shown(actor, alarms(acts(actor, at - A_WEEK, at + timedelta(seconds=1), only=hasty)))


def _shown(actor: Membership, found: Collection[Line]) -> tuple[Shown, ...]:
    named = names(actor, {UUID(line.person) for line in found})
    return tuple(
        Shown(line, named.get(UUID(line.person), ""), role_words(line.role or ""), str(REASONS[line.reason]), rule_words(line))
        for line in found
    )


def names(actor: Membership, people: Collection[UUID]) -> dict[UUID, str]:
    """The names of who works or worked at the school, or comes from outside; pupils and guardians have none in the log."""
    works = Membership.objects.filter(school_id=actor.school_id, role__in=LOOKERS, person=OuterRef("pk"))
    return {person.pk: str(person) for person in Person.objects.filter(Exists(works), pk__in=people)}


# ---- searching the log ------------------------------------------------------------------------------------------

KINDS: Mapping[str, Q] = {
    "seen": Q(name="page.read"),
    "taken": Q(name__in=["page.printed", "file.exported", "report.made"]),
    "refused": Q(name="page.refused"),
    "signed_in": Q(purpose="technical"),
    "changed": ~Q(name__in=["page.read", "page.printed", "file.exported", "report.made", "page.refused"]) & ~Q(purpose="technical"),
}


@dataclass(frozen=True, slots=True)
class Sought:
    """What somebody looks for in the log; None is anything."""

    person: UUID | None = None
    number: str = ""
    from_on: date | None = None
    until_on: date | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class LogLine:
    """One entry in words."""

    sequence: int
    at: datetime
    who: str
    role: str
    what: str
    how: str
    about: str
    refused: bool


def people(actor: Membership) -> list[tuple[UUID, str]]:
    """Everybody who works or worked at the school, or comes from outside, with their functions."""
    found: dict[UUID, tuple[str, list[str]]] = {}
    for one in may(actor, Membership, Verb.READ).filter(role__in=LOOKERS).select_related("person").order_by("person__family_name", "role"):
        found.setdefault(one.person_id, (str(one.person), []))[1].append(role_words(one.role))
    return [(key, f"{name} ({', '.join(dict.fromkeys(roles))})") for key, (name, roles) in found.items()]


def log(actor: Membership, sought: Sought) -> QuerySet[Entry]:
    """The entries that were looked for, the newest first."""
    found = may(actor, Entry, Verb.READ).filter(KINDS.get(sought.kind, Q()))
    if sought.person:
        found = found.filter(person_id=sought.person)
    if sought.number:
        pupil = pupil_with(actor, sought.number)
        found = found.filter(about(pupil)) if pupil else found.none()
    if sought.from_on:
        found = found.filter(at__gte=timezone.make_aware(datetime.combine(sought.from_on, time())))
    if sought.until_on:
        found = found.filter(at__lt=timezone.make_aware(datetime.combine(sought.until_on + timedelta(days=1), time())))
    return found.order_by("-sequence")


def pupil_with(actor: Membership, number: str) -> Pupil | None:
    """The pupil with this number in the school's own administration."""
    return Pupil.objects.filter(school_id=actor.school_id, admin_key=number).first() if number else None


def pupil_of_school(actor: Membership, key: UUID) -> Pupil | None:
    """A pupil of the own school, for its number alone."""
    return Pupil.objects.filter(school_id=actor.school_id, pk=key).first()


def about(pupil: Pupil) -> Q:
    """What is about this pupil: alone, under either entry when it was entered twice, or in a group to which it had come by then."""
    sat = Enrolment.objects.filter(pupil=pupil, group=OuterRef("group_id"), from_at__lte=OuterRef("at"))
    entries = Pupil.objects.filter(Q(pk=pupil.pk) | Q(merged_into=pupil)).values("pk")
    return Q(pupil_id__in=entries) | (Q(pupil_id=None) & Q(Exists(sat)))


def log_lines(actor: Membership, entries: Collection[Entry]) -> list[LogLine]:
    """Entries in words: staff by name and function, pupils by their number."""
    named = names(actor, {one.person_id for one in entries if one.person_id and one.role not in FAMILY_ROLES})
    of_school = {"school_id": actor.school_id}
    numbers = Pupil.objects.filter(pk__in={one.pupil_id for one in entries}, **of_school).values_list("id", "admin_key")
    groups = Group.objects.filter(pk__in={one.group_id for one in entries}, **of_school).values_list("id", "name")
    labels: dict[UUID | None, str] = {**dict(numbers), **dict(groups)}
    return [
        LogLine(
            sequence=one.sequence,
            at=timezone.localtime(one.at),
            who=named.get(one.person_id, "") if one.person_id and one.role not in FAMILY_ROLES else "",
            role=role_words(one.role),
            what=what_words(one.route, one.record),
            how=how_words(one.name),
            about=labels.get(one.pupil_id, "") or labels.get(one.group_id, ""),
            refused=one.outcome != "done" and one.name != "page.refused",  # whose words say it
        )
        for one in entries
    ]


# ---- who looked at a pupil --------------------------------------------------------------------------------------

SHOWN_DAYS = timedelta(days=90)
OF_ONE_PERSON: Mapping[str, type[Model] | None] = {
    Record.GUARDIAN_INVITATION.value: GuardianInvitation,
    Record.GUARDIAN_LIST.value: GuardianList,
    Record.LIST_LETTER.value: None,
    Record.VOICE.value: Voice,
    Record.PLAN_AGREEMENT.value: PlanAgreement,
}
"""What hangs on one guardian or on the pupil, each with the model by which one finds one's own."""


@dataclass(frozen=True, slots=True)
class Looked:
    """Somebody of the school who saw something about the pupil on one day: what, how, and how often."""

    who: str
    role: str
    in_emergency: bool
    seen: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, slots=True)
class Day:
    """One day with who looked."""

    on: date
    looked: tuple[Looked, ...]


@dataclass(frozen=True, slots=True)
class WhoLooked:
    """Up to a day, the newest first; and the day to go on from when there is more."""

    days: tuple[Day, ...]
    earlier: date | None


def who_looked(actor: Membership, pupil: Pupil, *, until: date) -> WhoLooked:
    """The staff and partners who saw something about this pupil; never the actor's own looks, nor those of the family."""
    start, end = (timezone.make_aware(datetime.combine(until + timedelta(days=1), time())) - ago for ago in (SHOWN_DAYS, timedelta()))
    seen = may(actor, Entry, Verb.READ).filter(about(pupil), name__in=[*LOOKS, "report.made"], outcome="done", role__in=LOOKERS)
    theirs = _to_be_told(actor, pupil, seen).exclude(person_id=actor.person_id)
    entries = list(theirs.filter(at__gte=start, at__lt=end).order_by("-sequence"))
    before = theirs.filter(at__lt=start).order_by("-at").values_list("at", flat=True).first()
    return WhoLooked(_days(actor, entries, _emergencies(pupil)), timezone.localdate(before) if before else None)


def _to_be_told(actor: Membership, pupil: Pupil, seen: QuerySet[Entry]) -> QuerySet[Entry]:
    """To the family the partners for whom consent was asked: who looks on a ground in law alone may be there for the pupil's safety.

    To a guardian not that the pupil asked somebody for a talk, which may be about home, is to be talked with about bullying, or said
    something about telling the parents. The privacy officer sees everything, and decides what is told on request. That there is a file of
    the reporting code nobody at home reads.
    """
    if actor.role not in FAMILY_ROLES:
        return seen
    asked = ConsentRequest.objects.filter(pupil=pupil, recipient__partners__membership=OuterRef("actor_id"))
    told = seen.exclude(Q(role__in=[role.value for role in PARTNERS]) & ~Exists(asked)).exclude(record__in=OF_SUSPICION)
    return told if actor.role == Role.PUPIL.value else told.exclude(_of_talks(pupil))


OF_SUSPICION = tuple(one.value for one in Record if one.value.startswith("reportingcode"))
OF_TALKS = (Record.TALK_REQUEST.value, Record.PEER_CONCERN.value, Record.CONCERN_MESSAGE.value, Record.PARENT_TELLING.value)


def _of_talks(pupil: Pupil) -> Q:
    """The request, and the task that it became; also that of a talk about bullying: what a child tells at home is the child's."""
    tasks = Task.objects.filter(Q(pupil=pupil, record__in=[Record.TALK_REQUEST.value, Record.PEER_CONCERN.value]) | Q(kind=TO_TALK))
    return Q(record__in=OF_TALKS) | Q(record=Record.TASK.value, record_id__in=tasks.values("pk"))


def _emergencies(pupil: Pupil) -> list[Period]:
    return list(BreakGlass.objects.filter(pupil=pupil).values_list("membership_id", "from_at", "until_at"))


def _days(actor: Membership, entries: Collection[Entry], emergencies: Collection[Period]) -> tuple[Day, ...]:
    named = names(actor, {one.person_id for one in entries if one.person_id})
    hidden = _of_another_guardian(actor, entries)
    days: dict[date, dict[tuple[str, str, bool], Counter[tuple[str, str]]]] = {}
    for one in entries:
        in_emergency = one.pupil_id is not None and one.actor_id in at_that_moment(emergencies, one.at)
        who = named.get(one.person_id, "") if one.person_id else ""
        of_day = days.setdefault(timezone.localdate(one.at), {})
        of_day.setdefault((who, role_words(one.role), in_emergency), Counter())[_what(actor, one, hidden), how_words(one.name)] += 1
    return tuple(Day(on, tuple(_looked(*key, seen) for key, seen in of_day.items())) for on, of_day in days.items())


def _of_another_guardian(actor: Membership, entries: Collection[Entry]) -> set[UUID]:
    """What one person is asked or says and is not the actor's own: that is between that person and the school."""
    if actor.role not in FAMILY_ROLES:
        return set()
    shown = {one.record_id for one in entries if one.record in OF_ONE_PERSON and one.record_id}
    own: set[UUID] = set()
    for kind in {one.record for one in entries if one.record in OF_ONE_PERSON}:
        model = OF_ONE_PERSON[kind]
        own |= {*may(actor, model, Verb.READ).filter(pk__in=shown).values_list("pk", flat=True)} if model else set()
    return shown - own


def _what(actor: Membership, one: Entry, hidden: Collection[UUID]) -> str:
    """No kind of record of which the family may not know: that there is a ground in law, or a case."""
    if one.record_id in hidden:
        return unnamed_words("")
    untold = actor.role in FAMILY_ROLES and one.record in set(Record) and rule_of(Role(actor.role), Record(one.record), Verb.READ) is None
    return unnamed_words(one.route) if untold else what_words(one.route, one.record)


def _looked(who: str, role: str, in_emergency: bool, seen: Counter[tuple[str, str]]) -> Looked:  # noqa: FBT001
    return Looked(who, role, in_emergency, tuple((what, how, n) for (what, how), n in seen.items()))
