"""Which rows of two entries go to the one that stays, and back again. Nothing is thrown away: what cannot stay as well is kept aside.

Every key to a pupil stands in `KEYS`; a test fails for one that does not.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import ForeignKey, Model, Q

from kring.core.corrections import Moves, moves, overlap
from kring.web.corrections.models import MergedPupil
from kring.web.people.dates import begins
from kring.web.safety.models import SafetyCard
from kring.web.schools.models import Enrolment, Pupil
from kring.web.surveys.family.intake import ask_again, withdraw_refused
from kring.web.surveys.models import Invitation, Round, Submission

Senses = Mapping[UUID, Collection[object]]
Trace = dict[str, Any]
NONE: Collection[object] = ()
STAYS = "stays"
"""Of the trace of an earlier merge: it says what was, and stays with the entry it is about."""


def _by(*columns: str) -> Callable[[list[Model], list[Model]], tuple[Senses, Senses]]:
    """A pupil has one row for each value of these columns."""

    def senses(staying: list[Model], going: list[Model]) -> tuple[Senses, Senses]:
        return tuple({row.pk: [tuple(str(getattr(row, one)) for one in columns)] for row in rows} for rows in (staying, going))  # type: ignore[return-value]

    return senses


def _as_it_is(staying: list[Model], going: list[Model]) -> tuple[Senses, Senses]:
    """As many rows as one likes."""
    return {row.pk: NONE for row in staying}, {row.pk: NONE for row in going}


def _at_one_time(staying: list[Any], going: list[Any]) -> tuple[Senses, Senses]:
    """In one group at a time: a stay clashes with every stay that it overlaps."""
    here = {row.pk: [row.pk] for row in staying}
    there = {row.pk: [one.pk for one in staying if overlap((row.from_at, row.until_at), (one.from_at, one.until_at))] for row in going}
    return here, there


def _not_in_one_picture(staying: list[Any], going: list[Any]) -> tuple[Senses, Senses]:
    """Of a sociogram in which both stand, nothing moves: the picture stays as the class made it."""
    of_both = {row.sociogram_id for row in staying if row._meta.model_name == "listedpupil"}
    here = {sociogram: [str(sociogram)] for sociogram in of_both}
    return here, {row.pk: [str(row.sociogram_id)] for row in going}


KEYS: Mapping[str, Callable[[list[Any], list[Any]], tuple[Senses, Senses]] | str] = {
    "pupil.merged_into": _as_it_is,  # a number of long ago keeps pointing
    "guardianship.pupil": _by("guardian_id"),
    "enrolment.pupil": _at_one_time,
    "case.pupil": _as_it_is,
    "consentrequest.pupil": _as_it_is,
    "legalground.pupil": _as_it_is,
    "invitation.pupil": _by("round_id"),
    "guardianinvitation.pupil": _by("round_id", "guardian_id"),
    "objection.pupil": _as_it_is,
    "externalscore.pupil": _by("file_id", "scale_id"),
    "safetycard.pupil": _by("school_id"),
    "breakglass.pupil": _as_it_is,
    "listedpupil.pupil": _not_in_one_picture,
    "nomination.chooser": _not_in_one_picture,
    "nomination.chosen": _not_in_one_picture,
    "rating.rater": _not_in_one_picture,
    "rating.rated": _not_in_one_picture,
    "bullyingreport.pupil": _not_in_one_picture,
    "bullyingname.victim": _not_in_one_picture,
    "bullyingname.named": _not_in_one_picture,
    "predictedpupil.pupil": _by("prediction_id"),
    "photo.pupil": _by("school_id"),
    "composedpupil.pupil": _by("composition_id"),
    "placewish.pupil": _as_it_is,
    "placewish.other": _as_it_is,
    "buddies.pupil": _not_in_one_picture,
    "buddies.other": _not_in_one_picture,
    "task.pupil": _as_it_is,
    "pupilkey.pupil": _by("kind"),
    "seat.pupil": _by("sitting"),
    "talkrequest.pupil": _as_it_is,
    "scaleprofile.pupil": _by("round_id"),
    "direction.pupil": _by("round_id", "group_id", "scale", "entry"),
    "handover.pupil": _by("year_id"),
    "movedlist.pupil": _as_it_is,
    "movedlist.to_pupil": _as_it_is,
    "signal.pupil": _as_it_is,
    "peerconcern.pupil": _as_it_is,
    "reportingcodefile.pupil": _as_it_is,
    "absenceweek.pupil": _by("week_on"),
    "absenceprompt.pupil": _by("rule", "counted_to"),
    "newcomerwatch.pupil": _by("group_id"),
    "newcomerwatch.buddy": _as_it_is,
    "gathering.pupil": _as_it_is,
    "gatheringseat.pupil": _as_it_is,
    "discussedpupil.pupil": _by("gathering_id"),
    "trustedadult.pupil": _as_it_is,
    "understanding.pupil": _as_it_is,
    "voice.pupil": _as_it_is,
    "factor.pupil": _as_it_is,
    "plan.pupil": _as_it_is,
    "clusteredpupil.pupil": _by("cluster_id"),
    "hearing.pupil": _as_it_is,
    "planagreement.pupil": _as_it_is,
    "functionanalysis.pupil": _as_it_is,
    "checkincard.pupil": _as_it_is,
    "arrangement.pupil": _as_it_is,
    "trainingplace.pupil": _by("training_id"),
    "parenttelling.pupil": _as_it_is,
    "expertrequest.pupil": _as_it_is,
    "pupilattention.pupil": _by("school_id"),
    "mergedpupil.pupil": STAYS,
    "mergedpupil.gone": STAYS,
}


def keys_to_pupil() -> list[str]:
    """Every key to a pupil that there is."""
    return [f"{one.related_model._meta.model_name}.{one.field.name}" for one in Pupil._meta.related_objects]


def bring_over(stays: Pupil, goes: Pupil, *, group_of_going: bool, lists_of_going: Collection[UUID], at: datetime) -> Trace:
    """Everything of the one to the other; what this answers is all that `take_back` needs. `lists_of_going` are rounds."""
    trace: Trace = {}
    trace["lists"] = _lists(stays, goes, lists_of_going)
    trace["cards"] = _cards(stays, goes)
    listed = list(stays.listed.all())
    for key, senses in KEYS.items():
        if not callable(senses):
            continue
        field, rows = _field(key), _rows(key)
        staying = listed if senses is _not_in_one_picture else list(rows(stays))
        here, there = senses(staying, list(rows(goes)))
        found = moves(here, there, prefers_going=_preferred(key, here, group_of_going=group_of_going))
        trace[key] = _moved(field, found, stays, goes)
    trace["refused"] = [str(key) for key in withdraw_refused(pupil=stays, at=at)]
    trace["ended"] = _end_stays(goes, at)
    return trace


def _end_stays(goes: Pupil, at: datetime) -> list[tuple[str, str | None]]:
    """Who is no pupil of their own any more, sits nowhere from this moment; with the end that each stay had."""
    ended = list(Enrolment.objects.filter(Q(until_at=None) | Q(until_at__gt=at), pupil=goes).order_by("pk"))
    told = [(str(one.pk), one.until_at.isoformat() if one.until_at else None) for one in ended]
    for one in ended:
        one.until_at = max(at, one.from_at + timedelta(microseconds=1))
    Enrolment.objects.bulk_update(ended, ["until_at"])
    return told


def _preferred(key: str, here: Senses, *, group_of_going: bool) -> Collection[object]:
    return [sense for senses in here.values() for sense in senses] if key == "enrolment.pupil" and group_of_going else ()


def _field(key: str) -> "ForeignKey[Any, Any]":
    model, _dot, name = key.partition(".")
    field = apps.get_model("kring", model)._meta.get_field(name)
    assert isinstance(field, ForeignKey)
    return field


def _rows(key: str) -> Callable[[Pupil], Iterable[Model]]:
    field = _field(key)
    return lambda pupil: field.model._default_manager.filter(**{field.name: pupil}).order_by("pk")


def _moved(field: "ForeignKey[Any, Any]", found: Moves, stays: Pupil, goes: Pupil) -> dict[str, list[str]]:
    _point(field, found.away, goes)
    _point(field, found.here, stays)
    named = {"here": found.here, "away": found.away, "aside": found.aside}
    return {name: [str(key) for key in keys] for name, keys in named.items() if keys}


def _point(field: "ForeignKey[Any, Any]", keys: Iterable[object], pupil: Pupil) -> int:
    return field.model._default_manager.filter(pk__in=list(keys)).update(**{field.name: pupil})


def _lists(stays: Pupil, goes: Pupil, of_going: Collection[UUID]) -> list[list[str]]:
    """In a round that asked both: the list that came in, or of two the one that was chosen, stands with the pupil who stays."""
    done = []
    here = {one.round_id: one for one in Invitation.objects.filter(pupil=stays).select_related("round") if _has_lists(one.round)}
    for one in Invitation.objects.filter(pupil=goes, round__in=here):
        mine, theirs = (Submission.objects.filter(invitation=each).first() for each in (here[one.round_id], one))
        if theirs and (mine is None or one.round_id in of_going):
            exchange(mine, theirs, to=here[one.round_id])
            done.append([str(here[one.round_id].pk), str(one.pk)])
    return done


def _has_lists(round: Round) -> bool:
    """A sociogram has none: who took part in it stands with its picture."""
    return bool(round.offered.scales)


def exchange(mine: Submission | None, theirs: Submission, *, to: Invitation) -> None:
    """Put this list there; when a list stands there already, both change places by what is in them: a place holds one list."""
    if mine is None:
        theirs.invitation = to
        theirs.save(update_fields=["invitation"])
        return
    mine.answers, theirs.answers = theirs.answers, mine.answers
    mine.submitted_at, theirs.submitted_at = theirs.submitted_at, mine.submitted_at
    Submission.objects.bulk_update([mine, theirs], ["answers", "submitted_at"])


def _cards(stays: Pupil, goes: Pupil) -> list[str]:
    """An empty card makes way for one with a text."""
    mine, theirs = (SafetyCard.objects.filter(pupil=one).first() for one in (stays, goes))
    if mine is None or theirs is None or not theirs.text:
        return []
    _exchange_cards(mine, theirs)
    return [str(mine.pk), str(theirs.pk)]


def _exchange_cards(one: SafetyCard, other: SafetyCard) -> None:
    columns = ["text", "version", "updated_at", "updated_by_id"]
    for column in columns:
        mine, theirs = getattr(one, column), getattr(other, column)
        setattr(one, column, theirs)
        setattr(other, column, mine)
    SafetyCard.objects.bulk_update([one, other], [column.removesuffix("_id") for column in columns])


def take_back(merge: MergedPupil, *, at: datetime) -> bool:
    """Everything where it was. False when a row is not where the merge put it: then nothing may be kept of this."""
    whole = True
    for key, until in merge.moved["ended"]:
        stay = Enrolment.objects.select_related("group__year").get(pk=key)
        Enrolment.objects.filter(pk=key).update(until_at=datetime.fromisoformat(until) if until else _over(stay, merge.merged_at, at))
    for key, senses in KEYS.items():
        if callable(senses):
            whole &= _back(_field(key), merge.moved.get(key, {}), merge)
    ask_again([UUID(key) for key in merge.moved.get("refused", ())], at=at)
    for to, away in merge.moved["lists"]:
        whole &= _lists_back(to, away)
    if merge.moved["cards"]:
        one, other = (SafetyCard.objects.get(pk=key) for key in merge.moved["cards"])
        _exchange_cards(one, other)
    return whole


def _over(stay: Enrolment, since: datetime, at: datetime) -> datetime | None:
    """When the year went by meanwhile, nobody sits in its groups any more."""
    last = begins(stay.group.year.ends_on + timedelta(days=1))
    return last if since < last <= at else None


def _back(field: "ForeignKey[Any, Any]", moved: Mapping[str, list[str]], merge: MergedPupil) -> bool:
    here, away = moved.get("here", []), moved.get("away", [])
    rows = field.model._default_manager
    there = (
        rows.filter(pk__in=here, **{field.name: merge.pupil_id}).count() + rows.filter(pk__in=away, **{field.name: merge.gone_id}).count()
    )
    _point(field, here, merge.gone)
    _point(field, away, merge.pupil)
    return there == len(here) + len(away)


def _lists_back(to: str, away: str) -> bool:
    mine, theirs = (Submission.objects.filter(invitation=UUID(key)).first() for key in (to, away))
    if mine is None:
        return False
    exchange(theirs, mine, to=Invitation.objects.get(pk=away))
    return True
