"""A support plan as it goes on paper: the whole, or the action part with lines to sign on."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from kring.documents.plan import PlanPaper, PlanPart
from kring.web.days import spoken_full_day
from kring.web.plans.development.queries import Sheet
from kring.web.plans.models import PlanVersion
from kring.web.schools.models import School
from kring.web.templatetags.opp import FORMS, MOMENTS, help_words, lines_of
from kring.web.templatetags.opp import TEXTS as WORDS

LINE = "……………………………………………………"


def paper_of(sheet: Sheet, version: PlanVersion, school: School, *, on: date, action_part: bool) -> PlanPaper:
    """Of one version; of answers only whose they are who holds the paper is told nothing."""
    body = version.body
    days = " – ".join(spoken_full_day(date.fromisoformat(day)) for day in body["days"][:2])
    number = _("Versie %(n)s van %(day)s") % {"n": version.number, "day": _day(version.made_at)}
    parts = [*_action(body), _signatures()] if action_part else [*_whole(body), *_action(body), *_heard(sheet)]
    title = _("Handelingsdeel") if action_part else _("Ontwikkelingsperspectief")
    foot = _("Voor de school, de ouders en de leerling. Geef dit papier aan niemand anders zonder toestemming.")
    return PlanPaper(f"{title}: {body['title']}", school.name, (str(sheet.plan.pupil), days, number), tuple(parts), on, foot)


def _whole(body: dict[str, object]) -> list[PlanPart]:
    return [PlanPart(one.heading, (), (), one.texts, is_main=True) for one in lines_of(body)]


def _action(body: dict[str, object]) -> list[PlanPart]:
    """The part that asks for everybody's yes."""
    texts, goals = body["texts"], body["goals"]
    assert isinstance(texts, dict)
    assert isinstance(goals, list)
    begin = PlanPart(_("Handelingsdeel: wat er gebeurt"), (), (), ((str(WORDS["guidance"]), str(texts.get("guidance", ""))),), is_main=True)
    return [begin, *(PlanPart(one["text"], tuple(help_words(step) for step in one["help"]), (), _facts(one)) for one in goals)]


def _facts(goal: dict[str, str]) -> tuple[tuple[str, str], ...]:
    day = spoken_full_day(date.fromisoformat(goal["by_on"])) if goal["by_on"] else ""
    own = f"“{goal['own_words']}”" if goal["own_words"] else ""
    return (
        (_("Uiterlijk"), day),
        (_("Zo zien wij het"), goal["measure"]),
        (_("In de gaten gehouden door"), goal["owner"]),
        (_("In eigen woorden"), own),
    )


def _heard(sheet: Sheet) -> list[PlanPart]:
    """What the pupil said, as far as the reader may see it."""
    made = []
    for one in reversed(sheet.hearings):
        moment, form = dict(MOMENTS).get(one.moment, one.moment), dict(FORMS).get(one.form, one.form)  # type: ignore[call-overload]
        pairs = ((_("Gezegd"), one.said), (_("Wat daarmee is gedaan"), one.done_with), (_("Kon niet, omdat"), one.not_because))
        heading = _("De leerling gehoord %(moment)s, op %(day)s (%(form)s)")
        made.append(PlanPart(heading % {"moment": moment, "day": _day(one.heard_at), "form": form}, (), (), pairs))
    return made


def _day(moment: datetime) -> str:
    return spoken_full_day(timezone.localdate(moment))


def _signatures() -> PlanPart:
    """To sign on paper: one line each, so that two parents may each hold an own paper."""
    pairs = ((_("Akkoord of niet akkoord"), LINE), (_("Naam"), LINE), (_("Datum"), LINE), (_("Handtekening"), LINE))
    return PlanPart(
        _("Uw antwoord"), (_("U geeft dit papier terug aan de school. U mag ook antwoorden in Kring."),), (), pairs, is_main=True
    )
