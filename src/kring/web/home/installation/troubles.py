"""What is not well with the installation, each in a sentence or two that say what to do."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kring.web.days import spoken_number
from kring.web.home.installation.queries import Installation
from kring.web.mail.words import TROUBLE
from kring.web.schema import Schema


@dataclass(frozen=True, slots=True)
class Trouble:
    """One sentence or two; `can_wait` when others see it too and can do something themselves."""

    said: str
    can_wait: bool


def troubles(state: Installation) -> list[Trouble]:
    """The worst first; none when all is well."""
    return [Trouble(said, trouble in {_failed, _leapt}) for trouble in TROUBLES if (said := trouble(state))]


def _room(state: Installation) -> str:
    if state.room.is_enough:
        return ""
    free = spoken_number(state.room.free_gigabytes)
    if state.room.is_nearly_gone:
        return _(
            "De schijf is bijna vol: nog %(free)s GB. Is de schijf vol, dan kan niemand meer iets bewaren. Maak nu ruimte: gooi op de "
            "server oude reservekopieën weg, of neem een grotere schijf."
        ) % {"free": free}
    return _("Er is nog maar %(free)s GB vrij op de schijf. Maak ruimte, anders kan Kring straks niets meer bewaren.") % {"free": free}


def _flush(state: Installation) -> str:
    if state.database.is_safe:
        return ""
    return _(
        "De database bewaart niet zoals het hoort: een antwoord kan verloren gaan als de stroom uitvalt. Stop Kring en kijk de "
        "instellingen na."
    )


def _schema(state: Installation) -> str:
    if state.database.schema is Schema.OURS:
        return ""
    return _(
        "De tabellen in de database passen niet bij deze versie van Kring. Stop Kring, maak een reservekopie en voer ./kring upgrade uit."
    )


def _schedule(state: Installation) -> str:
    if not state.schedule_is_gone:
        return ""
    return _(
        "De planning draait niet: er gaat geen post uit, en er wordt niets opgeruimd. Start Kring opnieuw met ./kring serve. Gebeurt "
        "het weer, kijk dan in het serverlogboek wat erboven staat."
    )


def _worker(state: Installation) -> str:
    if not state.worker_is_gone:
        return ""
    return _(
        "De achtergrondwerker draait niet: rapporten die mensen vragen, blijven wachten. Start Kring opnieuw met ./kring serve. Gebeurt "
        "het weer, kijk dan in het serverlogboek wat erboven staat."
    )


def _hangs(state: Installation) -> str:
    if not state.queue.hangs:
        return ""
    return _("Een taak op de achtergrond is al langer dan een uur bezig. Start Kring opnieuw; de taak begint dan zo nodig vanzelf opnieuw.")


def _chores(state: Installation) -> str:
    late = [chore for chore in state.chores if chore.is_late or (chore.broke_on and not chore.waits)]
    if not late or state.schedule_is_gone:  # then that is what to do first
        return ""
    return ngettext(
        "Een onderdeel van de planning is niet gelukt of te laat; hieronder staat welk. Kring probeert het vanzelf opnieuw. Blijft het zo, "
        "kijk dan in het serverlogboek.",
        "%(count)s onderdelen van de planning zijn niet gelukt of te laat; hieronder staat welke. Kring probeert het vanzelf opnieuw. "
        "Blijft het zo, kijk dan in het serverlogboek.",
        len(late),
    ) % {"count": len(late)}


def _leapt(state: Installation) -> str:
    if not any(chore.waits for chore in state.chores):
        return ""
    return _(
        "De planning stond meer dan een dag stil, of de klok van de server sprong vooruit. Kring gooit daarom een dag lang niets weg. Kijk "
        "of de klok goed staat; zo niet, zet hem dan gelijk: timedatectl set-ntp true"
    )


def _mail(state: Installation) -> str:
    return str(TROUBLE[state.mail.trouble]) if state.mail.trouble else ""


def _clock(state: Installation) -> str:
    if not state.clock_differs:
        return ""
    return _(
        "De klok van de server en die van de database schelen %(seconds)s seconden. Zet op beide machines de tijd gelijk (NTP), anders "
        "kloppen tijden in het logboek niet."
    ) % {"seconds": state.clock_differs}


def _failed(state: Installation) -> str:
    if not state.queue.failed:
        return ""
    return ngettext(
        "%(count)s taak op de achtergrond is deze week niet gelukt. De maker ervan ziet dat en kan het opnieuw proberen.",
        "%(count)s taken op de achtergrond zijn deze week niet gelukt. De makers ervan zien dat en kunnen het opnieuw proberen.",
        state.queue.failed,
    ) % {"count": state.queue.failed}


def _back_up(state: Installation) -> str:
    if state.backed_up_at is not None:
        return ""
    return _(
        "Er is nog geen reservekopie. Maak er elke dag een met de middelen van uw server: van de gegevensmap en van de database. Bewaar "
        "die op een andere machine."
    )


TROUBLES: tuple[Callable[[Installation], str], ...] = (
    *(_room, _flush, _schema, _schedule, _worker, _hangs, _chores, _leapt, _mail, _clock, _failed, _back_up),
)
