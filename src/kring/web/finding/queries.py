"""What somebody may find: exactly the rows that lists show them, in the order of how well they fit."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

from kring.core.access import FAMILY, PARTNERS, STAFF, Record, Role, Scope, Verb, rule_of
from kring.core.finding import Question, distance, halves, matches, name_sounds, name_words, sounds_like, without_prefixes
from kring.web.access import may
from kring.web.cases.models import Case as CareCase
from kring.web.cases.models import CaseMember
from kring.web.catalogue.models import Organisation
from kring.web.schools.models import Enrolment, Group, Guardian, Guardianship, Membership, Pupil, live

Row = TypeVar("Row", Pupil, Guardian)
MOST = 30
"""Of each kind; who has more to choose from types another letter."""
CANDIDATES = 3000
"""Names that share a half with what was typed and are looked at one by one."""
LONG_ENOUGH = 3
"""Letters; of fewer a name is only begun."""
MOST_STAFF = 2000
MOST_IN_REACH = 2000


# ---- names in a long list: the database looks along all of them once, or twice when nobody is called so -----------


def named(rows: QuerySet[Row], question: Question, order: str, *, most: int = MOST) -> list[Row]:
    """Whole words first, then beginnings, then what sounds alike or stands in the middle; otherwise what is one slip away."""
    if not question:
        return []
    keys = _short(rows, question, order, most) if len("".join(question.words)) < LONG_ENOUGH else _alike(rows, question, order, most)
    kept = (keys or _nearly(rows, question))[:most]
    by_key = rows.in_bulk(kept)
    return [by_key[key] for key in kept if key in by_key]


def _short(rows: QuerySet[Row], question: Question, order: str, most: int) -> list[UUID]:
    """Of a letter or two: half the school begins so, and in the order of the names the first of them are soon there."""
    found: list[UUID] = []
    for fits in (_whole(question), _begun(question)):
        keys = rows.filter(fits).order_by(order, "pk").values_list("pk", flat=True)
        found += [key for key in keys[: most + len(found)] if key not in found] if len(found) < most else []
    return found


def _alike(rows: QuerySet[Row], question: Question, order: str, most: int) -> list[UUID]:
    how_well = Case(When(_whole(question), then=0), When(_begun(question), then=1), default=2, output_field=IntegerField())
    near = rows.filter(_every(zip(question.words, question.sounds), _heard))
    return list(near.order_by(how_well, order, "pk").values_list("pk", flat=True)[:most])


def _nearly(rows: QuerySet[Row], question: Question) -> list[UUID]:
    """A word with one slip in it still has a half without; of a prefix nothing is asked, but who has it stands before who has another."""
    names = without_prefixes(question)
    return _ranked(rows, question, names, "sounds", names.sounds) or _ranked(rows, question, names, "words", names.words)


def _ranked(rows: QuerySet[Row], question: Question, names: Question, column: str, asked: tuple[str, ...]) -> list[UUID]:
    """By sound first: it forgives more. By letters only then, for one letter more or less can make all of a word sound otherwise."""
    near = rows.filter(_every(asked, lambda one: _a_half_of(one, column))).order_by()
    named_so = near.values_list("pk", "sounds", "words")[:CANDIDATES]
    ranked = [
        (slips, sum(f" {word} " not in words for word in question.words), words, key)
        for key, sounds, words in named_so
        if (slips := distance(names, sounds, words)) is not None
    ]
    return [key for *_order, key in sorted(ranked)]


def _stands_in(column: str, text: str) -> Q:
    """This very text, whatever signs are in it: quicker than LIKE, and without its wildcards."""
    return Q(GreaterThan(StrIndex(F(column), Value(text)), 0))


def _every(question: Iterable[Any], each: Callable[[Any], Q]) -> Q:
    """The longest first: it leaves the fewest for the others."""
    found = Q()
    for one in sorted(question, key=lambda one: -len(one[0] if isinstance(one, tuple) else one)):
        found &= each(one)
    return found


def _whole(question: Question) -> Q:
    return _every(question.words, lambda word: _stands_in("words", f" {word} "))


def _begun(question: Question) -> Q:
    return _every(question.words, lambda word: _stands_in("words", f" {word}"))


def _heard(one: tuple[str, str]) -> Q:
    """Of a letter or two, anything is the middle."""
    word, heard = one
    return _stands_in("words", word if len(word) >= LONG_ENOUGH else f" {word}") | _stands_in("sounds", f" {heard}")


def _a_half_of(word: str, column: str) -> Q:
    found = Q()
    for half in halves(word):
        found |= _stands_in(column, half)
    return found


# ---- each kind ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FoundPupil:
    """A pupil, the groups where they sit now, and the open case through which one knows them, when there is one."""

    pupil: Pupil
    groups: tuple[Group, ...]
    case: UUID | None


def pupils(actor: Membership, question: Question, *, at: datetime, most: int = MOST) -> list[FoundPupil]:
    """Pupils whom this hat may see. Of the family nobody searches: who has one child, knows where it stands."""
    if Role(actor.role) in FAMILY:
        return []
    rows = _in_reach(actor, may(actor, Pupil, Verb.READ, at=at))
    found = _numbered(actor, rows, question) or named(rows, question, "sort_name", most=most)
    if not found:
        return []
    groups: dict[UUID, list[Group]] = {}
    for one in may(actor, Enrolment, Verb.READ, at=at).filter(live(at), pupil__in=found).select_related("group"):
        groups.setdefault(one.pupil_id, []).append(one.group)
    cases = dict(may(actor, CareCase, Verb.READ, at=at).filter(live(at), pupil__in=found).values_list("pupil_id", "pk"))
    return [FoundPupil(pupil, tuple(groups.get(pupil.pk, ())), cases.get(pupil.pk)) for pupil in found]


def _numbered(actor: Membership, rows: QuerySet[Pupil], question: Question) -> list[Pupil]:
    """By the whole number, for who reads it in the files of a group: by parts of it others would come to know it."""
    if rule_of(Role(actor.role), Record.GROUP, Verb.MEASURE) is None or not any(sign.isdigit() for sign in question.text):
        return []
    return list(rows.filter(admin_key__in={question.text, question.text.upper()}))


def _in_reach(actor: Membership, rows: QuerySet[Pupil]) -> QuerySet[Pupil]:
    """The same rows, told beforehand among how few they are: who teaches thirty of a hundred thousand need not wait for the others."""
    rule = rule_of(Role(actor.role), Record.PUPIL, Verb.READ)
    if rule is None or not {Scope.GROUP, Scope.CASE}.issuperset(rule.scopes):
        return rows
    taught = Enrolment.objects.filter(group__assignments__membership=actor).values_list("pupil_id", flat=True)
    seated = CaseMember.objects.filter(membership=actor).values_list("case__pupil_id", flat=True)
    keys = {*taught[:MOST_IN_REACH], *seated[:MOST_IN_REACH]}
    return rows.filter(pk__in=keys) if len(keys) < MOST_IN_REACH else rows


@dataclass(frozen=True, slots=True)
class FoundGuardian:
    """A guardian, and the children through whom one comes to them."""

    guardian: Guardian
    children: tuple[Pupil, ...]


def guardians(actor: Membership, question: Question, *, at: datetime, most: int = MOST) -> list[FoundGuardian]:
    """Guardians, for who keeps them."""
    if Role(actor.role) in FAMILY or rule_of(Role(actor.role), Record.GUARDIAN, Verb.READ) is None:
        return []
    found = named(may(actor, Guardian, Verb.READ, at=at), question, "words", most=most)
    if not found:
        return []
    children: dict[UUID, list[Pupil]] = {}
    ties = may(actor, Guardianship, Verb.READ, at=at).filter(guardian__in=found, pupil__in=may(actor, Pupil, Verb.READ, at=at))
    for tie in ties.select_related("pupil").order_by("pupil__sort_name"):
        children.setdefault(tie.guardian_id, []).append(tie.pupil)
    return [FoundGuardian(one, tuple(dict.fromkeys(children.get(one.pk, ())))) for one in found]


def groups(actor: Membership, question: Question, *, at: datetime, most: int = MOST) -> list[Group]:
    """Groups by name, with or without the word for it or the year: those of the newest year first."""
    if Role(actor.role) in FAMILY or not question:
        return []
    one_of_the_words = Q()
    for word in (*question.words, "".join(question.words)):
        one_of_the_words |= Q(name__icontains=word)
    near = may(actor, Group, Verb.READ, at=at).filter(one_of_the_words).select_related("year").order_by("-year__starts_on", "name", "pk")
    return [one for one in near[:200] if matches(question, _called(one))][:most]


def _called(group: Group) -> str:
    apart = "".join(f" {letter} " if letter.isalpha() else letter for letter in group.name)
    return name_words(group.name, apart, "groep klas", group.year.label)


def staff(actor: Membership, question: Question, *, at: datetime, most: int = MOST) -> list[Membership]:
    """Who has a role here now, for who may see the list of them."""
    if Role(actor.role) in FAMILY or rule_of(Role(actor.role), Record.MEMBERSHIP, Verb.READ) is None or not question:
        return []
    roles = [role.value for role in STAFF | PARTNERS]
    rows = may(actor, Membership, Verb.READ, at=at).filter(live(at), role__in=roles)
    names = rows.order_by("person__given_name", "person__family_name", "role").values_list(
        "pk", "person__given_name", "person__name_prefix", "person__family_name"
    )
    found = fitting({key: " ".join(parts) for key, *parts in names[:MOST_STAFF]}, question)[:most]
    by_key = rows.select_related("person").in_bulk(found)
    return [by_key[key] for key in found]


def organisations(actor: Membership, question: Question, *, at: datetime, most: int = MOST) -> list[Organisation]:
    """Whom the school works with."""
    if Role(actor.role) in FAMILY or rule_of(Role(actor.role), Record.ORGANISATION, Verb.READ) is None or not question:
        return []
    rows = may(actor, Organisation, Verb.READ, at=at)
    found = fitting(dict(rows.order_by("name").values_list("pk", "name")), question)[:most]
    by_key = rows.in_bulk(found)
    return [by_key[key] for key in found]


@dataclass(frozen=True, slots=True)
class Found:
    """All that one question found."""

    pupils: list[FoundPupil]
    groups: list[Group]
    staff: list[Membership]
    guardians: list[FoundGuardian]
    organisations: list[Organisation]


def everything(actor: Membership, question: Question, *, at: datetime, most: int = MOST) -> Found:
    """Every kind that this hat may find."""
    kinds = (pupils, groups, staff, guardians, organisations)
    return Found(*(kind(actor, question, at=at, most=most) for kind in kinds))  # type: ignore[arg-type]


Key = TypeVar("Key")


def fitting(texts: Mapping[Key, str], question: Question) -> list[Key]:
    """Of a short list what fits, as well as it does: begun with these words, otherwise as they sound or nearly."""
    begun = [key for key, text in texts.items() if matches(question, name_words(text))]
    return begun or [key for key, text in texts.items() if sounds_like(question, name_sounds(text))]
