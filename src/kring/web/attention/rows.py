"""Everything that may say something about whom to look at, read once for many pupils and put together as findings (core.attention).

Left out on purpose: answers without a name, who says to be bullied and who is named with a no. A team would read those in the points.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from kring.core.answers import answers_from
from kring.core.attention.gathered import LOOKS_BACK, WINDOW, ChosenCounts, FilledIn, Gathered, WeekCounts, of_choices, of_lists, of_weeks
from kring.core.calendar import Calendar
from kring.core.groups import group_results
from kring.core.instruments import QuestionKind
from kring.core.reliability import MeasurementError, Origin
from kring.core.signs import findings_of
from kring.core.sociometry import Edge, Participation, Sufficiency, nominations_from, sociogram
from kring.core.sociometry.skipping import TookPart, answering
from kring.web.absences.models import AbsenceWeek
from kring.web.school_years.queries import calendar_of
from kring.web.schools.models import Enrolment, School
from kring.web.signals.models import Signal, SignalAnswer
from kring.web.sociograms.models import ListedPupil, Nomination, Sociogram
from kring.web.sociograms.queries import questions_of
from kring.web.sociograms.understanding.counted import thought
from kring.web.surveys.answers import Stored, given
from kring.web.surveys.models import GuardianList, Round, ScalePrecision, Submission
from kring.web.surveys.results import Errors

HALF_A_YEAR = timedelta(days=190)
Pupils = Collection[UUID]


@dataclass(slots=True)
class Picture:
    """What was found about these pupils, and what the scales are called."""

    gathered: Gathered = field(default_factory=Gathered)
    titles: dict[str, str] = field(default_factory=dict)


def picture_of(school: School, pupils: Pupils, *, at: datetime) -> Picture:
    """As things stand at this moment; a constant number of questions to the database."""
    found, on = Picture(), timezone.localdate(at)
    lists = [*_lists(school, pupils, at), *_from_home(school, pupils, at)]
    found.titles = {scale.key: scale.title for one in reversed(lists) for scale in one.results.instrument.scales}
    of_lists(lists, found.gathered, on=on)
    _sociograms(school, pupils, found.gathered, at)
    _signals(school, pupils, found.gathered, on)
    _weeks(school, pupils, found.gathered, at)
    return found


# ---- lists ------------------------------------------------------------------------------------------------------


def day_of(round: Round) -> date:
    """From when a list counts: the last day on which it was asked, or the day on which its round was closed before that."""
    return min(round.closes_on, timezone.localdate(round.closed_at)) if round.closed_at else round.closes_on


def _lists(school: School, pupils: Pupils, at: datetime) -> Iterator[FilledIn]:
    closed = Round.objects.filter(school=school, closed_at__lte=at, closes_on__gte=timezone.localdate(at) - LOOKS_BACK)
    rounds = {one.pk: one for one in closed.filter(asks__in=Round.OF_GROUPS)}
    rows = Submission.objects.filter(school=school, invitation__round__in=rounds, invitation__pupil__in=pupils)
    by_round: dict[UUID, dict[str, Stored]] = defaultdict(dict)
    for key, pupil, answers in rows.values_list("invitation__round_id", "invitation__pupil_id", "answers"):
        by_round[key][str(pupil)] = answers
    errors = _errors(school)
    for key, lists in by_round.items():
        asked = rounds[key].offered
        if asked.scales and not asked.anonymous:
            answers = answers_from(asked, [given(row) for row in lists.values()])
            results = group_results(asked, list(lists), answers, errors=errors.get((asked.key, asked.version), {}))
            yield FilledIn(results, day_of(rounds[key]))


def _errors(school: School) -> Errors:
    errors: Errors = {}
    for row in ScalePrecision.objects.filter(school=school):
        found = MeasurementError(row.sem, row.reliability, row.sd, row.n, Origin(row.origin))
        errors.setdefault((row.instrument, row.version), {})[row.scale] = found
    return errors


def _from_home(school: School, pupils: Pupils, at: datetime) -> Iterator[FilledIn]:
    """Of rounds that are over, each guardian apart."""
    on, path = timezone.localdate(at), "guardian_invitation__round"
    over = Q(**{f"{path}__closed_at__lte": at}) | Q(**{f"{path}__closes_on__lt": on})
    rows = GuardianList.objects.filter(over, school=school, guardian_invitation__pupil__in=pupils)
    for row in rows.filter(**{f"{path}__closes_on__gte": on - LOOKS_BACK}).select_related(path):
        of = row.guardian_invitation
        asked = of.round.offered
        results = group_results(asked, [str(of.pupil_id)], answers_from(asked, [given(row.answers)]), errors={})
        yield FilledIn(results, day_of(of.round), by=str(of.guardian_id))


# ---- choices ----------------------------------------------------------------------------------------------------


def _sociograms(school: School, pupils: Pupils, into: Gathered, at: datetime) -> None:
    """Of each pupil the newest that is closed and asks whom one chooses, when enough of the list took part."""
    closed = Sociogram.objects.filter(school=school, round__closed_at__lte=at, round__closed_at__gte=at - HALF_A_YEAR)
    rows = closed.filter(pk__in=ListedPupil.objects.filter(school=school, pupil__in=pupils).values("sociogram"))
    found = [row for row in rows.select_related("round").order_by("-round__opens_on", "pk") if questions_of(row.round)]
    listed: dict[UUID, list[ListedPupil]] = defaultdict(list)
    for one in ListedPupil.objects.filter(sociogram__in=found):
        listed[one.sociogram_id].append(one)
    named, wanted = _named([row for row in found if row.counted_at is None or _asks_back(row)]), {str(one) for one in pupils}
    for row in found:
        took_part = {str(one.pupil_id): TookPart(Participation(one.participation), frozenset(one.skipped)) for one in listed[row.pk]}
        status = answering(took_part, set(questions_of(row.round)))
        if nominations_from(tuple(status), (), status).sufficiency is Sufficiency.TOO_FEW:
            continue
        here = named.get(row.pk, {})
        counts, unaware = [_counts(one, row, here) for one in listed[row.pk]], _unaware(row, took_part, here)
        of_choices([one for one in counts if one.pupil in wanted], into, unaware=unaware, seen_on=day_of(row.round))
        wanted -= set(took_part)


Named = dict[str, set[tuple[str, str]]]
"""By question: who named whom."""


def _asks_back(row: Sociogram) -> bool:
    """Whether it asks by whom one expects to be chosen, and the choices are still there."""
    return row.choices_gone_at is None and any(one.kind is QuestionKind.PERCEIVE for one in row.round.offered.questions)


def _named(rows: Collection[Sociogram]) -> dict[UUID, Named]:
    """Of questions without a no; who was named with one is nobody's to read here."""
    found: dict[UUID, Named] = defaultdict(lambda: defaultdict(set))
    choices = Nomination.objects.filter(sociogram__in=rows, polarity__gte=0)
    for row, question, chooser, other in choices.values_list("sociogram_id", "question", "chooser_id", "chosen_id"):
        found[row][question].add((str(chooser), str(other)))
    return found


