"""The support plan (OPP): its parts, its clocks, the pupil who is heard, and everybody's yes to what will be done.

The parts, six weeks, the yearly talk, the agreement on the action part: WVO 2020 art. 2.44, WPO art. 40a. That the pupil is heard at
drafting, changing and evaluating: Wet versterking positie ouders en leerlingen (36 443), in force since 1 August 2025.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Final

from kring.core.ages import OF_AGE, has_turned
from kring.core.errors import BrokenRule
from kring.core.plans import SHORTEST_REASON, is_reason
from kring.core.school_types import SECONDARY, SchoolType

ADOPTED_WITHIN: Final = timedelta(weeks=6)
WARNED_WITHIN: Final = timedelta(weeks=2)  # before the last day: from the fourth week on
NEAR_WITHIN: Final = timedelta(weeks=1)
REVIEW_WARNED: Final = timedelta(weeks=6)
LONG: Final = timedelta(weeks=12)  # a plan that lasts longer is looked at in between
LONGEST_PICTURE: Final = 1500  # characters: a summary, not a file
COPIED_FROM: Final = 60  # so many characters in a row of a source are a copy of it


class Part(StrEnum):
    """What is saved apart."""

    NEEDS = "needs"
    PICTURE = "picture"
    DESTINATION = "destination"
    FACTORS = "factors"
    GUIDANCE = "guidance"
    DEVIATIONS = "deviations"
    HOME = "home"
    PERIOD = "period"


TEXTS: Final[Mapping[Part, tuple[str, ...]]] = {
    Part.NEEDS: ("pupil_needs", "teacher_needs", "school_needs"),
    Part.PICTURE: ("picture",),
    Part.DESTINATION: ("destination", "destination_because"),
    Part.FACTORS: ("promoting", "hindering"),
    Part.GUIDANCE: ("guidance",),
    Part.DEVIATIONS: ("deviations",),
    Part.HOME: ("guardians_said",),
    Part.PERIOD: (),
}
"""The texts of each part."""


class Destination(StrEnum):
    """Where the pupil is expected to go on."""

    PRACTICAL = "practical"
    VMBO_BASIC = "vmbo-basic"
    VMBO_MIDDLE = "vmbo-middle"
    VMBO_THEORETICAL = "vmbo-theoretical"
    HAVO = "havo"
    VWO = "vwo"
    SPECIAL_SECONDARY = "special-secondary"
    MBO = "mbo"
    HIGHER = "higher"
    WORK = "work"
    DAY_ACTIVITIES = "day-activities"


_PRIMARY = (
    *(Destination.PRACTICAL, Destination.VMBO_BASIC, Destination.VMBO_MIDDLE, Destination.VMBO_THEORETICAL),
    *(Destination.HAVO, Destination.VWO, Destination.SPECIAL_SECONDARY),
)
_SECONDARY = (Destination.MBO, Destination.HIGHER, Destination.WORK, Destination.DAY_ACTIVITIES)


def destinations(kind: SchoolType) -> tuple[Destination, ...]:
    """From primary to a kind of secondary school; from secondary school to further education, work or daytime activities.

    >>> [one.value for one in destinations(SchoolType.SECONDARY)]
    ['mbo', 'higher', 'work', 'day-activities']
    """
    return _SECONDARY if kind in SECONDARY else _PRIMARY


class Moment(StrEnum):
    """When the pupil is heard."""

    DRAFT = "draft"
    CHANGE = "change"
    EVALUATION = "evaluation"


class HearingForm(StrEnum):
    """How; it fits the age and what the pupil can."""

    TALK = "talk"
    DRAWING = "drawing"
    LIST = "list"
    WRITTEN = "written"
    LOOKING = "looking"


class Executor(StrEnum):
    """Who carries it out (R150)."""

    TEACHER = "teacher"
    EXPERT_IN_SCHOOL = "expert-in-school"
    EXPERT_OUTSIDE = "expert-outside"
    FAMILY = "family"


class Course(StrEnum):
    """What is decided after an evaluation (R152)."""

    CONTINUE = "continue"
    ADAPT = "adapt"
    FADE_OUT = "fade-out"
    OTHER_SETTING = "other-setting"


class Hurry(StrEnum):
    """How a clock stands."""

    ON_TIME = "on-time"
    WARNED = "warned"
    NEAR = "near"
    LATE = "late"


class Standing(StrEnum):
    """What those who have a say said about the action part together."""

    NOT_ASKED = "not-asked"
    WAITING = "waiting"
    REFUSED = "refused"
    AGREED = "agreed"


@dataclass(frozen=True, slots=True)
class Clock:
    """The last day, and how many days are left (below zero: too late)."""

    due_on: date
    days_left: int
    hurry: Hurry


@dataclass(eq=False, kw_only=True)
class DevelopmentPlanThere(BrokenRule):
    """A pupil has one support plan at a time."""


@dataclass(eq=False, kw_only=True)
class NeedsNotAsked(BrokenRule):
    """What does this pupil need, and what does the school need: the plan begins with these questions (R129)."""


@dataclass(eq=False, kw_only=True)
class TeacherNeedMissing(BrokenRule):
    """What the teacher needs to do it is never left open (R129)."""


@dataclass(eq=False, kw_only=True)
class PictureMissing(BrokenRule):
    """The integrated picture has a summary of its own (R144)."""


@dataclass(eq=False, kw_only=True)
class PictureTooLong(BrokenRule):
    """A picture is a summary."""

    most: int = LONGEST_PICTURE


@dataclass(eq=False, kw_only=True)
class PictureCopied(BrokenRule):
    """What stands elsewhere is linked, not copied (R144)."""


@dataclass(eq=False, kw_only=True)
class DestinationMissing(BrokenRule):
    """Where the pupil is expected to go on, with the reasons."""


@dataclass(eq=False, kw_only=True)
class FactorsMissing(BrokenRule):
    """The reasons name at least what helps and what hinders."""


@dataclass(eq=False, kw_only=True)
class GuidanceMissing(BrokenRule):
    """The action part says which guidance there is, with a goal and who does what."""


@dataclass(eq=False, kw_only=True)
class HelpIncomplete(BrokenRule):
    """Of all help it is said who does it, where, and for how many hours (R150)."""


@dataclass(eq=False, kw_only=True)
class DeviationsMissing(BrokenRule):
    """In what the programme differs, or that it does not."""


@dataclass(eq=False, kw_only=True)
class CheckMissing(BrokenRule):
    """A long plan is looked at in between (R148)."""

    weeks: int = LONG.days // 7


@dataclass(eq=False, kw_only=True)
class CheckOutsidePeriod(BrokenRule):
    """One looks in between after the first day and before the last."""


@dataclass(eq=False, kw_only=True)
class HearingMissing(BrokenRule):
    """The pupil is heard before a plan is adopted, changed or evaluated."""


@dataclass(eq=False, kw_only=True)
class HearingEmpty(BrokenRule):
    """What the pupil said, or why hearing was not possible."""

    least: int = SHORTEST_REASON


@dataclass(eq=False, kw_only=True)
class NothingDoneWithIt(BrokenRule):
    """The file shows what was done with what the pupil said, or why nothing was."""

    least: int = SHORTEST_REASON


@dataclass(eq=False, kw_only=True)
class AnsweredThemselves(BrokenRule):
    """Who answered in the own account: the school turns no no of theirs into a yes, and copies no answer over it."""


@dataclass(eq=False, kw_only=True)
class NobodyToAgree(BrokenRule):
    """There is nobody with a say: without that the action part has no yes."""


@dataclass(eq=False, kw_only=True)
class ActionPartWaits(BrokenRule):
    """Not everybody with a say has answered."""


@dataclass(eq=False, kw_only=True)
class ActionPartRefused(BrokenRule):
    """Somebody with a say said no."""


@dataclass(eq=False, kw_only=True)
class NothingChanged(BrokenRule):
    """A new version says something else than the last."""


@dataclass(eq=False, kw_only=True)
class SignedByMaker(BrokenRule):
    """Who adopted a plan does not sign it too."""


@dataclass(eq=False, kw_only=True)
class OtherSettingWithoutQuestion(BrokenRule):
    """Who decides that another place is needed writes what is asked, and why."""

    least: int = SHORTEST_REASON


@dataclass(eq=False, kw_only=True)
class CourseWithoutReason(BrokenRule):
    """Every decision after an evaluation has its reason."""

    least: int = SHORTEST_REASON


@dataclass(eq=False, kw_only=True)
class GuardiansNotConsulted(BrokenRule):
    """There was a talk aimed at agreement with the guardians before the plan is adopted."""


@dataclass(eq=False, kw_only=True)
class NextLookOutside(BrokenRule):
    """The next look lies ahead, and within a year."""


def adopt_clock(from_on: date, *, on: date) -> Clock:
    """Six weeks from the enrolment, or from the day on which the extra support begins; warned from the fourth week on.

    >>> adopt_clock(date(2026, 3, 2), on=date(2026, 3, 30))
    Clock(due_on=datetime.date(2026, 4, 13), days_left=14, hurry=<Hurry.WARNED: 'warned'>)
    """
    return _clock(from_on + ADOPTED_WITHIN, on=on, warned=WARNED_WITHIN)


def review_clock(since: date, *, on: date) -> Clock:
    """A year after the plan was adopted or last evaluated: so it falls in every school year once.

    >>> review_clock(date(2028, 2, 29), on=date(2028, 3, 1)).due_on
    datetime.date(2029, 2, 28)
    """
    return _clock(a_year_later(since), on=on, warned=REVIEW_WARNED)


def a_year_later(day: date) -> date:
    """The same day of the next year; of 29 February the 28th.

    >>> a_year_later(date(2026, 5, 12))
    datetime.date(2027, 5, 12)
    """
    return day.replace(year=day.year + 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _clock(due_on: date, *, on: date, warned: timedelta) -> Clock:
    left = due_on - on
    if left < timedelta(0):
        return Clock(due_on, left.days, Hurry.LATE)
    hurry = Hurry.NEAR if left <= NEAR_WITHIN else Hurry.WARNED if left <= warned else Hurry.ON_TIME
    return Clock(due_on, left.days, hurry)


def check_texts(texts: Mapping[str, str]) -> None:
    """Raises NeedsNotAsked, TeacherNeedMissing, PictureMissing, DestinationMissing, FactorsMissing, GuidanceMissing, DeviationsMissing."""
    for names, refused in _ASKED:
        if any(not str(texts.get(name, "")).strip() for name in names):
            raise refused


_ASKED: Final[tuple[tuple[tuple[str, ...], type[BrokenRule]], ...]] = (
    (("pupil_needs", "school_needs"), NeedsNotAsked),
    (("teacher_needs",), TeacherNeedMissing),
    (("picture",), PictureMissing),
    (TEXTS[Part.DESTINATION], DestinationMissing),
    (TEXTS[Part.FACTORS], FactorsMissing),
    (TEXTS[Part.GUIDANCE], GuidanceMissing),
    (TEXTS[Part.DEVIATIONS], DeviationsMissing),
)


def check_help(goals: Sequence[Mapping[str, Any]]) -> None:
    """Every goal with help, all help with who, where and hours. Raises GuidanceMissing, HelpIncomplete.

    >>> check_help([{"help": [{"executor": "Remi", "where": "apart", "hours": "1.5"}]}])
    """
    if not goals or any(not goal["help"] for goal in goals):
        raise GuidanceMissing
    if any(not str(one.get(name) or "").strip() for goal in goals for one in goal["help"] for name in ("executor", "where", "hours")):
        raise HelpIncomplete


def check_picture(summary: str, sources: Collection[str]) -> None:
    """Raises PictureTooLong, PictureCopied.

    >>> check_picture("Hij leert graag, en de klas is te druk voor hem.", ["Hij leert graag."])
    """
    said = _plain(summary)
    if len(said) > LONGEST_PICTURE:
        raise PictureTooLong
    for source in map(_plain, sources):
        if any(source[start : start + COPIED_FROM] in said for start in range(0, len(source) - COPIED_FROM + 1, 10)):
            raise PictureCopied


def check_checks(starts_on: date, ends_on: date, checks: Collection[date]) -> None:
    """Raises CheckMissing, CheckOutsidePeriod.

    >>> check_checks(date(2026, 1, 5), date(2026, 7, 3), [date(2026, 3, 30)])
    """
    if any(not starts_on < day < ends_on for day in checks):
        raise CheckOutsidePeriod
    if ends_on - starts_on > LONG and not checks:
        raise CheckMissing


def check_hearing(said: str, done_with: str, not_because: str, *, by_pupil: bool = False) -> None:
    """What was said and what was done with it, or why it could not be; the pupil only says. Raises HearingEmpty, NothingDoneWithIt."""
    if not said.strip() and not is_reason(not_because):
        raise HearingEmpty
    if said.strip() and not by_pupil and not is_reason(done_with):
        raise NothingDoneWithIt


def refuse_over_own_answer(own: bool | None, *, is_yes: bool) -> None:
    """`own` is what was answered in the own account, None without. A yes may be taken back in a talk. Raises AnsweredThemselves."""
    if own is not None and (is_yes or not own):
        raise AnsweredThemselves


def hearing_asked(versions: int) -> Moment:
    """Before the first version the pupil is heard about the draft, later about the change.

    >>> hearing_asked(0).value, hearing_asked(2).value
    ('draft', 'change')
    """
    return Moment.CHANGE if versions else Moment.DRAFT


def who_agree(guardians: Collection[str], *, born_on: date | None, on: date) -> frozenset[str | None]:
    """The guardians with authority; of age the pupil alone (None stands for the pupil).

    >>> sorted(who_agree(["els", "ed"], born_on=date(2015, 4, 1), on=date(2026, 4, 1)))
    ['ed', 'els']
    """
    if born_on is not None and has_turned(OF_AGE, born_on=born_on, on=on):
        return frozenset({None})
    return frozenset(guardians)


def standing(asked: Collection[str | None], answers: Mapping[str | None, bool | None]) -> Standing:
    """Of everybody with a say now; a no of somebody without it does not count, nor does a yes.

    >>> standing(["els", "ed"], {"els": True, "ed": None}).value
    'waiting'
    """
    given = [answers[one] for one in asked if one in answers]
    if False in given:
        return Standing.REFUSED
    if asked and len(given) == len(asked) and all(given):
        return Standing.AGREED
    return Standing.WAITING if given else Standing.NOT_ASKED


def check_run(asked: Collection[str | None], answers: Mapping[str | None, bool | None]) -> None:
    """The action part runs with everybody's yes alone. Raises NobodyToAgree, ActionPartWaits, ActionPartRefused."""
    if not asked:
        raise NobodyToAgree
    found = standing(asked, answers)
    if found is Standing.REFUSED:
        raise ActionPartRefused
    if found is not Standing.AGREED:
        raise ActionPartWaits


