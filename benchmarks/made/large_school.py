"""A school of 800 pupils with five years of lists, sociograms, signals, absence, talks and plans, from a fixed seed. Nobody in it is real.

Rows go in in bulk, without the doors of the features: it is about how much there is, not about how it came.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import numpy as np

if TYPE_CHECKING:
    from kring.web.models import Group, Membership, Pupil, Round, School, SchoolYear

PUPILS, LEVELS, PARALLEL, YEARS, SEED = 800, 8, 4, 5, 20261123
CLASS = PUPILS // (LEVELS * PARALLEL)
CHOICES, WEEKS = 3, 12
LISTS, SOCIOGRAM = ("kring-leerling", "kring-leerkracht"), "kring-sociogram"
HERE = ZoneInfo("Europe/Amsterdam")
SIGNS = ("alone-at-break", "tired", "quarrels", "angry-quickly", "not-joining-in", "falling-marks", "cries-easily")


@dataclass(slots=True)
class LargeSchool:
    """The rows of it, year by year, the last one running."""

    today: date
    school: "School" = field(init=False)
    teacher: "Membership" = field(init=False)
    coordinator: "Membership" = field(init=False)
    years: list["SchoolYear"] = field(default_factory=list)
    groups: list[list["Group"]] = field(default_factory=list)  # by year, then from the lowest level up
    pupils: list["Pupil"] = field(default_factory=list)
    chance: np.random.Generator = field(default_factory=lambda: np.random.default_rng(SEED))

    def write(self) -> None:
        from django.db import transaction

        with transaction.atomic():
            self._people()
            for ago in reversed(range(YEARS)):
                self._year(ago)
            self._weeks()
            self._plans()

    @property
    def group(self) -> "Group":
        """That of the teacher."""
        return self.groups[-1][-PARALLEL]

    @property
    def pupil(self) -> "Pupil":
        """Somebody of that group, who is there for five years."""
        return self.pupils[self._seats(YEARS - 1)[-PARALLEL][0]]

    # ---- who there is -------------------------------------------------------------------------------------------

    def _people(self) -> None:
        from kring.core.access import Role
        from kring.web.models import Board, Membership, Person, Pupil, School

        self.school = School.objects.create(board=Board.objects.create(name="Bestuur"), name="De Grote Linde", type=School.Type.PRIMARY)
        hats = []
        for name, role in (("linde_anna", Role.TEACHER), ("linde_bram", Role.COORDINATOR)):
            person = Person.objects.create(username=name, given_name=name.title(), family_name="Linde", is_demo=True)
            hats.append(Membership.objects.create(school=self.school, person=person, role=role.value, from_at=at(date(2020, 8, 1))))
        self.teacher, self.coordinator = hats
        everybody = PUPILS + (YEARS - 1) * PARALLEL * CLASS  # who left in these years too
        names = [f"kind {number:04d}" for number in range(everybody)]
        self.pupils = Pupil.objects.bulk_create(
            Pupil(school=self.school, given_name=one.title(), family_name="Linde", sort_name=f"linde {one}", admin_key=one) for one in names
        )

    def _seats(self, year: int) -> list[list[int]]:
        """Of each group of that year, from the lowest level up, who sits in it: a class goes on together."""
        first = (YEARS - 1 - year) * PARALLEL * CLASS
        cohorts = [range(first + level * PARALLEL * CLASS, first + (level + 1) * PARALLEL * CLASS) for level in reversed(range(LEVELS))]
        return [list(cohort)[part * CLASS : (part + 1) * CLASS] for cohort in reversed(cohorts) for part in range(PARALLEL)][::-1]

    # ---- a year -------------------------------------------------------------------------------------------------

    def _year(self, ago: int) -> None:
        from kring.web.models import Assignment, Enrolment, Group, SchoolYear

        now = self.today.year - (self.today.month < 8)
        begins, ends = date(now - ago, 8, 1), date(now - ago + 1, 7, 31)
        year = SchoolYear.objects.create(school=self.school, label=f"{begins.year}-{ends.year}", starts_on=begins, ends_on=ends)
        self.years.append(year)
        made = Group.objects.bulk_create(
            Group(school=self.school, year=year, name=f"{level + 1}{'ABCD'[part]}", year_levels=[level + 1])
            for level in range(LEVELS)
            for part in range(PARALLEL)
        )
        self.groups.append(made)
        until = at(ends) if ago else None
        seats, here = self._seats(YEARS - 1 - ago), {"school": self.school, "until_at": until}
        Enrolment.objects.bulk_create(
            Enrolment(pupil=self.pupils[one], group=group, year_level=group.year_levels[0], from_at=at(begins), **here)
            for group, listed in zip(made, seats)
            for one in listed
        )
        Assignment.objects.create(school=self.school, membership=self.teacher, group=made[-PARALLEL], from_at=at(begins), until_at=until)
        for days in (45, 200):
            if begins + timedelta(days=days + 14) < self.today:
                self._measure(year, begins + timedelta(days=days), list(zip(made, seats)))
        self._signals(begins, min(ends, self.today), seats)
        self._talks(begins, min(ends, self.today), list(zip(made, seats)))

    def _measure(self, year: "SchoolYear", opens: date, classes: list[tuple["Group", list[int]]]) -> None:
        for key in LISTS:
            self._lists(self._round(year, key, opens), classes)
        self._sociograms(self._round(year, SOCIOGRAM, opens), classes)

    def _round(self, year: "SchoolYear", key: str, opens: date) -> "Round":
        from kring.library import instrument
        from kring.web.models import Round
        from kring.web.surveys.models import asks_of

        closes, asked = opens + timedelta(days=10), instrument(key)
        return Round.objects.create(
            school=self.school,
            year=year,
            instrument=key,
            version=asked.version,
            title=f"{asked.title} {opens}",
            opens_on=opens,
            closes_on=closes,
            closed_at=at(closes),
            asks=asks_of(asked),
        )

    def _lists(self, round: "Round", classes: list[tuple["Group", list[int]]]) -> None:
        from kring.web.models import Invitation, ScalePrecision, Submission

        asked = Invitation.objects.bulk_create(
            Invitation(school=self.school, round=round, group=group, pupil=self.pupils[one], answered=True)
            for group, listed in classes
            for one in listed
        )
        items = round.offered.items
        codes = self.chance.integers(1, 5, (len(asked), len(items)))
        keys = [item.key for item in items]
        Submission.objects.bulk_create(
            (
                Submission(school=self.school, invitation=one, answers=dict(zip(keys, map(int, row))), submitted_at=at(round.closes_on))
                for one, row in zip(asked, codes)
            ),
            batch_size=500,
        )
        for scale in round.offered.scales:
            known = {"school": self.school, "instrument": round.instrument, "version": round.version, "scale": scale.key}
            ScalePrecision.objects.get_or_create(
                **known, defaults={"sem": 0.3, "reliability": 0.8, "sd": 0.67, "n": PUPILS, "origin": "omega"}
            )

    def _sociograms(self, round: "Round", classes: list[tuple["Group", list[int]]]) -> None:
        from kring.core.sociometry import Participation
        from kring.web.models import ListedPupil, Nomination, Sociogram

        kept = Sociogram.objects.bulk_create(Sociogram(school=self.school, round=round, group=group) for group, _listed in classes)
        rows, choices = [], []
        for row, (_group, listed) in zip(kept, classes):
            for place, one in enumerate(listed):
                rows.append(ListedPupil(school=self.school, sociogram=row, pupil=self.pupils[one], participation=Participation.DONE.value))
                steps = self.chance.choice(np.arange(1, len(listed)), CHOICES, replace=False)
                others = [self.pupils[listed[(place + int(step)) % len(listed)]] for step in steps]
                choices += [(row, self.pupils[one], other) for other in others]
        ListedPupil.objects.bulk_create(rows, batch_size=500)
        Nomination.objects.bulk_create(
            (
                Nomination(school=self.school, sociogram=row, question="together", polarity=1, chooser=one, chosen=other)
                for row, one, other in choices
            ),
            batch_size=500,
        )

    # ---- what was seen, said and done ---------------------------------------------------------------------------

    def _signals(self, begins: date, ends: date, seats: list[list[int]]) -> None:
        """Two about every pupil, nearly all answered."""
        from kring.web.models import Signal, SignalAnswer

        made = []
        for one in (pupil for listed in seats for pupil in listed for _twice in range(2)):
            seen = at(self._day(begins, ends))
            made.append(
                Signal(
                    school=self.school,
                    pupil=self.pupils[one],
                    kind="observation",
                    fact="Stond in de pauze alleen bij het hek en keek naar de anderen.",
                    signs=[str(self.chance.choice(SIGNS))],
                    seen_at=seen,
                    made_at=seen,
                    author=self.teacher,
                    counts_until_on=seen.date() + timedelta(days=42),
                )
            )
        Signal.objects.bulk_create(made, batch_size=500)
        said = {"kind": "act", "judgement": "new", "reason": "We spreken het kind deze week.", "answered_by": self.teacher}
        answered = [one for place, one in enumerate(made) if place % 25]
        SignalAnswer.objects.bulk_create(
            (SignalAnswer(school=self.school, signal=one, answered_at=one.made_at + timedelta(days=2), **said) for one in answered),
            batch_size=500,
        )

    def _talks(self, begins: date, ends: date, classes: list[tuple["Group", list[int]]]) -> None:
        """One about every pupil, and three reviews of every group with four pupils each."""
        from kring.web.models import DiscussedPupil, Gathering

        about = [{"pupil": self.pupils[one], "kind": "pupil_talk"} for _group, listed in classes for one in listed]
        about += [{"group": group, "kind": "group_review"} for group, _listed in classes for _third in range(3)]
        made = Gathering.objects.bulk_create((self._talk(at(self._day(begins, ends)), one) for one in about), batch_size=500)
        seats = {group.pk: listed for group, listed in classes}
        DiscussedPupil.objects.bulk_create(
            DiscussedPupil(
                school=self.school,
                gathering=one,
                pupil=self.pupils[int(pupil)],
                because=["internalising"],
                discussed_at=one.held_at,
                decision="watch",
            )
            for one in made
            if one.group_id
            for pupil in self.chance.choice(seats[one.group_id], 4, replace=False)
        )

    def _talk(self, held: datetime, about: dict[str, Any]) -> Any:
        from kring.web.models import Gathering

        made = {"made_by": self.teacher, "made_at": held, "edited_at": held}
        return Gathering(school=self.school, purpose="Hoe gaat het?", planned_at=held, held_at=held, **about, **made)

    def _weeks(self) -> None:
        """The last twelve weeks of a third of the pupils of now."""
        from kring.web.models import AbsenceWeek

        monday = self.today - timedelta(days=self.today.weekday())
        sitting = [one for listed in self._seats(YEARS - 1) for one in listed][::3]
        AbsenceWeek.objects.bulk_create(
            (
                AbsenceWeek(
                    school=self.school,
                    pupil=self.pupils[one],
                    week_on=monday - timedelta(weeks=ago),
                    sick_days=int(self.chance.integers(0, 2)),
                    sick_reports=int(self.chance.integers(0, 2)),
                    entered_by=self.teacher,
                    entered_at=at(self.today) - timedelta(days=1),
                )
                for one in sitting
                for ago in range(WEEKS)
            ),
            batch_size=500,
        )

    def _plans(self) -> None:
        """A plan of every group of every year, and a trial of every tenth pupil."""
        from kring.web.models import Cluster, ClusteredPupil, Plan

        groups = [
            Plan(group=group, kind="group", seen_as="groupplan", **self._plan(year, index + 1 == YEARS))
            for index, (year, made) in enumerate(zip(self.years, self.groups))
            for group in made
        ]
        trials = [
            Plan(pupil=self.pupils[one], kind="trial", seen_as="intervention", **self._plan(year, index + 1 == YEARS))
            for index, year in enumerate(self.years)
            for one in [pupil for listed in self._seats(index) for pupil in listed][::10]
        ]
        Plan.objects.bulk_create([*groups, *trials], batch_size=500)
        clusters = Cluster.objects.bulk_create(
            Cluster(school=self.school, plan=plan, prevention_level=level, need="rust aan het begin van de dag", edited_at=plan.edited_at)
            for plan in groups
            for level in (2, 3)
        )
        seats = {group.pk: listed for year, made in enumerate(self.groups) for group, listed in zip(made, self._seats(year))}
        ClusteredPupil.objects.bulk_create(
            (
                ClusteredPupil(school=self.school, cluster=one, pupil=self.pupils[pupil])
                for one in clusters
                for pupil in seats[one.plan.group_id or next(iter(seats))][: 5 - one.prevention_level]
            ),
            batch_size=500,
        )

    def _plan(self, year: "SchoolYear", runs: bool) -> dict[str, Any]:  # noqa: FBT001
        begins = year.starts_on + timedelta(days=60)
        state = {"state": "running" if runs else "evaluated", "starts_on": begins, "ends_on": begins + timedelta(days=84)}
        made = {"made_by": self.teacher, "made_at": at(begins), "edited_at": at(begins)}
        kind = {"stage": "group_approach", "support_layer": "basic", "title": "Rust in de groep"}
        return {"school": self.school, **state, **made, **kind}

    def _day(self, begins: date, ends: date) -> date:
        return begins + timedelta(days=int(self.chance.integers(0, max((ends - begins).days, 1))))


def at(day: date) -> datetime:
    """Noon, here."""
    return datetime.combine(day, time(12), HERE)


def every_page(made: LargeSchool) -> Iterator[tuple[str, "Membership", str, tuple[Any, ...]]]:
    """What is measured: the name of the page, who asks, its route and keys. What is not there yet is passed over by who measures."""
    teacher, coordinator = made.teacher, made.coordinator
    yield "first page of a teacher", teacher, "home", ()
    yield "first page of a coordinator", coordinator, "home", ()
    yield "attention list of a group", teacher, "group_attention", (made.group.pk,)
    yield "attention list of a school", coordinator, "attention", ()
    yield "page of a group of five years", teacher, "group", (made.group.pk,)
    yield "page of a pupil of five years", teacher, "pupil", (made.pupil.pk,)
    yield "plans and help of the same pupil", teacher, "pupil_help", (made.pupil.pk,)
    yield "what stands around the same pupil", teacher, "pupil_around", (made.pupil.pk,)
    yield "timeline of a pupil of five years", teacher, "pupil_timeline", (made.pupil.pk,)
    yield "overview of care, a teacher", teacher, "care_overview", ()
    yield "overview of care, a school", coordinator, "care_overview", ()
    yield "signals of a school", coordinator, "signals", ()
    yield "plans of a group", teacher, "group_plans", (made.group.pk,)
    yield "page for a substitute", teacher, "desk_view", (made.group.pk,)
    yield "talks of a school", coordinator, "gatherings", ()