def _chosen(row: Sociogram, named: Named) -> set[tuple[str, str]]:
    return {pair for question in questions_of(row.round) for pair in named.get(question, ())}


def _unaware(row: Sociogram, took_part: Mapping[str, TookPart], named: Named) -> frozenset[str]:
    """Who is chosen and expects it of nobody who did."""
    if not _asks_back(row):
        return frozenset()
    edges, status = [Edge(*pair) for pair in sorted(_chosen(row, named))], answering(took_part, set(questions_of(row.round)))
    thinks = thought(sociogram(nominations_from(tuple(status), edges, status)), row.round.offered.questions, named, took_part)
    return frozenset(thinks.liked_but_unaware) if thinks else frozenset()


def _counts(one: ListedPupil, row: Sociogram, named: Named) -> ChosenCounts:
    pupil = str(one.pupil_id)
    if row.counted_at is not None:
        return ChosenCounts(pupil, one.received or 0, one.given, one.mutual)
    choices = _chosen(row, named)
    given_to = {other for chooser, other in choices if chooser == pupil}
    taken_by = {chooser for chooser, other in choices if other == pupil}
    return ChosenCounts(pupil, len(taken_by), len(given_to) or None, len(given_to & taken_by))


# ---- what was seen, and days away -------------------------------------------------------------------------------


def _signals(school: School, pupils: Pupils, into: Gathered, on: date) -> None:
    """What still counts; not what somebody found to be wrong."""
    rows = list(Signal.objects.filter(school=school, pupil__in=pupils, counts_until_on__gte=on).order_by("seen_at", "pk"))
    judged = dict(SignalAnswer.objects.filter(signal__in=rows).order_by("answered_at", "pk").values_list("signal_id", "judgement"))
    for row in rows:
        if judged.get(row.pk) != SignalAnswer.Judgement.WRONG:
            who = str(row.author_id or row.door_id or "") + row.handed_in_by
            findings = findings_of(row.signs, row.families, on=timezone.localdate(row.seen_at), observer=who or str(row.pk))
            for one in findings:
                into.findings[str(row.pupil_id)].append(one)


def _weeks(school: School, pupils: Pupils, into: Gathered, at: datetime) -> None:
    on, calendar = timezone.localdate(at), calendar_of(school)
    by_pupil: dict[UUID, list[WeekCounts]] = defaultdict(list)
    for row in AbsenceWeek.objects.filter(school=school, pupil__in=pupils, week_on__gt=on - WINDOW, week_on__lte=on):
        hours = float(row.hours_allowed + row.hours_not_allowed)
        by_pupil[row.pupil_id].append(WeekCounts(row.week_on, row.sick_days, hours, row.sick_reports, row.same_lesson, row.sent_out))
    since = _since(school, by_pupil, at)
    days = {first: _school_days(calendar, first, on) for first in set(since.values())}
    for pupil, weeks in by_pupil.items():
        of_weeks(str(pupil), weeks, into, school_days=days.get(since.get(pupil, on), 0), on=on)


def _since(school: School, pupils: Collection[UUID], at: datetime) -> dict[UUID, date]:
    """The first day in the window on which each pupil sat in the school."""
    rows = Enrolment.objects.filter(school=school, pupil__in=pupils, from_at__lte=at).order_by("-from_at")  # the earliest comes last
    first = timezone.localdate(at) - WINDOW
    return {pupil: max(timezone.localdate(since), first) for pupil, since in rows.values_list("pupil_id", "from_at")}


def _school_days(calendar: Calendar, first: date, on: date) -> int:
    return calendar.school_days_between(first - timedelta(days=1), on)
