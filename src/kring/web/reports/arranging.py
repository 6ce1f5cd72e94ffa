"""What came out about one pupil, in the order of its page: what goes well, the newest round, and what was before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kring.documents.reports import PupilReport
from kring.documents.sections import Section
from kring.web.reports.queries import Material, drawn_of, material_of, pupil_report
from kring.web.schools.models import Group, Membership, Pupil
from kring.web.sociograms.queries import GroupSociogram, pictures

STRENGTHS, COURSE, BY_ROUND, NEWEST = "sterke-kanten", "verloop", ("scores-", "sociogram-"), "-1"


@dataclass(frozen=True, slots=True)
class Arranged:
    """`older` are the titles of what is folded away; `folded` the course of the scores, and the older sections once somebody asked."""

    of: Material
    report: PupilReport
    strengths: tuple[Section, ...]
    newest: tuple[Section, ...]
    folded: tuple[tuple[Section], ...]
    older: tuple[str, ...]
    has_older_open: bool

    @property
    def has_results(self) -> bool:
        return bool(self.report.measurements or self.report.sociograms)

    @property
    def sociogram(self) -> GroupSociogram | None:
        """The newest."""
        return next(iter(self.of.drawn), None)


def arranged(actor: Membership, pupil: Pupil, groups: Sequence[Group], *, on: date, older: bool = False) -> Arranged:
    """Older sociograms are read, and older scores drawn, only when somebody asks for them."""
    rows = drawn_of(actor, pupil)
    of = material_of(actor, pupil, pictures(actor, rows if older else rows[:1]))
    report = pupil_report(actor, pupil, groups, on=on, of=of, newest_only=not older)
    sections = report.sections
    return Arranged(
        of,
        report,
        tuple(one for one in sections if one.key == STRENGTHS),
        tuple(one for one in sections if one.key != STRENGTHS and not _is_folded(one)),
        tuple((one,) for one in sections if _is_folded(one)),
        (*report.older, *(row.round.title for row in rows[1:])),
        older,
    )


def _is_folded(section: Section) -> bool:
    return section.key == COURSE or (section.key.startswith(BY_ROUND) and not section.key.endswith(NEWEST))
