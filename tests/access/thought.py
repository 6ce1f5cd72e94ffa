"""What was thought about Noor and about 6A: half on the way and settled, with words of hers, of Els and of the school, and what weighs."""

from datetime import timedelta

from django.db.models import Model
from django.utils import timezone

from kring.web.models import Factor, Guardian, Understanding, UnderstandingSource, Voice
from tests.access.people import DAY, SECRET, Town


def understood(town: Town) -> dict[str, Model]:
    """Open about Noor, settled about Sem, open about the class of both."""
    anna, noor, about = town.actors["anna"], town.pupils["noor"], {"school": town.cast.beuk}
    by = {"made_by": anna, "made_at": town.now - DAY, "edited_by": anna, "edited_at": town.now - DAY}
    found = Understanding.objects.create(**about, pupil=noor, goes_well=f"Gedacht{SECRET} noor", **by)
    settled = Understanding.objects.create(**about, pupil=town.pupils["sem"], goes_well="Gaat goed.", settled_at=town.now - DAY, **by)
    of_class = Understanding.objects.create(**about, group=town.groups["6a"], goes_well=f"Gedacht{SECRET} klas", **by)
    carla = {**by, "made_by": town.actors["carla"], "edited_by": town.actors["carla"]}
    whole = {"goes_well": "Lacht.", "in_pupil": "Stil.", "in_surroundings": "Druk.", "needs": "Lot heeft nodig dat iemand wacht."}
    ready = Understanding.objects.create(**about, pupil=town.pupils["lot"], **whole, **carla)
    for kind in ("colleague", "pupil"):
        said = {"words": f"Van {kind}", "says_on": timezone.localdate(town.now)}
        UnderstandingSource.objects.create(**about, understanding=ready, kind=kind, **said)
    told = {"kind": "colleague", "words": f"Hoorde{SECRET} iets", "says_on": timezone.localdate(town.now)}
    UnderstandingSource.objects.create(**about, understanding=found, **told)
    return {
        "understanding_noor": found,
        "understanding_sem": settled,
        "understanding_lot": ready,
        "understanding_6a": of_class,
        **_voices(town, found),
        **_factors(town),
    }


def _voices(town: Town, found: Understanding) -> dict[str, Model]:
    els = Guardian.objects.get(school=town.cast.beuk, person=town.actors["els"].person)
    asked = {"school": town.cast.beuk, "pupil": town.pupils["noor"], "understanding": found, "asked_by": town.actors["anna"]}
    when = {"asked_at": town.now - DAY, "written_at": town.now - DAY}
    return {
        "voice_noor": Voice.objects.create(**asked, **when, whose="pupil", overview=f"Zelf{SECRET} noor"),
        "voice_els": Voice.objects.create(**asked, **when, whose="guardian", guardian=els, overview=f"Zelf{SECRET} els"),
        "voice_school": Voice.objects.create(
            **asked, **when, whose="school", overview=f"Zelf{SECRET} school", written_down_by=town.actors["anna"]
        ),
    }


def _factors(town: Town) -> dict[str, Model]:
    row = {"school": town.cast.beuk, "pupil": town.pupils["noor"], "side": "surroundings", "source": "Van thuis"}
    until = {"review_on": timezone.localdate(town.now) + timedelta(days=90), "author": town.actors["anna"], "made_at": town.now - DAY}
    protects = Factor.objects.create(**row, **until, protects=True, text=f"Beschermt{SECRET} noor")
    weighs = Factor.objects.create(**row, **until, protects=False, beside=protects, text=f"Weegt{SECRET} noor")
    return {"factor_noor": protects, "factor_weighs": weighs}
