"""Talks about Noor, to come and held, one about Sem that was shown at home, a review of 6A, and whom Sem trusts."""

from datetime import timedelta
from typing import Any

from django.db.models import Model

from kring.web.models import Agreement, DiscussedPupil, Gathering, GatheringSeat, TalkReport, TrustedAdult
from tests.access.people import DAY, SECRET, Town


def talked(town: Town) -> dict[str, Model]:
    noor, sem, anna = town.pupils["noor"], town.pupils["sem"], town.actors["anna"]
    to_come = _talk(town, pupil=noor, preparation={"goal": [True, f"Bereidt{SECRET} voor"]})
    held = _talk(town, pupil=noor, held_at=town.now - DAY)
    yesterday = {"shown_to_pupil_at": town.now - DAY, "shown_to_guardians_at": town.now - DAY}
    shown = _talk(town, pupil=sem, held_at=town.now - DAY, **yesterday)
    review = _talk(town, group=town.groups["6a"], kind="group_review", last_plan="Ging goed genoeg", about_class="Rust in de groep")
    discussed = _discussed(town, review, discussed_at=town.now, decision="act", reason=f"Besloten{SECRET} noor")
    return {
        "gathering_open": to_come,
        "gathering_held": held,
        "gathering_shown": shown,
        "report_noor": _report(town, held, "noor"),
        "report_sem": _report(town, shown, "sem", **yesterday),
        "agreement_noor": Agreement.objects.create(school=town.cast.beuk, gathering=held, text="Elke week praten", who="juf"),
        "review_6a": review,
        "discussed_noor": discussed,
        "trusted_sem": TrustedAdult.objects.create(
            school=town.cast.beuk, pupil=sem, membership=town.actors["emma"], asked_by=anna, is_pupils_choice=True, from_at=town.now - DAY
        ),
    }


def _talk(town: Town, **more: Any) -> Gathering:
    about = {"kind": "guardian_talk", "purpose": "Hoe het gaat", "planned_at": town.now - timedelta(hours=1), **more}
    made = {"made_by": town.actors["anna"], "made_at": town.now - DAY, "edited_at": town.now - DAY}
    row = Gathering.objects.create(school=town.cast.beuk, **about, **made)
    GatheringSeat.objects.create(school=town.cast.beuk, gathering=row, membership=town.actors["anna"], came=True)
    return row


def _report(town: Town, row: Gathering, name: str, **more: Any) -> TalkReport:
    moments = {"made_at": town.now - DAY, "edited_at": town.now - DAY, **more}
    said = {"text": f"Sprak{SECRET} {name}", "pupil_words": "Ik wil meedoen"}
    return TalkReport.objects.create(school=town.cast.beuk, gathering=row, author=town.actors["anna"], **said, **moments)


def _discussed(town: Town, review: Gathering, **more: Any) -> DiscussedPupil:
    return DiscussedPupil.objects.create(school=town.cast.beuk, gathering=review, pupil=town.pupils["noor"], because=["top"], **more)


def talk_form(on: str) -> dict[str, Any]:
    """A talk with the pupil, as it is filled in."""
    return {"kind": "pupil_talk", "purpose": "Even bijpraten", "day": on, "clock": "11:00", "with_pupil": "on", "bridge_kind": "none"} | {
        "guardians": [],
        "colleagues": [],
        "others": "",
        "first_with": "",
        "first_why": "",
        "bridge": "",
    }


def review_form(on: str, pupil: Model) -> dict[str, Any]:
    """A review of one pupil."""
    return {"day": on, "clock": "11:00", "pupils": [str(pupil.pk)], "colleagues": []}


def read_at(row: Model) -> str:
    """The moment that a form carries."""
    moment = getattr(row, "edited_at")  # noqa: B009  the model of any row
    return str(moment.isoformat())
