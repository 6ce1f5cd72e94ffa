"""Writes the invented schools into the database, in bulk; answers and choices come in through the same doors as real ones."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from uuid import NAMESPACE_URL, UUID, uuid5
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import make_password
from django.db import transaction

from kring.core.access import Role
from kring.library import instrument, instruments
from kring.web.accounts.models import Person
from kring.web.attention.intake import work_out_school
from kring.web.demo.acting.rows import act_on_results
from kring.web.demo.appointing.rows import appoint
from kring.web.demo.asking_to_talk.rows import ask_anna
from kring.web.demo.asking_what_hurts.rows import ask_about_bullying
from kring.web.demo.bundling.rows import bundle_parallel
from kring.web.demo.care.rows import care
from kring.web.demo.cast import PASSWORD, PLAYERS, Player
from kring.web.demo.clustering.rows import cluster_6a
from kring.web.demo.composing.rows import compose_next_classes
from kring.web.demo.consenting.rows import write_consents
from kring.web.demo.counting.rows import count_school
from kring.web.demo.daily.rows import look_day_by_day
from kring.web.demo.doing.rows import give_tasks
from kring.web.demo.elsewhere.rows import bring_from_elsewhere
from kring.web.demo.following.rows import follow
from kring.web.demo.handing_over.rows import prepare_year
from kring.web.demo.helping.rows import bring_help
from kring.web.demo.invented import InventedChoices, InventedList, InventedSchool, Measured
from kring.web.demo.invention import birth_dates, invented_schools
from kring.web.demo.letting_in.rows import open_class
from kring.web.demo.living.rows import live_in_region, place
from kring.web.demo.looking import Seeable, look_around
from kring.web.demo.mailing.rows import give_addresses
from kring.web.demo.noticing.rows import notice
from kring.web.demo.objecting.rows import ask_at_home_and_in_the_team
from kring.web.demo.own_lists.rows import write_own_lists
from kring.web.demo.planning.rows import plan_ahead
from kring.web.demo.portraying.rows import draw_faces
from kring.web.demo.running.rows import run_rounds
from kring.web.demo.seating.rows import seat_6a
from kring.web.demo.supporting.rows import support_plans
from kring.web.demo.talking.rows import talk_in_6a
from kring.web.demo.thinking.rows import think_ahead
from kring.web.demo.training.rows import train
from kring.web.demo.trying.rows import try_support
from kring.web.schools.models import (
    Assignment,
    Board,
    Enrolment,
    Group,
    Guardian,
    Guardianship,
    Membership,
    Pupil,
    School,
    SchoolYear,
)
from kring.web.schools.names import sort_name
from kring.web.sociograms.collecting.intake import freeze
from kring.web.sociograms.intake import Choice, take_sociogram
from kring.web.surveys.intake import Incoming, take_submissions
from kring.web.surveys.models import Round, asks_of
from kring.web.wall import schools_open

HERE = ZoneInfo("Europe/Amsterdam")
TWICE, ENTERED_AS = "B117", "Osturk"  # Asya Öztürk


def load_demo(today: date) -> bool:
    """Write the demo schools as they are on this day, whole or not at all. False when demo accounts are there already."""
    if Person.objects.filter(is_demo=True).exists():
        return False
    schools = invented_schools(today, instruments())
    with transaction.atomic(), schools_open([key(school.plan.name) for school in schools]):
        people = _people()
        give_addresses(people, key=key, now=at(today, 9))
        for school in schools:
            rows = _SchoolRows(school, people, birth_dates(school, today))
            rows.write()
            rows.looked_around(today)
            write_consents(rows.row, rows.members, key=key, today=today)
            rows.cared_for(today)
            appoint(rows.members, now=at(today, 9))
            open_class(rows.row, rows.members, key=key, now=at(today))
            draw_faces(rows.row, rows.members, key=key, now=at(today, 9))
            run_rounds(rows.row, rows.members, key=key)
            give_tasks(rows.row, rows.members, key=key, now=at(today, 9))
            try_support(rows.row, rows.members, now=at(today, 9))
            support_plans(rows.row, rows.members, now=at(today, 9))
            train(rows.row, rows.members, now=at(today, 9))
            bring_help(rows.row, rows.members, now=at(today, 9))
            look_day_by_day(rows.row, rows.members, now=at(today, 9))
            cluster_6a(rows.row, rows.members, now=at(today, 9))
            ask_anna(rows.row, rows.members, key=key, now=at(today, 9))
            notice(rows.row, rows.members, now=at(today, 9))
            follow(rows.row, rows.members, now=at(today, 9))
            ask_about_bullying(rows.row, rows.members, key=key, now=at(today, 9))
            seat_6a(rows.row, rows.members, key=key, now=at(today, 9))
            plan_ahead(rows.members, now=at(today, 9))
            ask_at_home_and_in_the_team(rows.row, rows.members, key=key, today=today)
            act_on_results(rows.row, rows.members, key=key, now=at(today, 9))
            talk_in_6a(rows.row, rows.members, now=at(today, 9))
            think_ahead(rows.row, rows.members, key=key, now=at(today, 9))
            write_own_lists(rows.row, key=key, now=at(today, 9))
            bring_from_elsewhere(rows.row, rows.members, key=key, now=at(today, 9))
            prepare_year(rows.row, rows.members, key=key, now=at(today, 9))
            compose_next_classes(rows.row, rows.members, key=key, now=at(today, 9))
            count_school(rows.row, rows.members, key=key, now=at(today, 9))
            work_out_school(rows.row, at=at(today, 9))  # last: from everything that was written
    return True


def key(*about: str) -> UUID:
    """The same key for the same thing, so that an address still works after starting anew."""
    return uuid5(NAMESPACE_URL, "/".join(("kring-demo", *about)))


def at(day: date, hour: int = 0) -> datetime:
    """This moment of a school day, in local time."""
    return datetime.combine(day, time(hour), HERE)


def _people() -> dict[str, Person]:
    password = make_password(PASSWORD)
    made = Person.objects.bulk_create(
        Person(
            id=key("person", player.username),
            username=player.username,
            given_name=player.given_name,
            name_prefix=player.name_prefix,
            family_name=player.family_name,
            password=password,
            is_demo=True,
        )
        for player in PLAYERS
    )
    return {person.username: person for person in made}


@dataclass(slots=True)
class _SchoolRows:
    """The rows of one school, kept by name while they are written."""

    invented: InventedSchool
    people: Mapping[str, Person]
    born_on: Mapping[str, date]
    row: School = field(init=False)
    years: dict[str, SchoolYear] = field(default_factory=dict)
    groups: dict[tuple[str, str], Group] = field(default_factory=dict)
    pupils: dict[str, Pupil] = field(default_factory=dict)
    members: dict[str, Membership] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.invented.plan.name

    def write(self) -> None:
        plan = self.invented.plan
        board, _ = Board.objects.get_or_create(name=plan.board)
        self.row = School.objects.create(id=key(self.name), board=board, name=self.name, type=plan.type, **place(plan))
        self._years_and_groups()
        self._pupils()
        self._entered_twice()
        self._members()
        self._guardians()
        for measured in self.invented.measured:
            self._measured(measured)

    def _years_and_groups(self) -> None:
        self.years = {
            year.label: SchoolYear(
                id=key(self.name, year.label), school=self.row, label=year.label, starts_on=year.starts_on, ends_on=year.ends_on
            )
            for year in self.invented.years
        }
        SchoolYear.objects.bulk_create(self.years.values())
        live_in_region(self.invented.plan, list(self.years.values()))
        self.groups = {
            (one.year, one.name): Group(
                id=key(self.name, one.year, one.name),
                school=self.row,
                year=self.years[one.year],
                name=one.name,
                year_levels=list(one.year_levels),
            )
            for one in self.invented.groups
        }
        Group.objects.bulk_create(self.groups.values())
        bundle_parallel(self.groups.values())

    def _pupils(self) -> None:
        own = {player.child: self.people[player.username] for player in self._players() if player.role is Role.PUPIL}
        self.pupils = {
            one.key: Pupil(
                id=key(self.name, one.key),
                school=self.row,
                person=own.get(one.given_name),
                given_name=one.given_name,
                name_prefix=one.name_prefix,
                family_name=one.family_name,
                sort_name=one.sort_name,
                admin_key=one.key,
                birth_date=self.born_on[one.key],
            )
            for one in self.invented.pupils
        }
        Pupil.objects.bulk_create(self.pupils.values())
        Enrolment.objects.bulk_create(
            Enrolment(
                school=self.row,
                pupil=self.pupils[stay.pupil],
                group=self.groups[stay.year, stay.group],
                year_level=stay.year_level,
                from_at=at(stay.from_on),
                until_at=at(stay.until_on) if stay.until_on else None,
            )
            for stay in self.invented.stays
        )

    def _entered_twice(self) -> None:
        """At one school somebody left and was entered anew in August, with a slip in the name: to be made one."""
        twice = self.pupils.get(TWICE)
        if twice is None:
            return
        entered = {"id": key(self.name, "twice"), "admin_key": f"{twice.admin_key}-oud", "birth_date": twice.birth_date}
        names = {"given_name": twice.given_name, "name_prefix": twice.name_prefix, "family_name": ENTERED_AS}
        Pupil.objects.create(school=self.row, sort_name=sort_name(twice.given_name, ENTERED_AS), **names, **entered)

    def _players(self) -> tuple[Player, ...]:
        return tuple(player for player in PLAYERS if player.school == self.name)

    def _members(self) -> None:
        since = at(min(year.starts_on for year in self.years.values()))
        self.members = {
            player.username: Membership(
                id=key(self.name, "member", player.username),
                school=self.row,
                person=self.people[player.username],
                role=player.role.value,
                from_at=since,
            )
            for player in self._players()
        }
        Membership.objects.bulk_create([*self.members.values(), *self._further_hats(since)])
        Assignment.objects.bulk_create(self._assignments())

    def _further_hats(self, since: datetime) -> Iterator[Membership]:
        for player in self._players():
            for role in player.also:
                person = self.people[player.username]
                hat = key(self.name, "member", player.username, role.value)
                yield Membership(id=hat, school=self.row, person=person, role=role.value, from_at=since)

    def _assignments(self) -> Iterator[Assignment]:
        last = max(self.years)
        for one in self.invented.groups:
            year = self.years[one.year]
            until_at = None if one.year == last else at(self.years[last].starts_on)
            yield Assignment(
                school=self.row,
                membership=self.members[one.teacher],
                group=self.groups[one.year, one.name],
                from_at=at(year.starts_on),
                until_at=until_at,
            )

    def _guardians(self) -> None:
        children = {pupil.given_name: pupil for pupil in self.pupils.values() if pupil.person_id}
        for player in self._players():
            if player.role is Role.GUARDIAN and player.child:
                guardian = Guardian.objects.create(
                    school=self.row,
                    person=self.people[player.username],
                    given_name=player.given_name,
                    name_prefix=player.name_prefix,
                    family_name=player.family_name,
                )
                Guardianship.objects.create(
                    school=self.row,
                    guardian=guardian,
                    pupil=children[player.child],
                    has_authority=player.has_authority,
                    from_at=self.members[player.username].from_at,
                )

    def looked_around(self, today: date) -> None:
        """A log of the last weeks, where two teachers and the coordinator are known by name."""
        if "anna" not in self.members:
            return
        now = [stay for stay in self.invented.stays if stay.until_on is None and stay.year == max(self.years)]
        groups = {
            name: Seeable(
                self.groups[max(self.years), name].pk,
                sorted((self.pupils[stay.pupil].pk for stay in now if stay.group == name), key=self._players_first),
            )
            for name in ("6A", "6B")
        }
        look_around(self.members, groups, today=today)

    def cared_for(self, today: date) -> None:
        """What is done around the pupils whom everybody in the demo knows."""
        care(self.members, {pupil.given_name: pupil for pupil in self.pupils.values() if pupil.person_id}, now=at(today, 9))

    def _players_first(self, pupil: UUID) -> tuple[bool, str]:
        own = {one.pk for one in self.pupils.values() if one.person_id}
        return pupil not in own, str(pupil)

    # ---- what was measured ------------------------------------------------------------------------------------

    def _measured(self, measured: Measured) -> None:
        window = measured.round.window
        round_ = Round.objects.create(
            id=key(self.name, measured.round.title),
            school=self.row,
            year=self.years[window.year.label],
            instrument=measured.round.instrument,
            version=measured.round.version,
            title=measured.round.title,
            opens_on=window.opens_on,
            closes_on=window.closes_on,
            asks=asks_of(instrument(measured.round.instrument, measured.round.version)),
        )
        if measured.lists:
            take_submissions(round_, [self._incoming(one, window.year.label) for one in measured.lists])
        for sociogram in measured.sociograms:
            self._sociogram(round_, sociogram, window.year.label)
        if not window.is_running:
            Round.objects.filter(pk=round_.pk).update(closed_at=at(window.closes_on, 16))
            freeze(round_, at=at(window.closes_on, 16))

    def _incoming(self, one: InventedList, year: str) -> Incoming:
        submitted_at = at(one.submitted_on, 10) if one.submitted_on else None
        return Incoming(self.pupils[one.pupil].pk, self.groups[year, one.group].pk, one.answers or {}, submitted_at)

    def _sociogram(self, round_: Round, one: InventedChoices, year: str) -> None:
        take_sociogram(
            round_,
            self.groups[year, one.group],
            listed={self.pupils[pupil].pk: status for pupil, status in one.participation.items()},
            choices=[
                *(self._choice(one.question, edge.polarity, edge.from_pupil, edge.to_pupil) for edge in one.edges),
                *(self._choice(one.expects, 0, thinker, classmate) for thinker, classmate in one.expected),
            ],
            at=at(one.held_on, 11),
        )

    def _choice(self, question: str, polarity: int, chooser: str, chosen: str) -> Choice:
        return Choice(question, polarity, self.pupils[chooser].pk, self.pupils[chosen].pk)
