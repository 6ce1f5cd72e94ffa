"""A training of remi with Noor, a confidential one, what Noor said to Anna about her parents, and a step after often being ill."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from kring.core.absences import monday_of
from kring.web.models import AbsencePrompt, AbsenceStep, ParentTelling, Training, TrainingPlace, TrainingSession
from tests.access.people import DAY, SECRET, Town


def tells_of_trainings() -> dict[str, str]:
    """What stands in each of them and nowhere else."""
    return {"training-open": f"Durft{SECRET} noor", "training-closed": f"Mist{SECRET} noor", "telling-noor": f"Vertelt{SECRET} noor"}


def trained(town: Town) -> dict[str, Any]:
    beuk, noor, anna, tells = town.cast.beuk, town.pupils["noor"], town.actors["anna"], tells_of_trainings()
    today = timezone.localdate(town.now)
    open_one, closed = _training(town, open_at=town.now - DAY), _training(town, topic="grief")
    places = {
        what: TrainingPlace.objects.create(school=beuk, training=of, pupil=noor, goal=goal, added_by=town.actors["bram"], added_at=town.now)
        for what, of, goal in (("open", open_one, tells["training-open"]), ("closed", closed, tells["training-closed"]))
    }
    said = {"card": "zelfbeschadiging", "talked_on": today, "said": "together", "note": tells["telling-noor"], "made_at": town.now}
    return {
        "training_open": open_one,
        "training_closed": closed,
        "training_place_open": places["open"],
        "training_place_closed": places["closed"],
        "training_session": TrainingSession.objects.create(school=beuk, training=open_one, day=today),
        "telling_noor": ParentTelling.objects.create(school=beuk, pupil=noor, author=anna, **said),
        "absence_ill": (ill := _often_ill(town)),
        "absence_step_sem": _step(town, ill),
        "step_one": 1,
        "card_of_fear": "faalangst",
    }


def _training(town: Town, **more: Any) -> Training:
    today = timezone.localdate(town.now)
    days = {"starts_on": today - timedelta(days=1), "ends_on": today + timedelta(days=60)}
    by = {"trainer": town.actors["remi"], "made_by": town.actors["bram"], "made_at": town.now, "edited_at": town.now}
    return Training.objects.create(school=town.cast.beuk, title="Samen oefenen", most=8, **days, **by, **{"topic": "social_skills", **more})


def _often_ill(town: Town) -> AbsencePrompt:
    today = timezone.localdate(town.now)
    noticed = {"counted_to": monday_of(today), "noticed_on": today, "look_by_on": today + DAY}
    return AbsencePrompt.objects.create(school=town.cast.beuk, pupil=town.pupils["sem"], rule="sick_reports", amount=4, **noticed)


def _step(town: Town, ill: AbsencePrompt) -> AbsenceStep:
    by = {"owner": town.actors["anna"], "made_by": town.actors["anna"], "made_at": town.now}
    return AbsenceStep.objects.create(school=town.cast.beuk, prompt=ill, kind="talk", due_on=timezone.localdate(town.now), **by)
