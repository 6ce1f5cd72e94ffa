"""The reports of all pupils of a group with as many questions to the database as for one, and their scores as plain rows."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from kring.core.access import Verb
from kring.core.bands import Band
from kring.documents.reports import GroupReport, PupilReport
from kring.documents.scales import certainty, name_order
from kring.documents.spreadsheets import Plain, Table
from kring.documents.words import band_word, certainty_word, informant_word
from kring.web.access import may
from kring.web.reports.queries import is_drawn, part_of, said_of
from kring.web.results.models import ResultResponse
from kring.web.schools.models import Enrolment, Group, Membership, Pupil, live
from kring.web.schools.naming import group_label
from kring.web.sociograms.models import ListedPupil
from kring.web.sociograms.queries import GroupSociogram, sociograms
from kring.web.surveys.queries import rounds_of_pupils


def pupils_now(actor: Membership, group: Group, *, at: datetime) -> list[Pupil]:
    """Who sits in this group now, by name."""
    sitting = may(actor, Enrolment, Verb.READ).filter(live(at), group=group).values("pupil")
    return sorted(may(actor, Pupil, Verb.READ).filter(pk__in=sitting), key=lambda one: name_order(str(one)))


def pupil_reports(actor: Membership, group: Group, pupils: Sequence[Pupil], *, on: date) -> Iterator[PupilReport]:
    """The report of each of them, as on the page of the pupil, without what a parent said: the other parent may not read that."""
    keys = [one.pk for one in pupils]
    taken, drawn, said = rounds_of_pupils(actor, keys), _sociograms(actor, keys), _said(actor, keys)
    for one in pupils:
        yield PupilReport(
            pupil=str(one.pk),
            group=group_label(group, actor.school),
            made_on=on,
            names={str(one.pk): str(one)},
            school=actor.school.name,
            measurements=tuple(each.measurement for each in taken[str(one.pk)]),
            sociograms=tuple(part_of(each) for each in drawn[one.pk] if is_drawn(each.row)),
            said=tuple(said_of(each, one) for each in said[one.pk]),
        )


def _sociograms(actor: Membership, pupils: Sequence[UUID]) -> Mapping[UUID, list[GroupSociogram]]:
    on_list = list(may(actor, ListedPupil, Verb.READ).filter(pupil__in=pupils).values_list("sociogram_id", "pupil_id"))
    found: dict[UUID, list[GroupSociogram]] = defaultdict(list)
    for one in sociograms(actor, pk__in={row[0] for row in on_list}):
        for pupil in {pupil for key, pupil in on_list if key == one.row.pk}:
            found[pupil].append(one)
    return found


def _said(actor: Membership, pupils: Sequence[UUID]) -> Mapping[UUID, list[ResultResponse]]:
    rows = may(actor, ResultResponse, Verb.READ).filter(profile__pupil__in=pupils, guardian=None)
    found: dict[UUID, list[ResultResponse]] = defaultdict(list)
    for one in rows.select_related("profile__round", "guardian").order_by("-said_at", "pk"):
        found[one.profile.pupil_id].append(one)
    return found


def score_rows(report: GroupReport) -> Table:
    """Every score of a group: a line per pupil, list and area, as far as the page shows them."""
    columns = (
        *(_("Leerling"), _("Lijst"), _("Meetmoment"), _("Ingevuld door")),
        *(_("Gebied"), _("Score"), _("Kleur"), _("Zekerheid"), _("Beantwoorde vragen"), _("Vragen")),
    )
    return Table(_("Scores"), columns, list(_rows(report)))


def _rows(report: GroupReport) -> Iterator[tuple[Plain, ...]]:
    for one in report.measurements:
        pupils = one.results.pupils
        for row in sorted(range(len(pupils)), key=lambda at: name_order(report.names[pupils[at]])):
            for result in one.results.scales:
                found, sure = result.pupil(row), certainty(result, row)
                colour = "" if found.band is Band.NO_SCORE else band_word(found.band)
                certain = "" if sure is None else certainty_word(certain=sure)
                about = (report.names[pupils[row]], one.title, one.wave, informant_word(one.informant), result.scale.title)
                score = None if found.mean is None else round(found.mean, 2)
                yield (*about, score, colour, certain, found.n_valid, found.n_shown)
