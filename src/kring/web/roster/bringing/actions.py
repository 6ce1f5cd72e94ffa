"""Bring a list of pupils in, decide about what is doubtful, and ask to take it over."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from kring.class_files.roster import Roster
from kring.core.access import Record, Verb
from kring.core.roster import Decision
from kring.core.uploads import DayOutsideYear, refuse_applied
from kring.web.action import action
from kring.web.files import intake as files
from kring.web.jobs import intake as jobs
from kring.web.roster.models import RosterFile
from kring.web.roster.taking import queries
from kring.web.roster.taking.intake import hold, refuse_other
from kring.web.roster.taking.lines import CONTENT_TYPE, NAME, kept
from kring.web.roster.taking.work import KIND, take_over
from kring.web.schools.models import Membership, School, SchoolYear


@dataclass(frozen=True, slots=True)
class Brought:
    """What somebody brought: the lines as they were read, for a year, from a day."""

    file: str
    read: Roster
    year: SchoolYear
    from_on: date


@action("roster_file.checked", needs=Verb.WRITE, of=Record.ROSTER_FILE)
def check_roster(actor: Membership, school: School, brought: Brought, *, at: datetime) -> RosterFile:
    """Lay the list beside the school; keep its lines for a preview when they are good, and nothing when they are not.

    Raises FilesRefused, DayOutsideYear.
    """
    if not brought.year.starts_on <= brought.from_on <= brought.year.ends_on:
        raise DayOutsideYear(year=brought.year.label)
    made = RosterFile(school=school, author=actor, year=brought.year, from_on=brought.from_on, brought_at=at)
    queries.laid_beside(actor, made, brought.file, brought.read, at=at)
    made.file = files.keep(actor, NAME, kept(brought.read, brought.file), content_type=CONTENT_TYPE, at=at)
    made.save(force_insert=True)
    return made


@action("roster_file.decided", needs=Verb.APPLY)
def decide(actor: Membership, found: RosterFile, lines: Mapping[int, Decision], leaving: Mapping[str, date]) -> None:  # noqa: ARG001
    """What a person says about doubtful lines, and who is taken off from which day."""
    hold(found)
    refuse_applied(found.applied_at)
    found.decisions = {
        "lines": {str(line): said.value for line, said in lines.items()},
        "leaving": {key: day.isoformat() for key, day in leaving.items()},
    }
    found.save(update_fields=["decisions"])


@action("roster_file.asked", needs=Verb.APPLY)
def ask_apply(actor: Membership, found: RosterFile, *, shown: str, at: datetime) -> None:
    """Set taking over going, as it was shown. Raises DoubtsLeft, RosterChangedMeanwhile, FilesRefused, FilesGone, JobUnderWay."""
    hold(found)
    refuse_applied(found.applied_at)
    proposal = queries.proposal_of(actor, found, at=at)
    refuse_other(proposal, shown)
    RosterFile.objects.filter(author=actor).exclude(pk=found.pk).update(shown="")  # the work takes the one that was asked last
    RosterFile.objects.filter(pk=found.pk).update(shown=shown)
    job = jobs.running(actor, KIND, at=at) or jobs.start(actor, KIND, take_over, at=at, repeatable=True)
    RosterFile.objects.filter(pk=found.pk).update(job=job)


@action("roster_file.thrown_away", needs=Verb.APPLY)
def throw_away(actor: Membership, found: RosterFile) -> None:  # noqa: ARG001
    """Forget the list. What was applied stays."""
    hold(found)
    refuse_applied(found.applied_at)
    kept_file = found.file
    RosterFile.objects.filter(pk=found.pk).delete()
    if kept_file is not None:
        files.forget(kept_file)