Body = Mapping[str, Any]
"""A version as it is kept: `texts` by name, `goals` with their help, and the days."""


def action_part(body: Body) -> tuple[Any, ...]:
    """What everybody has to say yes to: the guidance, the goals, and who does what, where and for how long."""
    return body["texts"].get("guidance", ""), [(goal["text"], goal["by_on"], goal["help"]) for goal in body["goals"]]


def agreed_as(body: Body, number: int, before: Body | None) -> int:
    """The version whose answers hold for this one: as long as the action part is the same, those of before.

    >>> same = {"texts": {"guidance": "Elke dag"}, "goals": []}
    >>> agreed_as({**same, "texts": {"guidance": "Elke week"}}, 2, {**same, "agreed_as": 1}), agreed_as(same, 2, {**same, "agreed_as": 1})
    (2, 1)
    """
    return int(before["agreed_as"]) if before and action_part(before) == action_part(body) else number


def changed_parts(before: Body, after: Body) -> list[str]:
    """The names of the texts, and of goals and days, that differ between two versions.

    >>> days = {"goals": [], "days": ["2026-01-05"]}
    >>> changed_parts({"texts": {"picture": "toen"}, **days}, {"texts": {"picture": "nu"}, **days})
    ['picture']
    """
    texts = [name for names in TEXTS.values() for name in names if before["texts"].get(name, "") != after["texts"].get(name, "")]
    return texts + [name for name in ("goals", "days") if before.get(name) != after.get(name)]


def check_course(course: Course, *, reason: str, asked_for: str) -> None:
    """Raises CourseWithoutReason, OtherSettingWithoutQuestion."""
    if not is_reason(reason):
        raise CourseWithoutReason
    if course is Course.OTHER_SETTING and not is_reason(asked_for):
        raise OtherSettingWithoutQuestion


def check_next_look(day: date, *, on: date) -> None:
    """Raises NextLookOutside."""
    if not on < day <= a_year_later(on):
        raise NextLookOutside


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
