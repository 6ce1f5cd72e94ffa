"""One list about one pupil, answer by answer: for who may read it, and each time written down."""

from dataclasses import dataclass

from kring.core.access import Verb
from kring.core.answers import Missing, answers_from
from kring.core.careless import careless_of
from kring.core.instruments import Instrument, Item
from kring.web.access import may
from kring.web.schools.models import Membership
from kring.web.surveys.answers import Given, Stored, given
from kring.web.surveys.models import GuardianInvitation, GuardianList, Invitation, OpenAnswer, Submission


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


def guardian_list_of(actor: Membership, invitation: GuardianInvitation) -> GuardianList | None:
    """What this guardian filled in."""
    return may(actor, GuardianList, Verb.READ).filter(guardian_invitation=invitation).select_related("guardian_invitation__round").first()


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
