"""What a class may see of its own choices, and what to talk about: numbers of all together, no name, no place, nothing of a few."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kring.core.class_year import ClassPhase
from kring.core.sociometry import ClassTalk

YOUNG = 5  # up to this year of school a class talks in shorter questions
SECONDARY_FROM = 9


def board_lines(talk: ClassTalk) -> Iterator[str]:
    """Sentences for the board, to pupils; what holds not for all is left out, and nothing says that it was."""
    yield ngettext("%(n)d kind uit onze klas deed mee.", "%(n)d kinderen uit onze klas deden mee.", talk.n_valid) % {"n": talk.n_valid}
    if talk.choices is not None:
        yield _("Samen kozen we %(n)d keer een klasgenoot.") % {"n": talk.choices}
    if talk.per_pupil is not None:
        yield ngettext("Dat is ongeveer %(n)d naam per kind.", "Dat zijn ongeveer %(n)d namen per kind.", talk.per_pupil) % {
            "n": talk.per_pupil
        }
    if talk.pairs is not None:
        yield _("%(n)d keer kozen twee kinderen elkaar.") % {"n": talk.pairs}
    if talk.all_chosen:
        yield _("Iedereen is gekozen.")
    if talk.all_mutual:
        yield _("Iedereen koos iemand die ook terugkoos.")


def board_questions(year_levels: tuple[int, ...]) -> tuple[str, ...]:
    """To talk about together; none of them asks for a name."""
    if year_levels and max(year_levels) <= YOUNG:
        return (
            _("Wat maakt het fijn om met iemand te spelen?"),
            _("Hoe vraag je of je mee mag doen?"),
            _("Wat zeg je als iemand alleen staat?"),
            _("Wat kunnen wij morgen samen doen?"),
        )
    if year_levels and min(year_levels) >= SECONDARY_FROM:
        return (
            _("Wanneer voel je je in deze klas op je gemak?"),
            _("Wat maakt het makkelijk of moeilijk om iets te zeggen dat anders is dan de rest?"),
            _("Hoe merk je dat iemand graag mee wil doen, en wat kun je dan doen?"),
            _("Welke ene afspraak zou deze klas beter maken?"),
        )
    return (
        _("Wat doen klasgenoten waardoor jij je hier fijn voelt?"),
        _("Hoe zorgen we dat je ook eens werkt met iemand met wie je nog niet werkte?"),
        _("Wat kun je doen als je ziet dat iemand niet meedoet?"),
        _("Wat willen we als klas de komende maand proberen?"),
    )


def phase_words(phase: ClassPhase) -> tuple[str, str]:
    """What this part of the year is called, and what a class is busy with."""
    return {
        ClassPhase.BEGINNING: (
            _("Beginnen"),
            _("De klas leert elkaar kennen. Het gaat nu om namen, afspraken en veel samen doen."),
        ),
        ClassPhase.FINDING_PLACES: (
            _("Een plek zoeken"),
            _("Kinderen zoeken wie bij wie hoort. Wissel vaak van plek en van groepje, zodat niemand buiten valt."),
        ),
        ClassPhase.TOGETHER: (_("Samen werken"), _("De plekken zijn bekend. Geef de klas iets waar ze elkaar echt bij nodig hebben.")),
        ClassPhase.GOODBYE: (
            _("Afscheid nemen"),
            _("Kijk terug op wat goed ging, en let op kinderen voor wie afscheid zwaar is."),
        ),
    }[phase]
