"""What the pages beside the drawing are made from. Rows of a no and of points are counted here; only numbers leave this module."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count

from kring.core.access import Record, Verb
from kring.core.instruments import QuestionKind
from kring.core.sociometry import (
    Participation,
    Ratings,
    Remark,
    Sufficiency,
    absence_sensitivity,
    change_between,
    class_card_of,
    class_course,
    nominations_from,
    why_no_status,
)
from kring.core.sociometry import Sociogram as Found
from kring.core.sociometry.skipping import answering
from kring.documents.scales import name_order
from kring.documents.sociometry.course import ChangePart
from kring.documents.sociometry.facts import received_words, remark_words
from kring.documents.sociometry.parts import CardPart, RatedPart, Understood
from kring.web.access import may
from kring.web.days import spoken_month
from kring.web.schools.models import Enrolment, Membership, Pupil
from kring.web.schools.naming import listed_names
from kring.web.sociograms.models import ListedPupil, Nomination, Rating, Sociogram
from kring.web.sociograms.queries import GroupSociogram, questions_of, sociograms
from kring.web.sociograms.understanding import counted

BEFORE = 2  # earlier rounds that say what is usual for a class


def understood(actor: Membership, seen: GroupSociogram) -> Understood:
    """The facts per pupil of one sociogram, as far as the participation allows."""
    row, found = seen.row, seen.picture.sociogram
    asked, told = row.round.offered.questions, found.sufficiency is not Sufficiency.TOO_FEW
    named = _named(actor, row) if told else {}
    chooses, why = bool(questions_of(row.round)) and told, why_no_status(found.nominations)
    points = _points(actor, row, found) if told else None
    refused = _rejections(actor, row) if told else None
    full = found.nominations if refused is None else counted.with_rejections(found.nominations, refused, _answered_no(seen))
    thinks = counted.thought(found, asked, named, seen.took_part) if chooses else None
    return Understood(
        sociogram=found,
        names=seen.names,
        questions=len(questions_of(row.round)),
        remarks=counted.remarks(found, _leaving(actor, seen), thinks, full) if chooses else None,
        status=counted.status(full, points[1] if points else None) if chooses and why is None else None,
        no_status=why,
        unfavourable=None if why else _unfavourable(actor, seen, refused),
        says_little=counted.reliability(found).says_little if chooses else None,
        thinks=thinks,
        roles=tuple(counted.roles(asked, named, seen.took_part)) if told else (),
        rated=(points[0],) if points else (),
    )


def _named(actor: Membership, row: Sociogram) -> Mapping[str, list[tuple[str, str]]]:
    """By question who named whom, in answer to questions that neither choose nor refuse."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    if all(one.polarity for one in row.round.offered.questions):
        return found
    rows = may(actor, Nomination, Verb.READ).filter(sociogram=row, polarity=0)
    for question, chooser, chosen in rows.values_list("question", "chooser_id", "chosen_id"):
        found[question].append((str(chooser), str(chosen)))
    return found


def _rejections(actor: Membership, row: Sociogram) -> list[tuple[str, str]] | None:
    """None when it was not asked, or is gone."""
    if not any(one.is_negative for one in row.round.offered.questions) or row.rejections_gone_at is not None:
        return None
    rows = may(actor, Nomination, Verb.COUNT, of=Record.REJECTION).filter(sociogram=row).order_by()
    return [(str(chooser), str(chosen)) for chooser, chosen in rows.values_list("chooser_id", "chosen_id").distinct()]


def _answered_no(seen: GroupSociogram) -> dict[str, Participation]:
    """How everybody took part in the question that says no: it may be skipped, and who skips it names nobody for another reason."""
    return answering(seen.took_part, [one.key for one in seen.row.round.offered.questions if one.is_negative])


def _unfavourable(actor: Membership, seen: GroupSociogram, refused: list[tuple[str, str]] | None) -> tuple[int, ...] | None:
    """How often each was named with a no; by whom, nobody learns. Nothing when it was not asked, or too few answered it."""
    if refused is None and seen.row.rejections_gone_at is None:
        return None
    answered, pupils = _answered_no(seen), seen.picture.sociogram.nominations.pupils
    if nominations_from(pupils, (), answered).sufficiency is not Sufficiency.ALL:
        return None
    if refused is None:
        return _kept_counts(actor, seen.row, seen.picture.sociogram)
    often = Counter(chosen for _chooser, chosen in refused)
    return tuple(often[pupil] for pupil in pupils)


def _kept_counts(actor: Membership, row: Sociogram, found: Found) -> tuple[int, ...] | None:
    """What was counted when the round was closed, once who said no to whom was deleted on its day; None when it was not asked."""
    rows = may(actor, ListedPupil, Verb.READ).filter(sociogram=row, unfavourable__isnull=False)
    kept = {str(pupil): count for pupil, count in rows.values_list("pupil_id", "unfavourable")}
    return tuple(kept.get(pupil) or 0 for pupil in found.nominations.pupils) if kept else None


def _points(actor: Membership, row: Sociogram, found: Found) -> tuple[RatedPart, Ratings] | None:
    """Of the first question that asks for points, when anybody gave some."""
    question = next((one for one in row.round.offered.questions if one.kind is QuestionKind.RATE), None)
    if question is None:
        return None
    rows = may(actor, Rating, Verb.COUNT).filter(sociogram=row, question=question.key)
    given = {(str(rater), str(rated)): points for rater, rated, points in rows.values_list("rater_id", "rated_id", "points")}
    if not given:
        return None
    points = counted.ratings(found.nominations, question, given)
    return counted.rated(question, points), points


