"""What a group of pupils needs who have it hard on a scale, in words that say nothing is wrong with them; a start, to be rewritten."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NEEDS: Mapping[str, Promise] = {
    "wellbeing": _("elke dag een moment waarop het op school fijn is"),
    "belonging": _("erbij horen: vaste klasgenoten om mee te werken en te spelen"),
    "relating": _("oefenen met samen spelen en werken, met iemand erbij"),
    "teacher_support": _("een leerkracht die elke dag even tijd maakt"),
    "task_approach": _("werk in kleine stukken, en vooraf weten wat er komt"),
    "confidence": _("taken die lukken, en horen wat goed gaat"),
    "internalising": _("rust, veiligheid en iemand die vraagt hoe het gaat"),
    "externalising": _("duidelijke verwachtingen, en vooraf weten wat er mag"),
    "feelings": _("woorden voor gevoelens, en een plek om rustig te worden"),
}
OTHERWISE = _("extra hulp bij %(scale)s")


def need_of(scale: str, title: str) -> str:
    """The sentence to begin with."""
    return str(NEEDS[scale]) if scale in NEEDS else OTHERWISE % {"scale": title.lower()}
