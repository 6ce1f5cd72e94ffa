"""What the steps are called, what to have at hand for them, and which events belong to them."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kring.core.set_up import Step


@dataclass(frozen=True, slots=True)
class StepWords:
    """How a step is told; `minutes` is how long it usually takes."""

    title: Promise
    what: Promise
    at_hand: Promise
    action: Promise
    minutes: int


WORDS: Mapping[Step, StepWords] = {
    Step.SCHOOL: StepWords(
        _("Bestuur en school"),
        _("De naam, het soort onderwijs en waar de school bij hoort."),
        _("De gemeente, de vakantieregio en de naam van het samenwerkingsverband."),
        _("School beschrijven"),
        2,
    ),
    Step.YEAR: StepWords(
        _("Schooljaar"),
        _("De eerste en de laatste dag van dit schooljaar."),
        _("Niets: Kring stelt 1 augustus tot en met 31 juli voor."),
        _("Schooljaar maken"),
        1,
    ),
    Step.HOLIDAYS: StepWords(
        _("Vakanties en studiedagen"),
        _("Kring zet de vakanties van uw regio klaar; u voegt de studiedagen toe."),
        _("De schoolgids."),
        _("Vakanties nakijken"),
        3,
    ),
    Step.GROUPS: StepWords(
        _("Groepen"),
        _("De groepen of klassen van dit jaar, ook combinatiegroepen."),
        _("De namen van de groepen en hun leerjaren. Ze mogen ook met de leerlingen mee komen."),
        _("Groepen maken"),
        3,
    ),
    Step.PUPILS: StepWords(
        _("Leerlingen"),
        _("Alle leerlingen in één keer, uit een bestand van uw leerlingadministratie."),
        _("Het bestand: Excel of CSV, met naam, leerlingnummer en groep."),
        _("Leerlingen inlezen"),
        5,
    ),
    Step.STAFF: StepWords(
        _("Medewerkers en hun groepen"),
        _("Wie werkt hier in welke rol, en wie geeft welke groep les."),
        _("Een lijst van collega's met hun rol. Sommige rollen keurt de schoolleider goed."),
        _("Rollen geven"),
        5,
    ),
    Step.LETTERS: StepWords(
        _("Uitnodigingen"),
        _("Iedere collega krijgt een brief met een eigen code. E-mail is er niet voor nodig."),
        _("Een printer."),
        _("Brieven maken"),
        2,
    ),
    Step.FIRST_ROUND: StepWords(
        _("Eerste afname"),
        _("Kies een vragenlijst, de groepen en de dagen waarop er wordt ingevuld."),
        _("De weken waarin het past."),
        _("Afname openen"),
        2,
    ),
}

STEP_OF_EVENT: Mapping[str, Step] = {
    **dict.fromkeys(("school.changed", "regional_terms.made"), Step.SCHOOL),
    **dict.fromkeys(("school_year.made", "school_year.changed", "school_year.removed"), Step.YEAR),
    **dict.fromkeys(("holiday.copied", "holiday.added", "holiday.changed", "holiday.removed"), Step.HOLIDAYS),
    **dict.fromkeys(("groups.made", "group.changed", "group.ended", "bundle.made"), Step.GROUPS),
    **dict.fromkeys(("roster_file.checked", "roster_file.decided", "roster_file.asked", "roster_file.applied"), Step.PUPILS),
    **dict.fromkeys(("role.proposed", "role.approved", "role_file.applied", "group.given", "group.taken"), Step.STAFF),
    **dict.fromkeys(("account.invited", "accounts.invited", "letter.made"), Step.LETTERS),
    "round.opened": Step.FIRST_ROUND,
}
