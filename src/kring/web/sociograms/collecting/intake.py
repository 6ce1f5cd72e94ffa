"""The door through which choices come in, and the moment at which the list is frozen and counted.

Nothing of it can be read before the round is closed (web/access.py). What is handed in goes by question: what somebody adds later takes the
place of the answer to that question, and of nothing else.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from kring.core.choosing import Choices, Named, choices_of
from kring.core.instruments import Instrument, Question, QuestionKind
from kring.core.sociometry import Edge, Frequency, Nominations, Participation, Sufficiency, class_card_of, nominations_from, sociogram
from kring.core.sociometry.questions_counted import counts_of_points, counts_of_question
from kring.core.sociometry.skipping import TookPart, answering
from kring.web.schools.models import Pupil
from kring.web.sociograms.bullying.intake import figures_of as bullying_figures_of
from kring.web.sociograms.bullying.intake import forget_reports, report
from kring.web.sociograms.collecting.queries import on_list
from kring.web.sociograms.models import BullyingName, BullyingReport, ListedPupil, Nomination, Rating, Sociogram
from kring.web.surveys.models import Invitation, Round, Submission

COUNTED = ("received", "given", "mutual", "unfavourable")
PARTS = {QuestionKind.BULLIED_BY: BullyingName.Part.BULLIES, QuestionKind.HELPED_BY: BullyingName.Part.HELPS}


# ---- handed in --------------------------------------------------------------------------------------------------


def keep_choices(asked: Invitation, answers: Mapping[str, Any], turns: Mapping[str, int]) -> None:
    """Keep what this pupil answers to these questions; what was answered before to the others stays. Its round is held.

    `turns`: when each was answered. Raises NotAClassmate; then nothing is kept.
    """
    kept, _ = Sociogram.objects.get_or_create(school_id=asked.school_id, round_id=asked.round_id, group_id=asked.group_id)
    submission = getattr(asked, "submission", None)
    before, told = (_before(kept, asked, submission), submission.turns) if submission else ({}, {})
    answered = {**before, **_who_is_meant(answers)}
    found = choices_of(asked.round.offered, str(asked.pupil_id), _listed(asked), answered, {**told, **turns})
    _forget_named(kept, asked.pupil_id)
    _write(kept, asked.pupil_id, found)
    ListedPupil.objects.update_or_create(
        school_id=asked.school_id,
        sociogram=kept,
        pupil_id=asked.pupil_id,
        defaults={"participation": found.participation.value, "skipped": list(found.skipped), **dict.fromkeys(COUNTED)},
    )


def _listed(asked: Invitation) -> dict[str, bool]:
    """Everybody who ever was asked in this group, and whether that is so still."""
    there = set(on_list(asked.round_id, asked.group_id).values_list("pupil_id", flat=True))
    ever = Invitation.objects.filter(round=asked.round_id, group=asked.group_id).values_list("pupil_id", flat=True)
    return {str(pupil): pupil in there for pupil in ever}


def _who_is_meant(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Who was entered twice has one key: a page that was open meanwhile sends the other."""
    keys = {key for value in answers.values() for key in _named_in(value)}
    merged = Pupil.objects.filter(pk__in=keys, merged_into__isnull=False).values_list("pk", "merged_into")
    other = {str(gone): str(stays) for gone, stays in merged}
    return {question: _renamed(value, other) for question, value in answers.items()} if other else dict(answers)


def _named_in(value: Any) -> Iterable[str]:
    return [key for part in value.values() for key in part] if isinstance(value, Mapping) else ()


def _renamed(value: Any, other: Mapping[str, str]) -> Any:
    if not isinstance(value, Mapping):
        return value
    if "who" in value:
        return {"who": sorted({other.get(key, key) for key in value["who"]})}
    return {"points": {other.get(key, key): points for key, points in value["points"].items()}}


