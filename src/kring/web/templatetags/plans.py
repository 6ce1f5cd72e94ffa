"""For templates, after `{% load plans %}`: {{ evaluation.decision|outcome }}, {{ proposal.rule|because }}, {{ step.where|where }},
{% url plan|page_of_plan actor.pk plan.pk %}, {{ one.phase|phase_word:actor.school.phase_names }}.
"""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kring.core.decisions import Outcome, Rule
from kring.core.deepening import Level
from kring.core.phases import Phase, PhaseNames
from kring.core.plans import Kind
from kring.core.small_trials import Where
from kring.core.trials import Effect
from kring.documents.figures import percent

register = template.Library()

WHERE = (
    (Where.CLASS.value, _("in de klas")),
    (Where.PLAYGROUND.value, _("op het plein")),
    (Where.HOME.value, _("thuis")),
    (Where.APART.value, _("apart, buiten de klas")),
)
LEVELS: Mapping[Level, Promise] = {
    Level.PUPIL: _("leerling"),
    Level.GROUP: _("groep"),
    Level.STAFF_SCHOOL: _("leerkracht en school"),
    Level.FAMILY: _("gezin"),
}
PHASES: Mapping[PhaseNames, tuple[Promise, ...]] = {
    PhaseNames.SIGNAL: (_("signaleren"), _("begrijpen"), _("plannen"), _("evalueren")),
    PhaseNames.OBSERVE: (_("waarnemen"), _("begrijpen"), _("plannen"), _("realiseren")),
}
OUTCOMES: Mapping[Outcome, Any] = {
    Outcome.FADE_OUT: _("Afbouwen"),
    Outcome.CONTINUE: _("Voortzetten zoals het is"),
    Outcome.CONTINUE_WORKABLE: _("Voortzetten met een plan dat uitvoerbaar is"),
    Outcome.ADAPT: _("Aanpassen en voortzetten"),
    Outcome.DEEPEN: _("Verdiepen: samen met leerling en ouders verder kijken"),
    Outcome.NOT_YET: _("Nog niet te zeggen: later opnieuw kijken"),
}
EFFECTS: Mapping[Effect, Promise] = {
    Effect.UNKNOWN: _("te weinig metingen om iets te zeggen"),
    Effect.NONE: _("klein of geen verschil met vooraf"),
    Effect.MODERATE: _("middelmatig verschil met vooraf"),
    Effect.LARGE: _("groot verschil met vooraf"),
}
BECAUSE: Mapping[Rule, Promise] = {
    Rule.DANGER: _("Er is nieuw gevaar, of het gaat duidelijk slechter. Dan wacht u niet."),
    Rule.NOT_CARRIED_OUT: _("Het is voor minder dan 60 procent uitgevoerd. Over het effect valt daarom niets te zeggen."),
    Rule.GOAL_REACHED: _("Het doel is bereikt, de laatste drie metingen ook, en niemand heeft bezwaar."),
    Rule.PROGRESS: _("Het gaat vooruit, maar het doel is nog niet vast bereikt."),
    Rule.NO_PROGRESS: _("Het is goed en lang genoeg uitgevoerd, en er is geen vooruitgang te zien."),
    Rule.TOO_LITTLE_KNOWN: _("Er is nog te weinig bekend om iets voor te stellen."),
}


@register.filter
def outcome(decision: str) -> str:
    """What people decided, in words."""
    return str(OUTCOMES[Outcome(decision)])


@register.filter
def because(rule: str) -> str:
    """Why that was proposed."""
    return str(BECAUSE[Rule(rule)])


@register.filter
def level_words(level: str) -> str:
    """Whose change it is."""
    return str(LEVELS[Level(level)])


register.filter("percent", percent)


@register.filter
def effect_words(effect: str) -> str:
    """How large the difference with before is."""
    return str(EFFECTS[Effect(effect)])


@register.filter
def where(place: str) -> str:
    """Where a step is done; of older plans in their own words."""
    return str(dict(WHERE).get(place, place))


@register.filter
def phase_word(phase: str, names: str) -> str:
    """What the school calls it."""
    return str(PHASES[PhaseNames(names)][list(Phase).index(Phase(phase))])


@register.filter
def page_of_plan(plan: object) -> str:
    """The name of the page on which a plan is read."""
    return {Kind.DEEPENED: "deepened", Kind.DEVELOPMENT: "development_plan"}.get(Kind(getattr(plan, "kind", Kind.TRIAL)), "trial")
