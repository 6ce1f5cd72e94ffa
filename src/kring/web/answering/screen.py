"""The screen on which everybody answers: what a page of a seat, a pupil, a guardian or a colleague makes of a list that is asked.

return answer_screen(request, asked(invitation, at=now, until=…, language=request.GET.get("language", "")), Around(...))
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils import translation
from django.utils.translation import gettext as _

from kring.core.school_types import SECONDARY
from kring.web.answering.pages import AnswerPage, ShownItem, ShownList, ShownOption
from kring.web.answering.promise import Reader, counted_only, readers_of, readers_of_choices, records_of_choices
from kring.web.answering.queries import possible_readers
from kring.web.page import hat_label
from kring.web.schools.models import School
from kring.web.sociograms.collecting.queries import Classmate
from kring.web.surveys.models import Invitation, Round

LANGUAGES: Mapping[str, str] = {"nl": "Nederlands", "en": "English"}
MODULES = tuple(f"kring/answering/{name}.js" for name in ("aloud", "outbox", "questions", "sealing", "waiting"))
"""What the script stands on: asked for at once, and not one after the other."""
CHOOSING = "kring/answering/choosing.js"
ASKS: Mapping[str, Round.Asks] = {
    "pupil": Round.Asks.PUPILS,
    "teacher": Round.Asks.TEACHERS,
    "guardian": Round.Asks.GUARDIANS,
    "staff": Round.Asks.STAFF,
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """Somebody whom a pupil may let read what the pupil wrote: the membership, and the name with the function."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around a list. `leave`: where one goes afterwards (with `leave_posts` by a form: then a seat is left).

    `talk`: the page of “ik wil praten”. `name`: the given name, on a tablet that is shared. `about`: of a guardian the child. `reason`: why
    it is asked. `read_back`: where it can be read after it was handed in. `also`: a template put at the foot.
    """

    school: School
    leave: str
    leave_posts: bool = False
    talk: str = ""
    name: str = ""
    about: str = ""
    reason: str = ""
    read_back: str = ""
    readers: Sequence[Chosen] = ()
    also: str = ""


def chosen_from(invitation: Invitation, *, at: datetime) -> list[Chosen]:
    """Whom a pupil may let read what the pupil writes; nobody for a list in which nothing is written, or that has no names."""
    asked = invitation.round.offered
    if asked.anonymous or not any(item.is_open for item in asked.items):
        return []
    return [Chosen(str(one.pk), f"{one.person}, {hat_label(one)}") for one in possible_readers(invitation, at=at)]


def show_list(request: HttpRequest, page: AnswerPage, frame: Frame) -> HttpResponse:
    """The page, in the language of the list where Kring speaks it."""
    spoken = page.list.language if page.list.language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    with translation.override(spoken):
        return render(request, "answering/answer.html", context(page, frame))


def context(page: AnswerPage, frame: Frame) -> dict[str, Any]:
    """Of the template answering/answer.html."""
    asked, asks = page.list, ASKS[page.list.informant]
    is_child = asks is Round.Asks.PUPILS
    return {
        "list": asked,
        "frame": frame,
        "is_child": is_child,
        "is_secondary": frame.school.type in SECONDARY,
        "is_young": is_child and (asked.is_young or any(option.picture for item in asked.items for option in item.options)),
        "readers": told_together(_readers(asked, asks, frame.school.type)),
        "counted": counted_only(records_of_choices(asked.choices)),
        "has_text": any(item.kind == "text" for item in asked.items),
        "languages": [(code, LANGUAGES.get(code, code)) for code in asked.languages if code != asked.language],
        "page": as_json(page, is_child=is_child),
        "words": _words(is_child=is_child) | (_choosing_words() if asked.choices else {}),
        "modules": (*MODULES, *([CHOOSING] if asked.choices else [])),
    }


def _readers(asked: ShownList, asks: Round.Asks, school_type: str) -> tuple[Reader, ...]:
    if asked.choices:
        return readers_of_choices(records_of_choices(asked.choices), school_type=school_type)
    return readers_of(asks, anonymous=asked.anonymous, school_type=school_type)


def told_together(readers: Sequence[Reader]) -> list[tuple[str, str]]:
    """Who, and when: those of whom the same holds on one line."""
    lines: dict[str, list[str]] = {}
    for one in readers:
        lines.setdefault(one.when, []).append(one.who)
    return [(", ".join(who), when) for when, who in lines.items()]


def as_json(page: AnswerPage, *, is_child: bool) -> dict[str, Any]:
    """For the script: the same answers to choose from are written once, for a list has forty questions and a page is to be small."""
    sets: dict[tuple[ShownOption, ...], int] = {}
    items = [_item(one, sets.setdefault(one.options, len(sets))) for one in page.list.items]
    return {
        "ticket": page.ticket,
        "key": page.key,
        "form": "child" if is_child else "adult",
        "language": page.list.language,
        "anonymous": page.list.anonymous,
        "reasons": page.list.reasons,
        "items": items,
        "options": [[_option(one) for one in options] for options in sets],
        "answers": dict(page.answers),
        **({"classmates": [_classmate(one) for one in page.classmates], "young": page.list.is_young} if page.list.choices else {}),
    }


def _item(item: ShownItem, options: int) -> dict[str, Any]:
    told: dict[str, Any] = {"key": item.key, "kind": item.kind, "text": item.text, "options": options}
    told |= {"limit": item.limit} if item.limit else {}
    told |= {"polarity": item.polarity} if item.polarity else {}
    return told | ({"audio": static(item.audio)} if item.audio else {})


def _classmate(one: Classmate) -> dict[str, str]:
    return {"key": one.key, "name": one.name} | ({"photo": one.photo} if one.photo else {})


def _option(option: ShownOption) -> dict[str, Any]:
    return {"code": option.code, "label": option.label} | ({"picture": option.picture} if option.picture else {})


def _words(*, is_child: bool) -> dict[str, str]:
    """What the script itself puts on the screen."""
    held = _("Er is geen verbinding. Doe dit scherm nog niet dicht.")
    return {
        "dont_know": _("Weet ik niet"),
        "not_applicable": _("Past niet bij mij") if is_child else _("Niet van toepassing"),
        "next": _("Volgende"),
        "skip": _("Overslaan"),
        "choose": _("Kies een getal"),
        "takeBack": _("Antwoord weghalen"),
        "place": _("Vraag {n} van {of}"),
        "places": _("Vraag {n} tot en met {m} van {of}"),
        "kept": _("Bewaard"),
        "sending": _("Bezig met bewaren"),
        "later": _("Wordt later verstuurd"),
        "held": held,
        "stuck": _("Eén antwoord is niet aangekomen. Roep je juf, meester of mentor.")
        if is_child
        else _("Eén antwoord is niet aangekomen. Kies het opnieuw, of vraag de school om hulp."),
    }


def _choosing_words() -> dict[str, str]:
    """Of the screen on which classmates are chosen."""
    return {
        "nobody": _("Niemand"),
        "nobodyChosen": _("Je koos: niemand."),
        "chosenOne": _("Je koos 1 naam."),
        "chosenMany": _("Je koos {n} namen."),
        "full": _("Je koos er al {n}. Tik er eerst een weg."),
        "atMost": _("Je mag er {n} kiezen."),
        "tapNames": _("Tik op een naam. Tik nog een keer om die weg te halen."),
        "nobodyLeft": _("Hier staan geen namen meer om te kiezen."),
        "mate": _("Klasgenoot {n} van {of}"),
        "matesDone": _("Je hebt iedereen gehad."),
        "matesAgain": _("Nog een keer langslopen"),
    }