def _leaving(actor: Membership, seen: GroupSociogram) -> frozenset[str]:
    """Who left, or has a last day and no place after it."""
    rows = may(actor, Enrolment, Verb.READ).filter(pupil__in=[UUID(one) for one in seen.names])
    until: dict[str, bool] = {}
    for pupil, until_at in rows.values_list("pupil_id", "until_at"):
        until[str(pupil)] = until.get(str(pupil), True) and until_at is not None
    gone = {pupil for pupil in seen.names if pupil not in seen.readable}
    return frozenset(gone | {pupil for pupil, ends in until.items() if ends})


# ---- the class ----------------------------------------------------------------------------------------------------------


def earlier(actor: Membership, seen: GroupSociogram) -> tuple[GroupSociogram, ...]:
    """The same questions asked before to at least half of these pupils, in a closed round with its choices; the newest first."""
    row, listed = seen.row, [UUID(one) for one in seen.names]
    same = may(actor, Sociogram, Verb.READ).filter(
        round__instrument=row.round.instrument,
        round__closed_at__isnull=False,
        round__opens_on__lt=row.round.opens_on,
        choices_gone_at=None,  # of those that are gone there are no choices to hold these against
    )
    on_list = may(actor, ListedPupil, Verb.READ).filter(pupil__in=listed, sociogram__in=same).values_list("sociogram_id")
    shared = on_list.annotate(pupils=Count("pupil", distinct=True)).filter(pupils__gte=(len(listed) + 1) // 2)
    rows = same.filter(pk__in=[key for key, _count in shared]).order_by("-round__opens_on", "pk").values_list("pk", flat=True)[:BEFORE]
    return sociograms(actor, pk__in=list(rows))


def class_card(actor: Membership, seen: GroupSociogram) -> CardPart:
    """The five numbers, beside the last round and what was usual; groups with how sure they are."""
    found, before = seen.picture.sociogram, earlier(actor, seen)
    nominations = [one.picture.sociogram.nominations for one in before]
    why = why_no_status(found.nominations)
    return CardPart(
        sociogram=found,
        names=seen.names,
        card=class_card_of(found.nominations, last=nominations[0] if nominations else None),
        course=class_course([*reversed(nominations), found.nominations]) if len(nominations) >= BEFORE else None,
        absent=absence_sensitivity(found.nominations),
        sureness=None if why else counted.sureness(found, seen.row.sureness),
        no_status=why,
        questions=len(questions_of(seen.row.round)),
        last_wave=spoken_month(before[0].row.round.opens_on) if before else "",
    )


def change(actor: Membership, seen: GroupSociogram) -> ChangePart | None:
    """Beside the last time; None when there is none."""
    before = next(iter(earlier(actor, seen)), None)
    if before is None:
        return None
    one, two = before.picture.sociogram, seen.picture.sociogram
    return ChangePart(
        before=one,
        now=two,
        change=change_between(one.nominations, two.nominations),
        names={**before.names, **seen.names},
        before_wave=spoken_month(before.row.round.opens_on),
        now_wave=spoken_month(seen.row.round.opens_on),
    )


@dataclass(frozen=True, slots=True)
class AboutPupil:
    """What the newest sociogram says about one pupil, for the team: whole words, and of other pupils no name."""

    row: Sociogram
    counts: str
    remarks: tuple[str, ...]
    signs: frozenset[Remark] = frozenset()


def about_pupil(actor: Membership, pupil: Pupil) -> AboutPupil | None:
    """None without a sociogram that may be read and says something; nothing of it goes home or on the paper of the pupil."""
    rows = may(actor, Sociogram, Verb.READ).filter(listed__pupil=pupil, choices_gone_at=None).order_by("-round__opens_on", "pk")
    newest = next((one for one in rows.select_related("round") if questions_of(one.round)), None)
    if newest is None:
        return None
    (seen,) = sociograms(actor, pk=newest.pk)
    return about_pupil_in(actor, pupil, seen)


def about_pupil_in(actor: Membership, pupil: Pupil, seen: GroupSociogram) -> AboutPupil | None:
    """The same of a sociogram that was read already."""
    found = understood(actor, seen)
    if found.remarks is None:
        return None
    i = found.sociogram.nominations.pupils.index(str(pupil.pk))
    return AboutPupil(seen.row, received_words(found, i), tuple(remark_words(found, i)), frozenset(found.remarks.of[i]))


# ---- taking along -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CountedPupil:
    """What was counted of a pupil when the round was closed: it stays when the choices are gone."""

    name: str
    received: int | None
    given: int | None
    mutual: int | None


def counts_may_be_said(row: Sociogram) -> bool:
    """Not when too few took part, and not of a list that asks nobody to choose: there 0 would say "chosen by nobody"."""
    return row.figures.get("sufficiency") != Sufficiency.TOO_FEW.value and bool(questions_of(row.round))


def counted_pupils(actor: Membership, row: Sociogram) -> list[CountedPupil]:
    """By name; nobody when the counts may not be said."""
    if not counts_may_be_said(row):
        return []
    rows = list(may(actor, ListedPupil, Verb.READ).filter(sociogram=row).order_by("pupil__sort_name", "pupil_id"))
    named = listed_names([one.pupil_id for one in rows], may(actor, Pupil, Verb.READ).filter(pk__in=[one.pupil_id for one in rows]))
    lines = [CountedPupil(named[str(one.pupil_id)].name, one.received, one.given, one.mutual) for one in rows]
    return sorted(lines, key=lambda one: name_order(one.name))
