"""Help from outside: what was asked of an expert about Noor, a report for one named reader, an arrangement, and an offer of the school."""

from datetime import time, timedelta

from django.db.models import Model
from django.utils import timezone

from kring.web.models import (
    Arrangement,
    ConsentItem,
    ConsentRequest,
    ExpertReader,
    ExpertReport,
    ExpertRequest,
    SupportOffer,
    WalkInHour,
)
from tests.access.people import DAY, SECRET, Town


def tells_of_outside() -> dict[str, str]:
    """What stands in each of them and nowhere else."""
    said = {
        "expert-noor": f"Deskundig{SECRET} noor",
        "expert-unnamed": f"Deskundig{SECRET} zonder naam",
        "report-noor": f"Bevond{SECRET} noor",
    }
    return said | {"granted-noor": f"Toegekend{SECRET} noor", "offer-beuk": f"Aanbod{SECRET} beuk"}


def helped(town: Town) -> dict[str, Model]:
    beuk, tells, noor, bram = town.cast.beuk, tells_of_outside(), town.pupils["noor"], town.actors["bram"]
    agreed = town.organisations["agreed"]
    asked = ConsentRequest.objects.get(pupil=noor, recipient=agreed)
    ConsentItem.objects.create(school=beuk, request=asked, record="expertrequest")
    about = {"school": beuk, "pupil": noor, "organisation": agreed, "asked_by": bram, "asked_at": town.now}
    by_on = timezone.localdate(town.now) + timedelta(days=14)
    question = f"{tells['expert-noor']}: hoe helpen wij haar?"
    of_case = {**about, "kind": "observation", "question": question, "by_on": by_on, "case": town.cases["noor"]}
    waiting = ExpertRequest.objects.create(state="asked", **of_case)
    accepted = ExpertRequest.objects.create(state="accepted", answered_at=town.now, **of_case)
    done = ExpertRequest.objects.create(state="reported", answered_at=town.now, reported_at=town.now, **of_case)
    unnamed = {**about, "kind": "consult", "question": f"{tells['expert-unnamed']}: wat werkt er?", "by_on": by_on, "with_name": False}
    ExpertRequest.objects.create(state="asked", **unnamed)
    report = ExpertReport.objects.create(
        school=beuk, request=done, text=tells["report-noor"], written_by=bram, written_at=town.now, forget_at=town.now + 700 * DAY
    )
    reader = ExpertReader.objects.create(
        school=beuk, request=done, membership=town.actors["anna"], named_by=bram, from_at=town.now - DAY, until_at=town.now + 90 * DAY
    )
    today = timezone.localdate(town.now)
    granted = Arrangement.objects.create(
        school=beuk,
        pupil=noor,
        kind="partnership",
        goals=tells["granted-noor"],
        hours=40,
        starts_on=today - 30 * DAY,
        ends_on=today + 90 * DAY,
        entered_by=bram,
        entered_at=town.now,
        edited_at=town.now,
    )
    offer = SupportOffer.objects.create(
        school=beuk,
        cluster="trauma",
        title="Rustige klas",
        text=tells["offer-beuk"],
        contact=town.actors["gabi"],
        places=3,
        from_at=town.now - DAY,
        until_at=town.now + 90 * DAY,
        edited_at=town.now,
    )
    at_noon = {"weekday": 0, "starts_at": time(12), "ends_at": time(13)}
    hour = WalkInHour.objects.create(school=beuk, name="Fatima", profession="JGZ", place="A2", **at_noon)
    made: dict[str, Model] = {"expert_noor": waiting, "expert_accepted": accepted, "expert_reported": done, "expert_report_noor": report}
    return made | {"reader_anna": reader, "arrangement_noor": granted, "offer_beuk": offer, "walk_in_beuk": hour}
