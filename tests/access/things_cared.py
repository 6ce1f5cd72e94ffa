"""A suspicion, worries of pupils, what a teacher needs, absence and a new pupil."""

from datetime import timedelta

from django.db.models import Model
from django.utils import timezone

from kring.core.absences import monday_of
from kring.web.models import (
    AbsencePrompt,
    AbsenceWeek,
    ConcernMessage,
    NewcomerWatch,
    PeerConcern,
    ReportingCodeFile,
    ReportingCodeNote,
    ReportingCodeSeat,
    SupportNeed,
    SupportNeedCoach,
)
from tests.access.people import DAY, SECRET, Town


def cared(town: Town) -> dict[str, Model]:
    return _suspected(town) | _worried(town) | _needed(town) | _absent(town)


def tells_of_care() -> dict[str, str]:
    """What stands in each of them and nowhere else."""
    return {
        "suspicion-noor": f"Blauw{SECRET} van noor",
        "suspicion-called": f"Geroepen{SECRET}",
        "worry-noor": f"Zorg{SECRET} van noor",
        "worry-nameless": f"Zorg{SECRET} zonder naam",
        "need-anna": f"Nodig{SECRET} anna",
    }


def _suspected(town: Town) -> dict[str, Model]:
    beuk, tells, anna, daan = town.cast.beuk, tells_of_care(), town.actors["anna"], town.actors["daan"]
    of_noor = ReportingCodeFile.objects.create(school=beuk, pupil=town.pupils["noor"], opened_by=anna, opened_at=town.now)
    emma = town.actors["emma"]
    called = ReportingCodeFile.objects.create(school=beuk, called=tells["suspicion-called"], opened_by=emma, opened_at=town.now)
    seats = {
        (file, who): ReportingCodeSeat.objects.create(school=beuk, file=file, membership=who, from_at=town.now - DAY)
        for file, who in ((of_noor, anna), (of_noor, daan), (called, emma), (called, daan))
    }
    told = {"school": beuk, "kind": "noted", "source": "Gezien", "seen_at": town.now, "made_at": town.now}
    ReportingCodeNote.objects.create(file=of_noor, author=anna, fact=tells["suspicion-noor"], **told)
    return {"suspicion_noor": of_noor, "suspicion_called": called, "seat_at_suspicion": seats[of_noor, anna]}


def _worried(town: Town) -> dict[str, Model]:
    beuk, tells = town.cast.beuk, tells_of_care()
    asked = {"school": beuk, "asked_at": town.now, "answer_by_on": timezone.localdate(town.now) + DAY}
    of_noor = PeerConcern.objects.create(pupil=town.pupils["noor"], receiver=town.actors["anna"], **asked)
    nameless = PeerConcern.objects.create(receiver=town.actors["vic"], key_hash="0" * 64, **asked)
    for concern, text in ((of_noor, tells["worry-noor"]), (nameless, tells["worry-nameless"])):
        ConcernMessage.objects.create(school=beuk, concern=concern, turn=1, is_of_pupil=True, text=text, sent_at=town.now)
    return {"worry_noor": of_noor, "worry_nameless": nameless}


def _needed(town: Town) -> dict[str, Model]:
    beuk = town.cast.beuk
    need = SupportNeed.objects.create(
        school=beuk, author=town.actors["anna"], text=tells_of_care()["need-anna"], wants="think_along", made_at=town.now
    )
    SupportNeedCoach.objects.create(school=beuk, need=need, membership=town.actors["carla"], from_at=town.now - DAY)
    return {"need_anna": need}


def _absent(town: Town) -> dict[str, Model]:
    beuk, today = town.cast.beuk, timezone.localdate(town.now)
    monday = monday_of(today) - timedelta(weeks=1)
    typed = {"school": beuk, "entered_by": town.actors["anna"], "entered_at": town.now}
    AbsenceWeek.objects.create(pupil=town.pupils["noor"], week_on=monday, hours_not_allowed=16, **typed)
    noticed = {"school": beuk, "rule": "hours", "amount": 16, "counted_to": monday, "noticed_on": today, "look_by_on": today + DAY}
    settled = {"was_reported": True, "reported_on": today, "settled_by": town.actors["anna"], "settled_at": town.now}
    watched = {"started_on": today - 20 * DAY, "talk_from_on": today, "talk_by_on": today + 20 * DAY}
    return {
        "absence_noor": AbsencePrompt.objects.create(pupil=town.pupils["noor"], **noticed),
        "absence_told": AbsencePrompt.objects.create(pupil=town.pupils["sem"], **noticed, **settled),
        "newcomer_noor": NewcomerWatch.objects.create(school=beuk, pupil=town.pupils["noor"], group=town.groups["6a"], **watched),
    }
