"""What came out about one pupil, in the order of its page: what goes well, the newest round, and what was before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kring.documents.reports import PupilReport
from kring.documents.sections import Section
from kring.web.reports.queries import drawn_of, pupil_report
from kring.web.schools.models import Group, Membership, Pupil
from kring.web.sociograms.queries import GroupSociogram, sociograms
from kring.web.surveys.results import GroupRound

STRENGTHS, COURSE, BY_ROUND, NEWEST = "sterke-kanten", "verloop", ("scores-", "sociogram-"), "-1"


@dataclass(frozen=True, slots=True)
class Arranged:
    """`older` are the titles of what is folded away; `folded` the course of the scores, and the older sections once somebody asked."""

    report: PupilReport
    strengths: tuple[Section, ...]
    newest: tuple[Section, ...]
    folded: tuple[tuple[Section], ...]
    older: tuple[str, ...]
    sociogram: GroupSociogram | None
    has_older_open: bool

    @property
    def has_results(self) -> bool:
        return bool(self.report.measurements or self.report.sociograms)


def arranged(
    actor: Membership, pupil: Pupil, groups: Sequence[Group], taken: Sequence[GroupRound], *, on: date, older: bool = False
) -> Arranged:
    """Older sociograms are read, and older scores drawn, only when somebody asks for them."""
    rows = drawn_of(actor, pupil)
    read = sociograms(actor, pk__in=[row.pk for row in (rows if older else rows[:1])]) if rows else ()
    report = pupil_report(actor, pupil, groups, on=on, taken=taken, drawn=read, newest_only=not older)
    sections = report.sections
    return Arranged(
        report,
        tuple(one for one in sections if one.key == STRENGTHS),
        tuple(one for one in sections if one.key != STRENGTHS and not _is_folded(one)),
        tuple((one,) for one in sections if _is_folded(one)),
        (*report.older, *(row.round.title for row in rows[1:])),
        read[0] if read else None,
        older,
    )


def _is_folded(section: Section) -> bool:
    return section.key == COURSE or (section.key.startswith(BY_ROUND) and not section.key.endswith(NEWEST))
