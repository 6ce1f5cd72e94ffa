"""Plan a talk, prepare it, tell what was said, make agreements, and show it to the family."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from kring.core import gatherings as rules
from kring.core.access import Record, Role, Verb
from kring.core.acting import refuse_to_nobody
from kring.core.edited import refuse_edited
from kring.core.gatherings import Bridge, Seat
from kring.web.access import NotPermitted
from kring.web.action import action
from kring.web.gatherings import queries
from kring.web.gatherings.models import Agreement, Gathering, GatheringSeat, TalkReport
from kring.web.people.intake import tell
from kring.web.schools.models import Guardian, Guardianship, Membership, Pupil, live
from kring.web.signals import intake as signals
from kring.web.signals.models import Signal
from kring.web.tasks.intake import give_task, lapse_about, move_about, settle_about

REPORT_DUE, KEEP = "talk.report_due", "agreement.keep"


@dataclass(frozen=True, slots=True)
class Planned:
    """A talk as somebody wants it: why, when, with whom, and who interprets."""

    kind: Gathering.Kind
    purpose: str
    planned_at: datetime
    with_pupil: bool = False
    guardians: Sequence[Guardian] = ()
    colleagues: Sequence[Membership] = ()
    others: Sequence[str] = ()
    first_with: str = ""
    first_why: str = ""
    bridge_kind: Bridge = Bridge.NONE
    bridge: str = ""
    signal: Signal | None = None
    plan_key: UUID | None = None

    def parts(self) -> list[Seat]:
        """Who sits there, part by part."""
        pupil = [Seat.PUPIL] if self.with_pupil else []
        return [
            *pupil,
            *(Seat.GUARDIAN for _ in self.guardians),
            *(Seat.COLLEAGUE for _ in self.colleagues),
            *(Seat.OTHER for _ in self.others),
        ]

    def fields(self) -> dict[str, object]:
        """As the row has them."""
        return {
            "kind": self.kind.value,
            "purpose": self.purpose,
            "planned_at": self.planned_at,
            "first_with": self.first_with,
            "first_why": self.first_why,
            "bridge_kind": self.bridge_kind.value,
            "bridge": self.bridge if self.bridge_kind is not Bridge.NONE else "",
        }


@action("gathering.planned", needs=Verb.WRITE, of=Record.GATHERING)
def plan_talk(actor: Membership, pupil: Pupil, new: Planned, *, at: datetime) -> Gathering:
    """A talk about this pupil; within two weeks after it there is a report. Raises what `_refuse` raises."""
    _refuse(actor, pupil, new, at)
    kept = {"school_id": pupil.school_id, "pupil": pupil, "made_by": actor, "made_at": at, "edited_at": at}
    kept |= {"signal": new.signal, "plan_key": new.plan_key}
    made = Gathering.objects.create(**kept, **new.fields())
    _seat(made, new)
    give_task(actor, REPORT_DUE, due_on=queries.report_due_on(new.planned_at), at=at, about=made, pupil=pupil)
    return made


@action("gathering.changed", needs=Verb.WRITE)
def change_talk(actor: Membership, gathering: Gathering, new: Planned, *, read_at: datetime, at: datetime) -> None:
    """Another day, another purpose, other people. Raises EditedMeanwhile, HeldAlready, CalledOff and what `_refuse` raises."""
    row = _open(gathering)
    refuse_edited(row.edited_at, read_at=read_at)
    assert row.pupil is not None
    _refuse(actor, row.pupil, new, at)
    Gathering.objects.filter(pk=row.pk).update(**new.fields(), edited_at=at)
    row.seats.all().delete()
    _seat(row, new)
    move_about(row, REPORT_DUE, due_on=queries.report_due_on(new.planned_at), at=at)


def _refuse(actor: Membership, pupil: Pupil, new: Planned, at: datetime) -> None:
    """Raises NobodyAsked, ThreeNotAsked, OrderUnexplained, BridgeUnnamed, ChildAsBridge; NotPermitted for who cannot be asked."""
    rules.refuse_seats(new.parts(), is_three_way=new.kind is Gathering.Kind.THREE_WAY_TALK)
    rules.refuse_order(new.first_with, new.first_why, with_guardians=bool(new.guardians))
    rules.refuse_bridge(new.bridge_kind, new.bridge, queries.children_near(actor, pupil, at=at))
    may_come = {one.pk for one in queries.guardians_for(actor, pupil, at=at)}
    if not {one.pk for one in new.guardians} <= may_come or any(one.school_id != actor.school_id for one in new.colleagues):
        raise NotPermitted


def _seat(row: Gathering, new: Planned) -> None:
    pupils: list[dict[str, object]] = [{"pupil_id": row.pupil_id}] if new.with_pupil else []
    guardians: list[dict[str, object]] = [{"guardian": one} for one in new.guardians]
    school: list[dict[str, object]] = [{"membership": one} for one in new.colleagues]
    others: list[dict[str, object]] = [{"name": name} for name in new.others]
    GatheringSeat.objects.bulk_create(
        GatheringSeat(school_id=row.school_id, gathering=row, **one) for one in [*pupils, *guardians, *school, *others]
    )


def _open(gathering: Gathering) -> Gathering:
    """The row, held until the end of the transaction. Raises HeldAlready, CalledOff."""
    row = Gathering.objects.select_for_update(of=("self",)).select_related("pupil").get(pk=gathering.pk)
    rules.refuse_over(row.held_at, row.called_off_at)
    return row


Points = Mapping[str, tuple[bool, str]]


@action("gathering.prepared", needs=Verb.WRITE)
def prepare(actor: Membership, gathering: Gathering, points: Points, *, read_at: datetime, at: datetime) -> None:  # noqa: ARG001
    """What was thought about, with a note; for the school alone. Raises EditedMeanwhile, HeldAlready, CalledOff."""
    row = _open(gathering)
    refuse_edited(row.edited_at, read_at=read_at)
    kept = {point: [done, note] for point, (done, note) in points.items() if point in set(rules.PREPARATION)}
    Gathering.objects.filter(pk=row.pk).update(preparation=kept, edited_at=at)


@action("gathering.called_off", needs=Verb.WRITE)
def call_off(actor: Membership, gathering: Gathering, because: str, *, at: datetime) -> None:  # noqa: ARG001
    """It does not go on. Raises HeldAlready, CalledOff, CallingOffUnexplained."""
    row = _open(gathering)
    rules.refuse_calling_off(because)
    Gathering.objects.filter(pk=row.pk).update(called_off_at=at, called_off_because=because.strip(), edited_at=at)
    lapse_about(row, at=at)


@dataclass(frozen=True, slots=True)
class Told:
    """Who came, and what was said."""

    came: Collection[UUID]
    text: str
    pupil_words: str
    no_words_because: str


@action("gathering.held", needs=Verb.WRITE)
def hold(actor: Membership, gathering: Gathering, told: Told, *, at: datetime) -> TalkReport:
    """The talk was had. Raises HeldAlready, CalledOff, NotHeldYet, NobodyCame, ReportTooShort, PupilWordsMissing."""
    row = _open(gathering)
    seats = list(row.seats.all())
    came = [queries.seat_part(seat) for seat in seats if seat.pk in told.came]
    days = {"planned_on": timezone.localdate(row.planned_at), "on": timezone.localdate(at)}
    rules.refuse_report(told.text, came=came, pupil_words=told.pupil_words, why_none=told.no_words_because, **days)
    for seat in seats:
        seat.came = seat.pk in told.came
    GatheringSeat.objects.bulk_update(seats, ["came"])
    Gathering.objects.filter(pk=row.pk).update(held_at=min(row.planned_at, at), edited_at=at)
    settle_about(row, REPORT_DUE, at=at)
    if row.signal and signals.talked_about([row.signal.pk]):
        settle_about(row.signal, *signals.TALKS, at=at)
    return TalkReport.objects.create(school_id=row.school_id, gathering=row, author=actor, made_at=at, edited_at=at, **_texts(told))


def _texts(told: Told) -> dict[str, str]:
    words = told.pupil_words.strip()
    return {"text": told.text.strip(), "pupil_words": words, "no_words_because": "" if words else told.no_words_because.strip()}


@action("talk_report.changed", needs=Verb.WRITE)
def change_report(actor: Membership, report: TalkReport, told: Told, *, read_at: datetime, at: datetime) -> None:  # noqa: ARG001
    """Other words, until it was read at home. Raises ReportShown, EditedMeanwhile, ReportTooShort, PupilWordsMissing."""
    row = TalkReport.objects.select_for_update(of=("self",)).select_related("gathering").get(pk=report.pk)
    rules.refuse_shown(row.shown_to_pupil_at, row.shown_to_guardians_at)
    refuse_edited(row.edited_at, read_at=read_at)
    day = timezone.localdate(at)
    here = {"came": [Seat.COLLEAGUE], "planned_on": day, "on": day}
    rules.refuse_report(told.text, pupil_words=told.pupil_words, why_none=told.no_words_because, **here)  # type: ignore[arg-type]
    TalkReport.objects.filter(pk=row.pk).update(**_texts(told), edited_at=at)


@dataclass(frozen=True, slots=True)
class NewAgreement:
    """What who will do by when."""

    text: str
    by_on: date
    colleague: Membership | None
    who: str


@action("agreement.made", needs=Verb.WRITE)
def agree(actor: Membership, gathering: Gathering, new: NewAgreement, *, at: datetime) -> Agreement:
    """Of a colleague it becomes a task. Raises NotHeldYet."""
    row = Gathering.objects.select_for_update().get(pk=gathering.pk)
    rules.refuse_not_held(row.held_at)
    if new.colleague and new.colleague.school_id != actor.school_id:
        raise NotPermitted
    who = str(new.colleague.person) if new.colleague else new.who
    made = Agreement.objects.create(school_id=row.school_id, gathering=row, text=new.text, who=who, by_on=new.by_on)
    if new.colleague:
        made.task = give_task(new.colleague, KEEP, due_on=new.by_on, at=at, about=made, pupil=row.pupil_id, group=row.group_id)
        made.save(update_fields=["task"])
    return made


@action("agreement.kept", needs=Verb.WRITE)
def keep(actor: Membership, agreement: Agreement, *, at: datetime) -> None:  # noqa: ARG001
    """It was done."""
    Agreement.objects.filter(pk=agreement.pk, kept_at=None).update(kept_at=at)
    settle_about(agreement, KEEP, at=at)


@action("talk_report.shown", needs=Verb.WRITE)
def show_report(actor: Membership, report: TalkReport, *, to_pupil: bool, to_guardians: bool, at: datetime) -> None:  # noqa: ARG001
    """The family reads it, with who was there and what was agreed; never the preparation. Raises ShownToNobody, NotForHome."""
    row = TalkReport.objects.select_for_update(of=("self",)).select_related("gathering").get(pk=report.pk)
    rules.refuse_home(is_of_family=row.gathering.kind in queries.OF_FAMILY)
    new = {
        Role.PUPIL: to_pupil and row.shown_to_pupil_at is None,
        Role.GUARDIAN: to_guardians and row.shown_to_guardians_at is None,
    }
    refuse_to_nobody(newly_shown=any(new.values()))
    moments = {name: at for role, name in _SHOWN.items() if new[role]}
    TalkReport.objects.filter(pk=row.pk).update(**moments)
    Gathering.objects.filter(pk=row.gathering_id).update(**moments)
    tell(_family(row, [role for role, is_new in new.items() if is_new], at), "talk_report.shown", row, at=at)


_SHOWN = {Role.PUPIL: "shown_to_pupil_at", Role.GUARDIAN: "shown_to_guardians_at"}


def _family(row: TalkReport, roles: Sequence[Role], at: datetime) -> list[Membership]:
    """In which hats the family reads it, of those who have one."""
    pupil = row.gathering.pupil
    assert pupil is not None
    ties = Guardianship.objects.filter(live(at), pupil=pupil, has_authority=True)
    people = {pupil.person_id, *ties.values_list("guardian__person", flat=True)} - {None}
    hats = Membership.objects.filter(live(at), school_id=row.school_id, role__in=[role.value for role in roles], person__in=people)
    return [hat for hat in hats.select_related("person") if queries.reads(hat, row, at=at)]
