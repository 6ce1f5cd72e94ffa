"""What was seen of Noor, of Lot and of 6A, what nobody tied to anybody yet, how it was answered, and the papers with a code."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Model
from django.utils import timezone

from kring.web.models import Signal, SignalAnswer, SignalDoor
from tests.access.people import DAY, SECRET, Town


def seen(town: Town) -> dict[str, Model]:
    door = SignalDoor.objects.create(
        school=town.cast.beuk, name="Kantine", code_hash="0" * 64, made_by=town.actors["bram"], from_at=town.now - DAY
    )
    noor, anna = town.pupils["noor"], town.actors["anna"]
    of_noor = _signal(town, "noor", pupil=noor, author=anna, interpretation=f"Dacht{SECRET} noor")
    said = {"kind": "explain", "judgement": "new", "reason": f"Antwoord{SECRET} noor", "answered_by": anna, "answered_at": town.now}
    SignalAnswer.objects.create(school=town.cast.beuk, signal=of_noor, **said)
    return {
        "door_beuk": door,
        "signal_noor": of_noor,
        "signal_shown": _signal(town, "getoond", pupil=noor, author=anna, shown_to_guardians_at=town.now - timedelta(hours=1)),
        "signal_lot": _signal(town, "lot", pupil=town.pupils["lot"], author=town.actors["carla"]),
        "signal_6a": _signal(town, "6a", group=town.groups["6a"], author=anna),
        "signal_untied": _signal(town, "los", about="Iemand", author=town.actors["emma"]),
        "signal_serious": _signal(town, "ernstig", about="Iemand", door=door, is_serious=True),
    }


def _signal(town: Town, what: str, **more: Any) -> Signal:
    when: dict[str, datetime] = {"seen_at": town.now - DAY, "made_at": town.now - DAY}
    until = timezone.localdate(town.now) + timedelta(days=40)
    return Signal.objects.create(
        school=town.cast.beuk, kind="observation", fact=f"Zag{SECRET} {what}", counts_until_on=until, **when, **more
    )
