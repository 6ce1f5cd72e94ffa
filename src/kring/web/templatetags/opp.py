"""The words of the support plan, and how a version of it is read; for templates after `{% load opp %}`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kring.core import development_plans as rules
from kring.core.development_plans import Course, Destination, Executor, HearingForm, Moment, Part
from kring.web.days import spoken_full_day
from kring.web.templatetags.plans import WHERE

register = template.Library()

PARTS: Mapping[Part, Promise] = {
    Part.NEEDS: _("Drie vragen vooraf"),
    Part.PICTURE: _("Integratief beeld"),
    Part.DESTINATION: _("Waar de leerling naartoe werkt"),
    Part.FACTORS: _("Wat helpt en wat hindert"),
    Part.GUIDANCE: _("De begeleiding"),
    Part.DEVIATIONS: _("Wat anders gaat dan in de klas"),
    Part.HOME: _("Overleg met de ouders"),
    Part.PERIOD: _("Dagen, laag en wet"),
}
TEXTS: Mapping[str, Promise] = {
    "pupil_needs": _("Wat heeft deze leerling nodig?"),
    "teacher_needs": _("Wat heeft de leerkracht nodig om dat te kunnen doen?"),
    "school_needs": _("Wat heeft de school nodig?"),
    "picture": _("Hoe zien wij deze leerling nu, alles bij elkaar?"),
    "destination": _("Verwachte uitstroombestemming"),
    "destination_because": _("Waarom verwachten wij dat?"),
    "promoting": _("Wat helpt (bevorderende factoren)"),
    "hindering": _("Wat hindert (belemmerende factoren)"),
    "guidance": _("Welke begeleiding krijgt de leerling?"),
    "deviations": _("Waarin wijkt het onderwijs af van het programma van de klas?"),
    "guardians_said": _("Wat vinden de ouders, en wat is daarmee gedaan?"),
    "goals": _("Doelen en hulp"),
    "days": _("Dagen"),
}
HINTS: Mapping[str, Promise] = {
    "picture": _(
        "Een samenvatting in uw eigen woorden, hooguit een halve bladzijde. Wat elders al staat, kiest u hieronder: dan is het een link."
    ),
    "deviations": _("Gaat er niets anders? Schrijf dat dan op."),
    "guidance": _(
        "Dit hoort bij het handelingsdeel. Daar moeten de ouders mee instemmen. De doelen en de uren staan op de bladzijde van het plan."
    ),
    "destination_because": _("Noem wat helpt en wat hindert alleen kort: dat krijgt hierna een eigen deel."),
}
DESTINATIONS: Mapping[Destination, Promise] = {
    Destination.PRACTICAL: _("praktijkonderwijs"),
    Destination.VMBO_BASIC: _("vmbo basis of kader"),
    Destination.VMBO_MIDDLE: _("vmbo gemengd"),
    Destination.VMBO_THEORETICAL: _("vmbo theoretisch (mavo)"),
    Destination.HAVO: _("havo"),
    Destination.VWO: _("vwo"),
    Destination.SPECIAL_SECONDARY: _("voortgezet speciaal onderwijs"),
    Destination.MBO: _("mbo"),
    Destination.HIGHER: _("hbo of universiteit"),
    Destination.WORK: _("werk"),
    Destination.DAY_ACTIVITIES: _("dagbesteding"),
}
MOMENTS: Mapping[Moment, Promise] = {
    Moment.DRAFT: _("bij het opstellen"),
    Moment.CHANGE: _("bij een verandering"),
    Moment.EVALUATION: _("bij de evaluatie"),
}
FORMS: Mapping[HearingForm, Promise] = {
    HearingForm.TALK: _("gesprek"),
    HearingForm.DRAWING: _("tekening of foto’s"),
    HearingForm.LIST: _("vragenlijst"),
    HearingForm.WRITTEN: _("zelf geschreven"),
    HearingForm.LOOKING: _("kijken naar wat de leerling laat zien"),
}
EXECUTORS: Mapping[Executor, Promise] = {
    Executor.TEACHER: _("leerkracht of mentor"),
    Executor.EXPERT_IN_SCHOOL: _("deskundige van de school"),
    Executor.EXPERT_OUTSIDE: _("deskundige van buiten"),
    Executor.FAMILY: _("gezin"),
}
COURSES: Mapping[Course, Promise] = {
    Course.CONTINUE: _("Doorgaan zoals het is"),
    Course.ADAPT: _("Doorgaan en aanpassen"),
    Course.FADE_OUT: _("Afbouwen naar lichtere hulp"),
    Course.OTHER_SETTING: _("Zwaarder, op een andere plek"),
}
METHODS: Mapping[str, Promise] = {
    "account": _("in de eigen account"),
    "paper": _("op papier, met handtekening"),
    "talk": _("in een gesprek"),
    "mail": _("per brief of e-mail"),
}


def text_words(name: str, text: str) -> str:
    """A text of a plan as it is read: of the destination its words."""
    return str(DESTINATIONS[Destination(text)]) if name == "destination" and text else text


def kept_help(step: Any) -> dict[str, str]:
    """Who does what, where and for how long, as a version keeps it."""
    hours = "" if step.hours is None else f"{step.hours:.1f}"
    return {"text": step.text, "executor": step.executor, "kind": step.executor_kind, "where": step.where, "hours": hours}


@dataclass(frozen=True, slots=True)
class Lines:
    """A part of a version: its heading, and its texts with their own heading."""

    heading: str
    texts: tuple[tuple[str, str], ...]


@register.filter
def lines_of(body: Mapping[str, Any]) -> list[Lines]:
    """What was written, part by part; the goals stand apart."""
    made = []
    for part, names in rules.TEXTS.items():
        texts = tuple((str(TEXTS[name]), text_words(name, body["texts"].get(name, ""))) for name in names if body["texts"].get(name))
        made += [Lines(str(PARTS[part]), texts)] if texts else []
    return made


@register.filter
def help_words(one: Mapping[str, str]) -> str:
    """Who does what, where, and how long."""
    where = str(dict(WHERE).get(one["where"], one["where"]))
    kind = str(EXECUTORS[Executor(one["kind"])]) if one["kind"] else ""
    who = f"{one['executor']} ({kind})" if kind else one["executor"]
    hours = gettext("%(hours)s uur per week") % {"hours": one["hours"].replace(".", ",")} if one["hours"] else ""
    return ", ".join(part for part in (one["text"], who, where, hours) if part)


@register.filter
def step_words(step: Any) -> str:
    """The same of what stands in the plan now."""
    return help_words(kept_help(step))


@register.filter
def moment_words(moment: str) -> str:
    """At which moment somebody was heard."""
    return str(MOMENTS[Moment(moment)])


@register.filter
def form_words(form: str) -> str:
    """How somebody was heard."""
    return str(FORMS[HearingForm(form)])


@register.filter
def course_words(course: str) -> str:
    """What was decided."""
    return str(COURSES[Course(course)])


@register.filter
def method_words(method: str) -> str:
    """How somebody answered."""
    return str(METHODS.get(method, method))


@register.filter
def kept_day(day: str) -> str:
    """A day as a version keeps it."""
    return spoken_full_day(date.fromisoformat(day))


@register.filter
def checked_on(checked: Mapping[str, str] | None, day: date) -> str:
    """What was written about a day in between."""
    return (checked or {}).get(day.isoformat(), "")
