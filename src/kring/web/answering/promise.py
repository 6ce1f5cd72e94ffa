"""The promise before the questions, made from the table of access: whoever may read this list is named, and nobody else may read it.

`readers_of(asks, …)` gives a line per role, with when that holds, in words for who answers. A list without names is read by nobody.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kring.core.access import FAMILY, Mark, Record, Role, Scope, Verb, rule_of
from kring.core.instruments import QuestionKind
from kring.core.school_types import SECONDARY
from kring.web.access_words import ROLES
from kring.web.surveys.models import Round

RECORD_OF: Mapping[Round.Asks, Record] = {
    Round.Asks.PUPILS: Record.OWN_LIST,
    Round.Asks.TEACHERS: Record.TEACHER_LIST,
    Round.Asks.GUARDIANS: Record.GUARDIAN_LIST,
    Round.Asks.STAFF: Record.ANONYMOUS_SUBMISSION,
}


def record_of(asks: Round.Asks, *, anonymous: bool) -> Record:
    """What this list is in the table when it is handed in."""
    return Record.ANONYMOUS_SUBMISSION if anonymous else RECORD_OF[asks]


@dataclass(frozen=True, slots=True)
class Reader:
    """Who may read the answers, by function, and when."""

    role: Role
    who: str
    when: str


COUNTED: Mapping[Record, Promise] = {
    Record.REJECTION: _("Met wie je liever nog niet werkt, leest niemand. De school telt het alleen."),
    Record.RATING: _("Welk gezicht jij bij een ander kiest, leest niemand. De school telt het alleen."),
}
"""What nobody reads, in words for a child."""
WITHOUT_NAMES = _("Je juf, meester of mentor ziet alleen bij hoeveel kinderen het gebeurt, zonder namen.")


def records_of_choices(choices: Collection[QuestionKind | int]) -> list[Record]:
    """What questions about classmates become in the table: each kind of question, -1 for one that asks for a no."""
    return [record for record, kinds in OF_CHOICES.items() if kinds.intersection(choices)]


OF_CHOICES: Mapping[Record, frozenset[QuestionKind | int]] = {
    Record.NOMINATION: frozenset({QuestionKind.NOMINATE, QuestionKind.PERCEIVE, QuestionKind.ROLE}),
    Record.REJECTION: frozenset({-1}),
    Record.RATING: frozenset({QuestionKind.RATE}),
    Record.BULLYING_REPORT: frozenset({QuestionKind.FREQUENCY}),
    Record.BULLYING_NAME: frozenset({QuestionKind.BULLIED_BY, QuestionKind.HELPED_BY}),
}


def readers_of_choices(records: Iterable[Record], *, school_type: str) -> tuple[Reader, ...]:
    """Everybody who may read whom a pupil chose, each once."""
    found = {_reader(role, record, school_type, to_child=True): None for record in records for role in readers(record)}
    return tuple(found)


def counted_only(records: Iterable[Record]) -> list[str]:
    """What of it nobody reads, for the table gives no role a row of it, or a teacher only a number."""
    found = [*records]
    told = [str(COUNTED[record]) for record in found if record in COUNTED and not readers(record)]
    of_bullying = Record.BULLYING_REPORT in found and Role.TEACHER not in readers(Record.BULLYING_REPORT)
    return [*told, str(WITHOUT_NAMES)] if of_bullying else told


def readers_of(asks: Round.Asks, *, anonymous: bool, school_type: str) -> tuple[Reader, ...]:
    """Everybody who may read a list that is handed in; not who filled it in."""
    record, to_child = record_of(asks, anonymous=anonymous), asks is Round.Asks.PUPILS
    own = {Round.Asks.PUPILS: Role.PUPIL, Round.Asks.GUARDIANS: Role.GUARDIAN}.get(asks)
    return tuple(_reader(role, record, school_type, to_child=to_child) for role in readers(record) if role is not own)


def school_readers(record: Record, *, school_type: str, to_child: bool) -> str:
    """Who of the school reads this record, in one line."""
    return ", ".join(_who(role, school_type, to_child=to_child) for role in readers(record) if role not in FAMILY)


def readers(record: Record) -> tuple[Role, ...]:
    """The roles with some row of this record to read, in the order of the table."""
    return tuple(role for role in Role if rule_of(role, record, Verb.READ))


def _reader(role: Role, record: Record, school_type: str, *, to_child: bool) -> Reader:
    rule = rule_of(role, record, Verb.READ)
    scopes, marks = (rule.scopes, rule.marks) if rule else ((), frozenset())
    when = [str((WHEN_OF_ME if to_child else WHEN)[scope]) for scope in scopes]
    when += [str(WITH_CONSENT)] if Mark.CONSENT in marks else []
    return Reader(role, _who(role, school_type, to_child=to_child), ", ".join(one for one in when if one))


def _who(role: Role, school_type: str, *, to_child: bool) -> str:
    is_secondary = school_type in SECONDARY
    if role is Role.COORDINATOR and is_secondary:
        return str(_("de ondersteuningscoördinator"))
    if to_child and role is Role.TEACHER and is_secondary:
        return str(_("je docenten"))
    return str((CHILD_WORDS if to_child else ADULT_WORDS).get(role) or ROLES[role])


CHILD_WORDS: Mapping[Role, Promise] = {
    Role.TEACHER: _("je juf of meester"),
    Role.MENTOR: _("je mentor"),
    Role.COORDINATOR: _("de intern begeleider"),
    Role.SAFETY_COORDINATOR: _("de coördinator sociale veiligheid"),
    Role.BEHAVIOUR_SPECIALIST: _("de gedragsspecialist"),
    Role.GUARDIAN: _("je ouders of verzorgers"),
}
ADULT_WORDS: Mapping[Role, Promise] = {
    Role.TEACHER: _("de leerkracht of docent"),
    Role.MENTOR: _("de mentor"),
    Role.COORDINATOR: _("de intern begeleider"),
    Role.SAFETY_COORDINATOR: _("de coördinator sociale veiligheid"),
    Role.BEHAVIOUR_SPECIALIST: _("de gedragsspecialist"),
    Role.GUARDIAN: _("de ouders of verzorgers"),
}

WHEN_OF_ME: Mapping[Scope, Promise | str] = {
    Scope.SELF: "",
    Scope.SELF_SHARED: _("als de school het laat zien"),
    Scope.CHILD: _("tot je 16 bent, daarna als jij het goed vindt"),
    Scope.CHILD_SHARED: _("als de school het laat zien"),
    Scope.MINOR: _("tot je 18 bent"),
    Scope.GROUP: _("van jouw groep, ook volgend jaar"),
    Scope.GROUP_OWN: _("van jouw groep, ook volgend jaar"),
    Scope.SCHOOL: _("van jouw school"),
    Scope.CASE: _("alleen als die jou helpt"),
    Scope.CASE_SHARED: _("alleen als die jou helpt"),
    Scope.RING: _("alleen wie jij kiest"),
    Scope.GLASS: _("één uur, als er nood is"),
    Scope.AUTHOR: "",
    Scope.GROUP_AUTHOR: "",
}
WHEN: Mapping[Scope, Promise | str] = {
    Scope.SELF: "",
    Scope.SELF_SHARED: _("als de school het laat zien"),
    Scope.CHILD: _("met gezag, tot het kind 16 is"),
    Scope.CHILD_SHARED: _("met gezag, als de school het laat zien"),
    Scope.MINOR: _("met gezag, tot het kind 18 is"),
    Scope.GROUP: _("van de groep van het kind, ook volgend jaar"),
    Scope.GROUP_OWN: _("van de groep van het kind, ook volgend jaar"),
    Scope.SCHOOL: _("van deze school"),
    Scope.CASE: _("alleen wie bij dit kind helpt"),
    Scope.CASE_SHARED: _("alleen wie bij dit kind helpt"),
    Scope.RING: _("alleen wie gekozen is"),
    Scope.GLASS: _("één uur, als er nood is"),
    Scope.AUTHOR: "",
    Scope.GROUP_AUTHOR: "",
}
WITH_CONSENT = _("alleen met toestemming van thuis")
