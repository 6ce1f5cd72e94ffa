"""What was found as the page and the suggestions show it: kind by kind, each with the page to go to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from kring.core.access import FAMILY, Record, Role, Verb, roles_that
from kring.core.finding import Question
from kring.web.finding import queries
from kring.web.finding.pages import help_about, places
from kring.web.page import role_label
from kring.web.schools.models import Group, Membership
from kring.web.schools.naming import group_label

TEAM = roles_that(Record.OWN_LIST, Verb.READ) - FAMILY


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found; without a page to go to, its name and where it belongs are all there is."""

    title: str
    more: str
    url: str


@dataclass(frozen=True, slots=True)
class Section:
    """The hits of one kind."""

    key: str
    title: str
    hits: tuple[Hit, ...]
    is_cut: bool


@dataclass(frozen=True, slots=True)
class Results:
    """What one question found, and whether a pupil, a group or a guardian is among it."""

    sections: tuple[Section, ...]
    shown: tuple[str, ...]

    @property
    def count(self) -> int:
        return sum(len(section.hits) for section in self.sections)


def results(actor: Membership, question: Question, *, at: datetime, most: int) -> Results:
    """Everything that this hat may find, at most so many of each kind."""
    found = queries.everything(actor, question, at=at, most=most + 1)
    kinds = (
        ("pupils", _("Leerlingen"), [_pupil(actor, one) for one in found.pupils]),
        ("groups", _("Groepen"), [_group(actor, one) for one in found.groups]),
        ("staff", _("Collega's en partners"), [_colleague(actor, one) for one in found.staff]),
        ("guardians", _("Ouders en verzorgers"), [_guardian(actor, one) for one in found.guardians]),
        ("organisations", _("Organisaties"), [_organisation(actor, one.pk, one.name) for one in found.organisations]),
        ("pages", _("Bladzijden"), [Hit(one.label, "", one.url) for one in places(actor, question)]),
        ("help", _("Hulp"), [_article(actor, one.key, one.text.title) for one in help_about(actor, question)]),
    )
    seen = {"pupil": found.pupils or found.guardians, "group": found.groups, "guardian": found.guardians}
    return Results(tuple(_sections(kinds, most)), tuple(record for record, rows in seen.items() if rows))


def _sections(kinds: Iterable[tuple[str, str, list[Hit]]], most: int) -> Iterable[Section]:
    return (Section(key, title, tuple(hits[:most]), len(hits) > most) for key, title, hits in kinds if hits)


def _pupil(actor: Membership, found: queries.FoundPupil) -> Hit:
    """The own page for the team; otherwise the case or the group through which one knows the name."""
    labels = [capfirst(group_label(group, actor.school)) for group in found.groups]
    if Role(actor.role) in TEAM:
        url = reverse("pupil", args=[actor.pk, found.pupil.pk])
    elif found.case:
        url = reverse("case", args=[actor.pk, found.case])
    else:
        url = reverse("group", args=[actor.pk, found.groups[0].pk]) if found.groups else ""
    return Hit(str(found.pupil), ", ".join(labels), url)


def _group(actor: Membership, group: Group) -> Hit:
    return Hit(capfirst(group_label(group, actor.school)), str(group.year), reverse("group", args=[actor.pk, group.pk]))


def _colleague(actor: Membership, found: Membership) -> Hit:
    return Hit(str(found.person), role_label(found.role), reverse("person", args=[actor.pk, found.pk]))


def _guardian(actor: Membership, found: queries.FoundGuardian) -> Hit:
    of = ", ".join(str(child) for child in found.children)
    url = reverse("family", args=[actor.pk, found.children[0].pk]) if found.children else ""
    return Hit(str(found.guardian), _("van %(children)s") % {"children": of} if of else "", url)


def _organisation(actor: Membership, key: object, name: str) -> Hit:
    if Role(actor.role) in roles_that(Record.ORGANISATION, Verb.WRITE):
        return Hit(name, "", reverse("organisation_edit", args=[actor.pk, key]))
    return Hit(name, "", reverse("organisations", args=[actor.pk]))


def _article(actor: Membership, key: str, title: str) -> Hit:
    return Hit(title, "", f"{reverse('help', args=[actor.pk])}#{key}")
