"""One list about one pupil, answer by answer: for who may read it, and each time written down."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from kring.core.access import Verb
from kring.core.answers import Missing, answers_from
from kring.core.careless import careless_of
from kring.core.groups import group_results
from kring.core.instruments import Instrument, Item
from kring.documents.reports import Measurement
from kring.web.access import may
from kring.web.days import spoken_month
from kring.web.schools.models import Membership, Pupil
from kring.web.surveys.answers import Given, Stored, given
from kring.web.surveys.models import GuardianList, Invitation, OpenAnswer, Submission


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """A question with what was answered: the words of an option, what somebody wrote, or the reason why there is nothing."""

    item: Item
    words: str
    reason: Missing | None
    scales: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole list. `alike` and `pattern` are marks on how it seems to be filled in: a question, never a judgement."""

    lines: tuple[AnswerLine, ...]
    on_paper: bool
    alike: bool
    pattern: bool


def submission_of(actor: Membership, invitation: Invitation) -> Submission | None:
    """What came in, when its round is closed."""
    rows = may(actor, Submission, Verb.READ).filter(invitation=invitation, invitation__round__closed_at__isnull=False)
    return rows.select_related("invitation__round").first()


def guardian_list_of(actor: Membership, invitation: UUID, *, at: datetime) -> GuardianList | None:
    """What this guardian filled in: also for who may read it and not who else was asked."""
    return _from_home(actor, at=at).filter(guardian_invitation=invitation).select_related("guardian_invitation__pupil").first()


def rows_from_home(actor: Membership, pupil: Pupil, *, at: datetime) -> list[GuardianList]:
    """The lists of guardians that may be read, the newest first."""
    rows = _from_home(actor, at=at).filter(guardian_invitation__pupil=pupil)
    return list(rows.order_by("-guardian_invitation__round__opens_on", "pk"))


def measured_from_home(rows: Iterable[GuardianList], pupil: Pupil) -> tuple[tuple[date, Measurement], ...]:
    """They stand beside those of pupil and teacher, with the day of their round, each apart: never two parents together."""
    return tuple((one.guardian_invitation.round.opens_on, _measured(one, pupil)) for one in rows)


def _from_home(actor: Membership, *, at: datetime) -> QuerySet[GuardianList]:
    """Of rounds that are over."""
    rounds = "guardian_invitation__round"
    over = Q(**{f"{rounds}__closed_at__isnull": False}) | Q(**{f"{rounds}__closes_on__lt": timezone.localdate(at)})
    return may(actor, GuardianList, Verb.READ).filter(over).select_related(rounds, "guardian_invitation__guardian")


def _measured(row: GuardianList, pupil: Pupil) -> Measurement:
    asked, of = row.guardian_invitation.round.offered, row.guardian_invitation
    answers = answers_from(asked, [given(row.answers)])
    found = group_results(asked, [str(pupil.pk)], answers, errors={})  # too few guardians to know how precise it is
    return Measurement(of.round.title, asked.informant, spoken_month(of.round.opens_on), found, answers, str(of.guardian))


def open_answers(actor: Membership, invitation: Invitation) -> dict[str, str]:
    """What the pupil wrote for this very reader."""
    return dict(may(actor, OpenAnswer, Verb.READ).filter(invitation=invitation).values_list("item", "text"))


def sheet(asked: Instrument, answers: Stored, texts: dict[str, str], *, on_paper: bool) -> Sheet:
    """Every question in the order in which it was asked; a text that is not for this reader does not exist."""
    codes = given(answers)
    scales: dict[str, list[str]] = {}
    for scale in asked.scales:
        for scaled in scale.items:
            scales.setdefault(scaled.item, []).append(scale.title)
    shown = [item for item in asked.items if not item.is_open or item.key in texts]
    lines = tuple(_line(item, codes, texts, tuple(scales.get(item.key, ()))) for item in shown)
    alike, pattern = marks(asked, codes)
    return Sheet(lines, on_paper, alike, pattern)


def _line(item: Item, codes: Given, texts: dict[str, str], scales: tuple[str, ...]) -> AnswerLine:
    if item.key in texts:
        return AnswerLine(item, texts[item.key], None, scales)
    value = codes.get(item.key, Missing.NOT_ANSWERED)
    if isinstance(value, Missing):
        return AnswerLine(item, "", value, scales)
    return AnswerLine(item, next((one.label for one in item.options if one.code == value), str(value)), None, scales)


def marks(asked: Instrument, codes: Given) -> tuple[bool, bool]:
    """Whether more than half was answered alike in one go, and whether a pattern comes back."""
    found = careless_of(asked, answers_from(asked, [codes])) if codes else None
    return (bool(found.long_run[0]), bool(found.pattern[0])) if found else (False, False)


def absences(actor: Membership, invitation: Invitation) -> tuple[int, int]:
    """In how many rounds this pupil was absent, of how many: all that Kring knows of absence."""
    asked = list(may(actor, Invitation, Verb.READ).filter(pupil=invitation.pupil_id, withdrawn_at=None).values_list("absent", flat=True))
    return sum(asked), len(asked)
