"""What happened around one pupil, from every source, each through its own rights: a source that one may not read has no rows.

Never from what is restricted: the reporting code, concerns of pupils, consultations, needs of teachers, emergency access.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from itertools import groupby

from django.utils import timezone
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from kring.core.access import FAMILY, Role, Verb
from kring.web.absences.models import AbsencePrompt
from kring.web.access import may
from kring.web.days import spoken_number
from kring.web.external_results.models import ExternalScore
from kring.web.gatherings.models import DiscussedPupil, Gathering, TalkReport, TalkResponse
from kring.web.models import Handover
from kring.web.newcomers.models import NewcomerWatch
from kring.web.plans.models import Evaluation, Plan
from kring.web.results.models import CriticalReading, Direction, ResultResponse, ScaleProfile
from kring.web.schools.models import Membership, Pupil
from kring.web.signals.models import Signal, SignalAnswer
from kring.web.sociograms.models import ListedPupil
from kring.web.surveys.models import GuardianList, Round, Submission
from kring.web.timeline.items import Item, Kind, Source
from kring.web.understanding.models import Understanding, Voice

SHORT = 240
Asked = Callable[[Membership, Pupil, datetime], Iterator[Item]]


def timeline(actor: Membership, pupil: Pupil, *, at: datetime) -> list[Item]:
    """The newest first; as many questions to the database for one thing as for a thousand."""
    found = [item for source in SOURCES_OF for item in source(actor, pupil, at)]
    return sorted(found, key=lambda item: (-item.on.toordinal(), item.kind, item.title))


def _day(moment: datetime) -> date:
    return timezone.localdate(moment)


def _short(text: str) -> str:
    return Truncator(text).chars(SHORT)


def _is_family(actor: Membership) -> bool:
    return Role(actor.role) in FAMILY


def _talks(actor: Membership, pupil: Pupil, at: datetime) -> Iterator[Item]:
    is_family = _is_family(actor)
    for row in may(actor, Gathering, Verb.READ, at=at).filter(pupil=pupil, called_off_at=None):
        title = capfirst(f"{row.get_kind_display()}: {row.purpose}")
        yield Item(Kind.TALK, Source.SCHOOL, _day(row.held_at or row.planned_at), title, "", "" if is_family else "gathering", row.pk)


def _reports(actor: Membership, pupil: Pupil, at: datetime) -> Iterator[Item]:
    rows = may(actor, TalkReport, Verb.READ, at=at).filter(gathering__pupil=pupil).select_related("gathering")
    for row in rows:
        on = _day(row.gathering.held_at or row.made_at)
        route, key = ("my_report", row.pk) if _is_family(actor) else ("gathering", row.gathering_id)
        yield Item(Kind.TALK, Source.SCHOOL, on, _("Verslag van een gesprek"), _short(row.text), route, key)
        if row.pupil_words:
            title = _("%(name)s zei zelf") % {"name": pupil.given_name}
            yield Item(Kind.TALK, Source.PUPIL, on, title, _short(row.pupil_words), route, key)


def _answers_from_home(actor: Membership, pupil: Pupil, at: datetime) -> Iterator[Item]:
    rows = may(actor, TalkResponse, Verb.READ, at=at).filter(report__gathering__pupil=pupil).select_related("guardian", "report")
    for row in rows:
        source = Source.HOME if row.guardian_id else Source.PUPIL
        title = _("Over een verslag: dit klopt") if row.is_right else _("Over een verslag: er moet iets bij")
        route, key = ("my_report", row.report_id) if _is_family(actor) else ("gathering", row.report.gathering_id)
        yield Item(Kind.TALK, source, _day(row.said_at), title, _short(row.text), route, key)


def _discussed(actor: Membership, pupil: Pupil, at: datetime) -> Iterator[Item]:
    rows = may(actor, DiscussedPupil, Verb.READ, at=at).filter(pupil=pupil, discussed_at__isnull=False)
    for row in rows:
        assert row.discussed_at is not None
        title = _("Besproken in de groepsbespreking: %(decision)s") % {"decision": row.get_decision_display()}
        yield Item(Kind.TALK, Source.SCHOOL, _day(row.discussed_at), title, _short(row.reason), "review_pupil", row.pk)


def _signals(actor: Membership, pupil: Pupil, at: datetime) -> Iterator[Item]:
    """At home what happened, and not from whom the school has it: a child may have told."""
    is_family = _is_family(actor)
    for row in may(actor, Signal, Verb.READ, at=at).filter(pupil=pupil):
        source = Source.PUPIL if row.heard == Signal.Heard.TOLD and not is_family else Source.SCHOOL
        title = _("Wat school zag") if is_family else capfirst(row.get_kind_display())
        yield Item(Kind.SIGNAL, source, _day(row.seen_at), title, _short(row.fact), "" if is_family else "signal", row.pk)


def _answered(actor: Membership, pupil: Pupil, at: datetime) -> Iterator[Item]:
    for row in may(actor, SignalAnswer, Verb.READ, at=at).filter(signal__pupil=pupil):
        title = _("Antwoord op een signaal: %(answer)s") % {"answer": row.get_kind_display()}
        yield Item(Kind.SIGNAL, Source.SCHOOL, _day(row.answered_at), title, _short(row.reason), "signal", row.signal_id)


def _lists(actor: Membership, pupil: Pupil, at: datetime) -> Iterator[Item]:
    """What came in, once its round is closed: in an open round nobody sees anything."""
    rows = may(actor, Submission, Verb.READ, at=at).filter(invitation__pupil=pupil, invitation__round__closed_at__lte=at)
    for row in rows.select_related("invitation__round").only("submitted_at", "invitation__round__title", "invitation__round__asks"):
        asked = row.invitation.round
        of_pupil = asked.asks == Round.Asks.PUPILS
        title = _("Zelf ingevuld: %(title)s") if of_pupil else _("Ingevuld door de leerkracht: %(title)s")
        source = Source.PUPIL if of_pupil else Source.SCHOOL
        route = "" if _is_family(actor) else "pupil_answers"
        yield Item(Kind.LIST, source, _day(row.submitted_at), title % {"title": asked.title}, "", route, row.invitation_id)


def _lists_from_home(actor: Membership, pupil: Pupil, at: datetime) -> Iterator[Item]:
    rows = may(actor, GuardianList, Verb.READ, at=at).filter(guardian_invitation__pupil=pupil)
    chosen = ("submitted_at", "guardian_invitation__round__title", "guardian_invitation__guardian__given_name")
    for row in rows.select_related("guardian_invitation__round", "guardian_invitation__guardian").only(*chosen):
        asked = row.guardian_invitation
        title = _("Thuis ingevuld door %(who)s: %(title)s") % {"who": asked.guardian.given_name, "title": asked.round.title}
        route = "" if _is_family(actor) else "guardian_answers"
        yield Item(Kind.LIST, Source.HOME, _day(row.submitted_at), title, "", route, asked.pk)


def _shown_results(actor: Membership, pupil: Pupil, at: datetime) -> Iterator[Item]:
    for row in may(actor, ScaleProfile, Verb.READ, at=at).filter(pupil=pupil).select_related("round").defer("lines"):
        moments = [moment for moment in (row.shown_to_pupil_at, row.shown_to_guardians_at) if moment]
        if moments:
            title = _("Uitslag besproken: %(title)s") % {"title": row.round.title}
            yield Item(Kind.LIST, Source.SCHOOL, _day(min(moments)), title, "", "my_result" if _is_family(actor) else "", row.pk)


def _responses(actor: Membership, pupil: Pupil, at: datetime) -> Iterator[Item]:
    for row in may(actor, ResultResponse, Verb.READ, at=at).filter(profile__pupil=pupil):
        source = Source.HOME if row.guardian_id else Source.PUPIL
        yield Item(Kind.LIST, source, _day(row.said_at), _("Over een uitslag gezegd"), _short(row.text))


def _readings(actor: Membership, pupil: Pupil, at: datetime) -> Iterator[Item]:
    rows = may(actor, CriticalReading, Verb.READ, at=at).filter(invitation__pupil=pupil).select_related("invitation__round")
    for row in rows:
        title = _("Kritisch gelezen: %(title)s") % {"title": row.invitation.round.title}
        yield Item(Kind.LIST, Source.SCHOOL, _day(row.read_at), title, "", "pupil_answers", row.invitation_id)


def _directions(actor: Membership, pupil: Pupil, at: datetime) -> Iterator[Item]:
    for row in may(actor, Direction, Verb.READ, at=at).filter(pupil=pupil):
        title = _("Richting gekozen bij een uitslag") if row.is_taken else _("Richting niet gekozen")
        yield Item(Kind.LIST, Source.SCHOOL, _day(row.chosen_at), title, _short(row.reason))


def _sociograms(actor: Membership, pupil: Pupil, at: datetime) -> Iterator[Item]:
    """How often somebody was chosen, once it is closed; who chose stays in the sociogram."""
    rows = may(actor, ListedPupil, Verb.READ, at=at).filter(pupil=pupil, received__isnull=False).select_related("sociogram__round")
    for row in rows.defer("sociogram__figures", "sociogram__sureness"):
        asked, chosen, mutual = row.sociogram.round, row.received or 0, row.mutual or 0
        said = _("%(chosen)s keer gekozen, %(mutual)s keer wederzijds.") % {"chosen": chosen, "mutual": mutual}
        yield Item(Kind.SOCIOGRAM, Source.CLASSMATES, _day(asked.closed_at or at), asked.title, said, "sociogram", row.sociogram_id)


def _scores(actor: Membership, pupil: Pupil, at: datetime) -> Iterator[Item]:
    rows = may(actor, ExternalScore, Verb.READ, at=at).filter(pupil=pupil).select_related("scale")
    ordered = sorted(rows, key=lambda row: (row.measured_on, row.scale.title, row.scale.name))
    for (on, title), same in groupby(ordered, key=lambda row: (row.measured_on, row.scale.title)):
        said = ", ".join(f"{row.scale.name} {spoken_number(row.value)}" for row in same)
        yield Item(Kind.SCORE, Source.OUTSIDE, on, title, _short(said))


def _absences(actor: Membership, pupil: Pupil, at: datetime) -> Iterator[Item]:
    for row in may(actor, AbsencePrompt, Verb.READ, at=at).filter(pupil=pupil):
        yield Item(Kind.ABSENCE, Source.SCHOOL, row.noticed_on, _("Verzuim om na te kijken"), "", "absence_prompt", row.pk)


def _newcomer(actor: Membership, pupil: Pupil, at: datetime) -> Iterator[Item]:
    for row in may(actor, NewcomerWatch, Verb.READ, at=at).filter(pupil=pupil):
        yield Item(Kind.START, Source.SCHOOL, row.started_on, _("Nieuw in de groep: extra gevolgd"), _short(row.ended_with))


def _handovers(actor: Membership, pupil: Pupil, at: datetime) -> Iterator[Item]:
    for row in may(actor, Handover, Verb.READ, at=at).filter(pupil=pupil):
        yield Item(Kind.START, Source.SCHOOL, _day(row.written_at), _("Warme overdracht: wat werkt"), _short(row.works))


def _understandings(actor: Membership, pupil: Pupil, at: datetime) -> Iterator[Item]:
    for row in may(actor, Understanding, Verb.READ, at=at).filter(pupil=pupil):
        title = _("Samen begrijpen wat er aan de hand is")
        yield Item(Kind.UNDERSTANDING, Source.SCHOOL, _day(row.made_at), title, _short(row.goes_well), "understanding", row.pk)


def _voices(actor: Membership, pupil: Pupil, at: datetime) -> Iterator[Item]:
    for row in may(actor, Voice, Verb.READ, at=at).filter(pupil=pupil, written_at__isnull=False):
        assert row.written_at is not None
        title = _("Hoe het gaat, in eigen woorden: %(whose)s") % {"whose": row.get_whose_display()}
        source = Source.HOME if row.guardian_id else Source.PUPIL if row.whose == "pupil" else Source.SCHOOL
        route = "my_voice" if _is_family(actor) else "voice"
        yield Item(Kind.UNDERSTANDING, source, _day(row.written_at), title, _short(row.overview), route, row.pk)


def _plans(actor: Membership, pupil: Pupil, at: datetime) -> Iterator[Item]:
    for row in may(actor, Plan, Verb.READ, at=at).filter(pupil=pupil).defer("parts"):
        title = capfirst(f"{row.get_kind_display()}: {row.title}")
        is_trial = row.kind == Plan.Kind.TRIAL and not _is_family(actor)
        route = "development_plan" if row.kind == Plan.Kind.DEVELOPMENT else "trial" if is_trial else ""
        said = _("Staat nu op: %(state)s.") % {"state": row.get_state_display()}
        yield Item(Kind.PLAN, Source.SCHOOL, row.starts_on or _day(row.made_at), title, said, route, row.pk)


def _evaluations(actor: Membership, pupil: Pupil, at: datetime) -> Iterator[Item]:
    """At home without why: that the school wrote for itself, and the page of the plan at home does not say it either."""
    rows = may(actor, Evaluation, Verb.READ, at=at).filter(plan__pupil=pupil).select_related("plan")
    for row in rows:
        title = _("Geëvalueerd: %(title)s") % {"title": row.plan.title}
        yield Item(Kind.PLAN, Source.SCHOOL, _day(row.evaluated_at), title, "" if _is_family(actor) else _short(row.reason))
        if row.pupil_words:
            said = _("%(name)s over het plan") % {"name": pupil.given_name}
            yield Item(Kind.PLAN, Source.PUPIL, _day(row.evaluated_at), said, _short(row.pupil_words))


SOURCES_OF: tuple[Asked, ...] = (
    _talks,
    _reports,
    _answers_from_home,
    _discussed,
    _signals,
    _answered,
    _lists,
    _lists_from_home,
    _shown_results,
    _responses,
    _readings,
    _directions,
    _sociograms,
    _scores,
    _absences,
    _newcomer,
    _handovers,
    _understandings,
    _voices,
    _plans,
    _evaluations,
)
