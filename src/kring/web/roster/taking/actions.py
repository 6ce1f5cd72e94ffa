"""Make a list of pupils real: all of it or nothing."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from kring.core.access import Role, Verb
from kring.core.roster import Decision, Step
from kring.core.uploads import refuse_applied
from kring.web.action import action
from kring.web.files import intake as files
from kring.web.newcomers.intake import watch_arrivals
from kring.web.people.dates import begins
from kring.web.people.intake import holders, tell
from kring.web.roster.models import RosterFile
from kring.web.roster.taking import queries
from kring.web.roster.taking.intake import hold, refuse_other
from kring.web.roster.taking.proposal import RosterProposal
from kring.web.schools.models import Enrolment, Group, Membership, Pupil
from kring.web.schools.named import found_by
from kring.web.schools.names import sort_name

BATCH = 500
CORRECTED = ("admin_key", "given_name", "name_prefix", "family_name", "sort_name", "birth_date", "home_municipality")


@action("roster_file.applied", needs=Verb.APPLY)
def apply_roster(actor: Membership, found: RosterFile, *, at: datetime) -> None:
    """Make real what was shown. Raises the same rules once more: whoever came before may have changed the school."""
    hold(found)
    refuse_applied(found.applied_at)
    proposal = queries.proposal_of(actor, found, at=at)
    refuse_other(proposal, found.shown)
    groups = _groups(found, proposal)
    _new(found, proposal.new, groups)
    _correct(proposal.corrected)
    _move(found, proposal.moved, groups, at=at)
    _take_off(found, proposal.leaves_on, at=at)
    watch_arrivals(found.school, at=at)
    found.outcome = _outcome(proposal)
    found.applied_at, kept_file, found.file, found.decisions = at, found.file, None, {}
    found.save(update_fields=["applied_at", "file", "decisions", "outcome"])
    if kept_file is not None:
        files.forget(kept_file)
    told = holders(found.school_id, Role.COORDINATOR, Role.LEADER, at=at, but=[actor.person_id])
    tell(told, "roster_file.applied", found, at=at)


def _groups(found: RosterFile, proposal: RosterProposal) -> dict[str, Group]:
    """The groups of the year by name in small letters, with those that come along."""
    Group.objects.bulk_create(
        Group(school_id=found.school_id, year_id=found.year_id, name=name, year_levels=list(levels))
        for name, levels in proposal.change.groups
    )
    return {group.name.casefold(): group for group in queries.groups_of(found)}


def _new(found: RosterFile, steps: Iterable[Step], groups: Mapping[str, Group]) -> None:
    made = [(step, _pupil(found, step)) for step in steps]
    Pupil.objects.bulk_create([pupil for _step, pupil in made], batch_size=BATCH)
    from_at = begins(found.from_on)
    _seat(((step, pupil) for step, pupil in made), groups, from_at=from_at)


def _pupil(found: RosterFile, step: Step) -> Pupil:
    pupil = Pupil(school_id=found.school_id)
    _name(pupil, step)
    return pupil


def _name(pupil: Pupil, step: Step) -> None:
    line = step.line
    pupil.admin_key = line.number
    pupil.given_name, pupil.name_prefix, pupil.family_name = line.name.given, line.name.prefix, line.name.family
    pupil.sort_name = sort_name(line.name.given, line.name.family)
    pupil.birth_date = line.born_on or pupil.birth_date
    pupil.home_municipality = line.municipality or pupil.home_municipality


def _seat(steps: Iterable[tuple[Step, Pupil]], groups: Mapping[str, Group], *, from_at: datetime) -> None:
    Enrolment.objects.bulk_create(
        (
            Enrolment(
                school_id=pupil.school_id, pupil=pupil, group=groups[step.line.group.casefold()], year_level=step.level, from_at=from_at
            )
            for step, pupil in steps
        ),
        batch_size=BATCH,
    )


def _correct(steps: Iterable[Step]) -> None:
    by_key = {step.key: step for step in steps}
    for pupil in Pupil.objects.filter(pk__in=[key for key in by_key if key]):
        number, step = pupil.admin_key, by_key[str(pupil.pk)]
        _name(pupil, step)
        pupil.admin_key = step.line.number if "number" in step.corrected else number
        pupil.save(update_fields=[*CORRECTED, *found_by(pupil)])


def _move(found: RosterFile, steps: Iterable[Step], groups: Mapping[str, Group], *, at: datetime) -> None:
    """From the moment of the list on in the new group; a seat that had still to begin is put right as if it never was."""
    by_key = {step.key: step for step in steps if step.key}
    _leave(queries.enrolments(found, at=at, of=by_key), queries.moves_at(found.from_on, at=at))
    pupils = Pupil.objects.filter(pk__in=[*by_key])
    _seat(((by_key[str(pupil.pk)], pupil) for pupil in pupils), groups, from_at=queries.moves_at(found.from_on, at=at))


def _leave(rows: Iterable[Enrolment], moment: datetime) -> None:
    rows = list(rows)
    never = [row.pk for row in rows if row.from_at >= moment]
    over = [row.pk for row in rows if row.from_at < moment]
    Enrolment.objects.filter(pk__in=never).delete()
    Enrolment.objects.filter(pk__in=over).update(until_at=moment)


def _take_off(found: RosterFile, leaves_on: Mapping[str, date], *, at: datetime) -> None:
    by_day: dict[date, list[str]] = {}
    for key, day in leaves_on.items():
        by_day.setdefault(day, []).append(key)
    for day, keys in by_day.items():
        _leave(queries.enrolments(found, at=at, of=keys), begins(day))


def _outcome(proposal: RosterProposal) -> dict[str, int]:
    return {
        "new": len(proposal.new),
        "moved": len(proposal.moved),
        "corrected": len(proposal.corrected),
        "same": proposal.same,
        "groups": len(proposal.change.groups),
        "gone": len(proposal.change.gone) - len(proposal.leaves_on),
        "left": len(proposal.leaves_on),
        "skipped": sum(one.decision is Decision.LEAVE for one in proposal.change.doubts),
    }