def _before(kept: Sociogram, asked: Invitation, submission: Submission) -> dict[str, Any]:
    """What this pupil handed in before, in the form in which it was sent; “niemand” of what was answered without a name."""
    rows = ListedPupil.objects.filter(sociogram=kept, pupil=asked.pupil_id)
    skipped = {key for one in rows.values_list("skipped", flat=True) for key in one}
    told: dict[str, Any] = {}
    named: dict[str, list[str]] = {}
    for question, chosen in Nomination.objects.filter(sociogram=kept, chooser=asked.pupil_id).values_list("question", "chosen_id"):
        named.setdefault(question, []).append(str(chosen))
    parts = dict(_bullying_names(kept, asked.pupil_id))
    for one in asked.round.offered.questions:
        if one.key in skipped or one.key not in submission.turns:
            continue
        if one.asks_names:
            told[one.key] = {"who": sorted(parts.get(PARTS[one.kind], []) if one.kind in PARTS else named.get(one.key, []))}
        else:
            told[one.key] = _numbers(kept, asked.pupil_id, one)
    return told


def _bullying_names(kept: Sociogram, pupil: UUID) -> Iterable[tuple[BullyingName.Part, list[str]]]:
    for part in BullyingName.Part:
        rows = BullyingName.objects.filter(sociogram=kept, victim=pupil, part=part)
        yield part, [str(named) for named in rows.values_list("named_id", flat=True)]


def _numbers(kept: Sociogram, pupil: UUID, question: Question) -> Any:
    if question.kind is QuestionKind.FREQUENCY:
        told = BullyingReport.objects.filter(sociogram=kept, pupil=pupil).values_list("frequency", flat=True).first()
        return None if told is None else list(Frequency).index(Frequency(told)) + 1
    rows = Rating.objects.filter(sociogram=kept, rater=pupil, question=question.key)
    return {"points": {str(rated): points for rated, points in rows.values_list("rated_id", "points")}}


def _forget(kept: Sociogram, pupil: UUID) -> None:
    _forget_named(kept, pupil)
    forget_reports(BullyingReport.objects.filter(sociogram=kept, pupil=pupil))


def _forget_named(kept: Sociogram, pupil: UUID) -> None:
    Nomination.objects.filter(sociogram=kept, chooser=pupil).delete()
    Rating.objects.filter(sociogram=kept, rater=pupil).delete()
    BullyingName.objects.filter(sociogram=kept, victim=pupil).delete()


def _write(kept: Sociogram, pupil: UUID, found: Choices) -> None:
    of_it = {"school_id": kept.school_id, "sociogram": kept}
    chosen = [one for one in found.named if one.question.kind not in PARTS]
    Nomination.objects.bulk_create(Nomination(**of_it, chooser_id=pupil, **_nomination(one)) for one in chosen)
    Rating.objects.bulk_create(
        Rating(**of_it, question=one.question.key, rater_id=pupil, rated_id=UUID(one.classmate), points=one.points) for one in found.rated
    )
    BullyingName.objects.bulk_create(
        BullyingName(**of_it, part=PARTS[one.question.kind], victim_id=pupil, named_id=UUID(one.classmate))
        for one in found.named
        if one.question.kind in PARTS
    )
    if found.frequency is None:
        forget_reports(BullyingReport.objects.filter(sociogram=kept, pupil=pupil))
    else:  # who says it anew has the same report: whoever has a talk to hold finds it still
        report(kept, pupil, found.frequency)


def _nomination(one: Named) -> dict[str, Any]:
    return {"question": one.question.key, "polarity": one.question.polarity, "chosen_id": UUID(one.classmate)}


# ---- frozen -----------------------------------------------------------------------------------------------------


def freeze(round: Round, *, at: datetime) -> None:
    """The list of each group as it was when the round closed, with what was counted. Called in the transaction that closes it."""
    offered = round.offered
    if not offered.questions:
        return
    asked = Invitation.objects.filter(round=round).order_by().values_list("group_id", flat=True).distinct()
    for group in asked:
        pupils = set(on_list(round.pk, group).values_list("pupil_id", flat=True))
        if pupils:
            kept, _ = Sociogram.objects.get_or_create(school_id=round.school_id, round=round, group_id=group)
            _complete(kept, pupils)
            _count(kept, offered, at)


def _complete(kept: Sociogram, pupils: Collection[UUID]) -> None:
    """Who handed in nothing was not there; who is not on the list any more is in nobody's choices."""
    known = set(ListedPupil.objects.filter(sociogram=kept).values_list("pupil_id", flat=True))
    ListedPupil.objects.bulk_create(
        ListedPupil(school_id=kept.school_id, sociogram=kept, pupil_id=pupil, participation=Participation.ABSENT.value)
        for pupil in sorted(set(pupils) - known)
    )
    gone = list(known - set(pupils))
    if gone:
        ListedPupil.objects.filter(sociogram=kept, pupil__in=gone).delete()
        for pupil in gone:
            _forget(kept, pupil)
    there = list(pupils)
    Nomination.objects.filter(sociogram=kept).exclude(chosen__in=there).delete()
    Rating.objects.filter(sociogram=kept).exclude(rated__in=there).delete()
    BullyingName.objects.filter(sociogram=kept).exclude(named__in=there).delete()
    forget_reports(BullyingReport.objects.filter(sociogram=kept).exclude(pupil__in=there))  # also of who never handed in in time


