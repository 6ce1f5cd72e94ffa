"""The proposal in plain words: what is proposed, why, on what it rests, and what it does not mean."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kring.core.change import Change, decisions
from kring.core.decisions import CLEARLY_WORSE, MAYBE_BETTER, Lacking, Outcome
from kring.core.instruments import Informant
from kring.core.since_start import GREAT_WORRY
from kring.documents.figures import percent
from kring.documents.words import change_word, informant_word
from kring.web.days import spoken_full_day, spoken_number
from kring.web.plans.trials.around import Around
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
        (_("Lijsten vóór en na de start"), lists_words(found.rci)),
        (_("Signalen sinds de start"), spoken_number(len(weighed.around.seen))),
        (_("Nieuw gevaar"), _danger(weighed)),
        (_("Weken"), spoken_number(found.weeks)),
        (_("Eerdere besluiten"), spoken_number(len(found.earlier))),
    )
    missing = tuple(str(LACKING[one]) for one in proposed.lacking)
    return Said(str(OUTCOMES[proposed.outcome]), str(BECAUSE[proposed.rule]), rests_on, missing, proposed.outcome is Outcome.NOT_YET)


def _level(weighed: Weighed) -> str:
    if weighed.goals.lowest is None or weighed.evidence.goal_t is None:
        return _("nog niet gekozen, of telt niet mee omdat het te weinig is uitgevoerd")
    return _("zoals verwacht of beter") if weighed.goals.lowest >= 0 else _("nog onder wat u verwachtte")


def lists_words(rci: tuple[float, ...]) -> str:
    """How many scales were compared with before, and how many of them moved beyond the error of measurement."""
    if not rci:
        return _("niets te vergelijken")
    better, worse = sum(one >= MAYBE_BETTER for one in rci), sum(one <= CLEARLY_WORSE for one in rci)
    said = _("%(n)s gebieden vergeleken: %(better)s gunstiger dan de meetfout, %(worse)s duidelijk minder gunstig")
    return said % {"n": spoken_number(len(rci)), "better": spoken_number(better), "worse": spoken_number(worse)}


def _danger(weighed: Weighed) -> str:
    if weighed.around.is_danger:
        return _("ja: er kwam een signaal met grote zorg")
    return _("ja: u vinkte het aan") if weighed.evidence.danger else _("nee")


@dataclass(frozen=True, slots=True)
class Beside:
    """The lists around the start, scale by scale, and how many signals came since."""

    changes: tuple[tuple[str, str, str, str], ...]
    signals: int
    worries: int


def beside_words(found: Around) -> Beside:
    """As the page shows it before anybody judges."""
    said = tuple(
        (one.title, informant_word(Informant(one.informant)), spoken_full_day(one.after_on), _change(one.rci)) for one in found.changes
    )
    return Beside(said, len(found.seen), sum(one.worry >= GREAT_WORRY for one in found.seen))


def _change(rci: float | None) -> str:
    if rci is None:
        return _("de meetfout is niet bekend")
    code = Change(int(decisions(np.array([rci]))[0]))
    return change_word(code)


def _target(*, at_target: bool | None) -> str:
    if at_target is None:
        return _("nog geen drie metingen, of geen doelgetal")
    return _("op het doel") if at_target else _("nog niet op het doel")
