"""The proposal in plain words: what is proposed, why, on what it rests, and what it does not mean."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kring.core.decisions import Lacking, Outcome
from kring.documents.figures import percent
from kring.web.days import spoken_number
from kring.web.plans.trials.weighing import Weighed
from kring.web.templatetags.plans import BECAUSE, EFFECTS, OUTCOMES

LACKING: Mapping[Lacking, Promise] = {
    Lacking.EXECUTION: gettext_lazy("hoe vaak het gedaan is"),
    Lacking.EFFECT: gettext_lazy("wat het opleverde: metingen of een niveau"),
    Lacking.PUPIL_VIEW: gettext_lazy("wat de leerling zelf vindt"),
    Lacking.PARENTS_VIEW: gettext_lazy("wat de ouders vinden"),
    Lacking.BASELINE: gettext_lazy("metingen van vóór de start"),
    Lacking.POINTS: gettext_lazy("meer metingen tijdens de hulp"),
    Lacking.WEEKS: gettext_lazy("meer weken"),
    Lacking.BETTER_EXECUTION: gettext_lazy("betere uitvoering"),
    Lacking.START: gettext_lazy("waar de leerling stond bij de start"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """The proposal as the page shows it; `rests_on` are pairs of what and how much."""

    outcome: str
    because: str
    rests_on: tuple[tuple[str, str], ...]
    missing: tuple[str, ...]
    is_not_yet: bool


def proposal_words(weighed: Weighed) -> Said:
    """All of it in words."""
    found, proposed = weighed.evidence, weighed.proposal
    rests_on = (
        (_("Uitgevoerd"), percent(found.fidelity) if found.fidelity is not None else _("niet bekend")),
        (_("Metingen"), _("%(before)s vooraf, %(during)s tijdens") % {"before": found.baseline_points, "during": found.support_points}),
        (_("Verschil met vooraf"), str(EFFECTS[found.effect])),
        (_("Niveau van het doel"), _level(weighed)),
        (_("Laatste drie metingen"), _target(at_target=found.at_target)),
        (_("Weken"), spoken_number(found.weeks)),
        (_("Eerdere besluiten"), spoken_number(len(found.earlier))),
    )
    missing = tuple(str(LACKING[one]) for one in proposed.lacking)
    return Said(str(OUTCOMES[proposed.outcome]), str(BECAUSE[proposed.rule]), rests_on, missing, proposed.outcome is Outcome.NOT_YET)


def _level(weighed: Weighed) -> str:
    if weighed.goals.lowest is None or weighed.evidence.goal_t is None:
        return _("nog niet gekozen, of telt niet mee omdat het te weinig is uitgevoerd")
    return _("zoals verwacht of beter") if weighed.goals.lowest >= 0 else _("nog onder wat u verwachtte")


def _target(*, at_target: bool | None) -> str:
    if at_target is None:
        return _("nog geen drie metingen, of geen doelgetal")
    return _("op het doel") if at_target else _("nog niet op het doel")