def _count(kept: Sociogram, offered: Instrument, at: datetime) -> None:
    """What stays when the choices themselves are gone. What went already is not counted as if nobody had chosen."""
    if kept.choices_gone_at is not None:
        return
    listed = list(ListedPupil.objects.filter(sociogram=kept).order_by("pupil_id"))
    took_part = {str(one.pupil_id): TookPart(Participation(one.participation), frozenset(one.skipped)) for one in listed}
    found = sociogram(_nominations(kept, offered, took_part))
    nominators, refused = found.nominations.nominators, _refused(kept, offered)
    for place, one in enumerate(listed):
        one.received = int(found.received.count[place])
        one.given = int(found.given[place]) if nominators[place] else None
        one.mutual = int(found.mutual_count[place]) if nominators[place] else None
        if kept.rejections_gone_at is None:
            one.unfavourable = None if refused is None else refused[one.pupil_id]
    ListedPupil.objects.bulk_update(listed, COUNTED)
    counts = {"questions": question_counts(kept, offered, took_part)}
    kept.figures = {**kept.figures, **figures_of(found.nominations), **bullying_figures_of(kept, offered), **counts}
    kept.counted_at, kept.sureness = at, None
    kept.save(update_fields=["figures", "counted_at", "sureness"])


def _nominations(kept: Sociogram, offered: Instrument, took_part: Mapping[str, TookPart]) -> Nominations:
    """All questions that ask whom one chooses, together; who skipped all of them did not choose nobody."""
    asked = [one.key for one in offered.questions if one.kind is QuestionKind.NOMINATE and not one.is_negative]
    rows = Nomination.objects.filter(sociogram=kept, question__in=asked).values_list("chooser_id", "chosen_id")
    edges = {Edge(str(chooser), str(chosen)) for chooser, chosen in rows}
    return nominations_from(list(took_part), edges, answering(took_part, asked))


def _refused(kept: Sociogram, offered: Instrument) -> Counter[UUID] | None:
    """How often each was named with a no; None when that was not asked."""
    if not any(one.is_negative for one in offered.questions):
        return None
    pairs = Nomination.objects.filter(sociogram=kept, polarity=-1).order_by().values_list("chooser_id", "chosen_id").distinct()
    return Counter(chosen for _chooser, chosen in pairs)


def question_counts(kept: Sociogram, offered: Instrument, took_part: Mapping[str, TookPart]) -> dict[str, Any]:
    """By key of the question; of bullying nothing, which has figures of its own. Of what went already, what was counted before."""
    before = kept.figures.get("questions", {})
    counted = [one for one in offered.questions if not one.is_of_bullying]
    gone = {one.key for one in counted if kept.rejections_gone_at is not None and one.is_only_counted}
    return {one.key: before.get(one.key, {}) if one.key in gone else _counts(kept, one, took_part) for one in counted}


def _counts(kept: Sociogram, question: Question, took_part: Mapping[str, TookPart]) -> dict[str, int | float]:
    there = answering(took_part, [question.key])
    if question.kind is QuestionKind.RATE:
        given = Rating.objects.filter(sociogram=kept, question=question.key).values_list("points", flat=True)
        return counts_of_points(list(given), there, scale=len(question.options))
    names = Nomination.objects.filter(sociogram=kept, question=question.key).values_list("chooser_id", "chosen_id")
    return counts_of_question([(str(by), str(named)) for by, named in names], there)


def figures_of(nominations: Nominations) -> dict[str, Any]:
    """Of the class: how many were listed and took part, and the numbers of the class card that may be said."""
    card = class_card_of(nominations)
    return {
        "listed": card.n,
        "took_part": card.n_valid,
        "sufficiency": Sufficiency(nominations.sufficiency).value,
        "card": {line.index.value: line.now for line in card.lines if line.now is not None},
    }
