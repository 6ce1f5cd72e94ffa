"""Holes as programmers make them. Each is planted by itself; the matrix must find it, and says by which question."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db.models import Q

from kring.core import access as table
from kring.core.access import Mark, Record, Role, Rule, Scope, Verb
from kring.web import access, guard, models, page, trace
from kring.web.access import WAYS
from kring.web.schools.models import Guardianship, Membership, live

Plant = Callable[[pytest.MonkeyPatch], None]
EVERY_ROW = Q(pk__isnull=False)


def _scope(scope: Scope, becomes: Scope) -> Plant:
    return lambda patch: patch.setitem(access._SCOPES, scope, access._SCOPES[becomes])


def _scope_is(scope: Scope, rows: Any) -> Plant:
    return lambda patch: patch.setitem(access._SCOPES, scope, rows)


def _function(module: Any, name: str, becomes: Any) -> Plant:
    return lambda patch: patch.setattr(module, name, becomes)


def _rule(role: Role, record: Record, verb: Verb, *scopes: Scope, marks: frozenset[Mark] = frozenset()) -> Plant:
    return lambda patch: patch.setattr(table, "TABLE", {**table.TABLE, (role, record, verb): Rule(scopes, marks)})


def _without_mark(mark: Mark) -> Plant:
    rules = {key: replace(rule, marks=rule.marks - {mark}) for key, rule in table.TABLE.items()}
    return lambda patch: patch.setattr(table, "TABLE", rules)


def _way(model: type[Any], **paths: Any) -> Plant:
    return lambda patch: patch.setitem(WAYS, model, replace(WAYS[model], **paths))


def _all_rows(actor: Any, record: Any, verb: Any, *, of: Any = None, at: Any = None) -> Any:  # noqa: ARG001
    return record._default_manager.all()


def _only_reading(actor: Any, record: Any, verb: Any, *, of: Any = None, at: Any = None) -> Any:  # noqa: ARG001
    return access.may(actor, record, Verb.READ, at=at)


def _begun(at: Any, path: str = "") -> Q:
    return Q(**{f"{path}from_at__lte": at})


def _not_over(at: Any, path: str = "") -> Q:
    return Q(**{f"{path}until_at": None}) | Q(**{f"{path}until_at__gt": at})


def _any_guardian(actor: Any, ways: Any, at: Any, condition: Any) -> Q:
    from django.db.models import Exists, OuterRef

    care = Guardianship.objects.filter(live(at), condition, guardian__person=actor.person_id)
    return Q(Exists(care.filter(pupil=OuterRef(ways.pupil)))) if ways.pupil else access.NO_ROW


def _guardian_of_anybody(actor: Any, ways: Any, at: Any, condition: Any) -> Q:  # noqa: ARG001
    from django.db.models import Exists, OuterRef

    return Q(Exists(Guardianship.objects.filter(pupil=OuterRef(ways.pupil)))) if ways.pupil else access.NO_ROW


def _someone_asked(at: Any) -> Q:
    return live(at)


def _someone_said_yes(at: Any) -> Q:
    return live(at) & Q(consents__answer="given", consents__withdrawn_at=None)


def _yes_once(at: Any) -> Q:
    return live(at) & Q(consents__answer="given")


def _of_any_organisation(actor: Any, ways: Any, at: Any) -> Q:  # noqa: ARG001
    from django.db.models import Exists, OuterRef

    return Q(Exists(models.ConsentRequest.objects.filter(models.holding(at), pupil=OuterRef(ways.pupil)))) if ways.pupil else access.NO_ROW


def _ground_of_one(actor: Any, ways: Any, at: Any) -> Q:
    from django.db.models import Exists, OuterRef

    grounds = models.LegalGround.objects.filter(live(at), recipient__partners__membership=actor)
    return Q(Exists(grounds.filter(pupil=OuterRef(ways.pupil)))) if ways.pupil else access.NO_ROW


def _hats_for_ever(person: Any) -> Any:
    return Membership.objects.filter(person=person.pk).select_related("school", "person").order_by("school__name", "role")


def _hats_of_everybody(person: Any) -> Any:  # noqa: ARG001
    return Membership.objects.select_related("school", "person").order_by("school__name", "role")


def _hat_for_any_page(request: Any, hat: Any, roles: Any) -> Any:  # noqa: ARG001
    return guard.hats(request.user).get(pk=hat)


def _role_for_ever(actor: Any, at: Any) -> Any:  # noqa: ARG001
    return Role(actor.role)


def _tells_that_it_exists(request: Any, record: Any, key: Any, verb: Any = Verb.READ, *, of: Any = None) -> Any:
    found = _find(request, record, key, verb, of=of) if access.may(request.actor, record, Verb.READ).filter(pk=key).exists() else None
    if found is None and record._default_manager.filter(pk=key).exists():
        raise PermissionDenied
    return found or _find(request, record, key, verb, of=of)


_find = guard.find


def _everywhere(patch: pytest.MonkeyPatch) -> None:
    """A view that was written with a way of finding of its own: here all of them."""
    import sys

    for name, module in sys.modules.items():
        if name.startswith("kring.web.") and getattr(module, "find", None) is _find:
            patch.setattr(module, "find", _tells_that_it_exists)


def _named_in_the_log(patch: pytest.MonkeyPatch) -> None:

    original = trace._seen
    patch.setattr(trace, "_seen", lambda row: replace(original(row), record=str(getattr(row, "given_name", "") or original(row).record)))


def _reading_leaves_a_mark(patch: pytest.MonkeyPatch) -> None:
    original = trace.record_readings

    def marking(actor: Any, rows: Any, **named: Any) -> None:
        rows = list(rows)
        models.Notice.objects.filter(receiver=actor).update(seen_at=None)
        original(actor, rows, **named)

    patch.setattr(guard, "record_readings", marking)


def _any(rule: Rule, actor: Any, ways: Any, at: Any) -> Q:
    found = access.NO_ROW
    for scope in rule.scopes:
        found |= access._SCOPES[scope](actor, ways, at)
    return found


def _open_glass(actor: Any, ways: Any, at: Any) -> Q:  # noqa: ARG001
    from django.db.models import Exists, OuterRef

    return Q(Exists(models.BreakGlass.objects.filter(membership=actor, pupil=OuterRef(ways.pupil)))) if ways.pupil else access.NO_ROW


def _two(*plants: Plant) -> Plant:
    def plant(patch: pytest.MonkeyPatch) -> None:
        for one in plants:
            one(patch)

    return plant


GROUP, SCHOOL, SELF, CHILD, CASE, RING, AUTHOR = Scope.GROUP, Scope.SCHOOL, Scope.SELF, Scope.CHILD, Scope.CASE, Scope.RING, Scope.AUTHOR
PUPIL, CARD = Record.PUPIL, Record.SAFETY_CARD

HOLES: dict[str, tuple[str, Plant]] = {
    # what it is: where to look first, and how it is made
    "teachers see the whole school": ("GET pupil |GET group ", _scope(GROUP, SCHOOL)),
    "the glass opens every pupil": ("safety_card|glass", _scope(Scope.GLASS, SCHOOL)),
    "age is ignored": ("GET who_looked pupil_pelle", _function(access, "younger_than", lambda *_: EVERY_ROW)),
    "authority is ignored": ("who_looked|safety_card", _function(access, "_in_care", _any_guardian)),
    "consent is ignored": ("GET case ", _without_mark(Mark.CONSENT)),
    "an end is ignored": ("GET case |GET pupil ", _function(access, "live", _begun)),
    "the second factor is asked of nobody": ("GET home", _function(guard, "second_step_first", lambda _: None)),
    "what exists elsewhere is refused, not absent": ("GET pupil ", _everywhere),
    # scopes
    "one's own is everybody's of the school": ("who_looked", _scope(SELF, SCHOOL)),
    "my child is every child": ("who_looked|safety_card", _scope(CHILD, SCHOOL)),
    "guardians read until eighteen": ("who_looked", _scope(CHILD, Scope.MINOR)),
    "shown to guardians is not looked at": ("share", _scope(Scope.CHILD_SHARED, CHILD)),
    "shown to the pupil is not looked at": ("share", _scope(Scope.SELF_SHARED, SELF)),
    "a case is every case of the school": ("case|safety", _scope(CASE, SCHOOL)),
    "a seat at one table is a seat at all": ("consultation|case", _scope(RING, SCHOOL)),
    "what I made is what anybody made": ("job|upload|consultation", _scope(AUTHOR, SCHOOL)),
    "an upload goes with the group": ("upload", _scope(Scope.GROUP_AUTHOR, GROUP)),
    "an upload stays with who brought it": ("upload_of_vera", _scope(Scope.GROUP_AUTHOR, AUTHOR)),
    "the school wall is gone": (
        "GET (pupil|group) .*(eik|fien)",
        _two(_scope_is(SCHOOL, lambda *_: EVERY_ROW), _function(access, "_rows", _any)),
    ),
    "every group of every school": ("GET group ", _scope_is(GROUP, lambda *_: EVERY_ROW)),
    # moments
    "a beginning is ignored": ("GET group group_6a", _function(access, "live", _not_over)),
    "a role never ends": ("GET home", _function(guard, "hats", _hats_for_ever)),
    "a role that ended still reads": (
        "GET home",
        _two(_function(guard, "hats", _hats_for_ever), _function(access, "role_at", _role_for_ever)),
    ),
    "what was taken back is still shown": ("share", _function(access, "_not_withdrawn", lambda *_: Q())),
    "a glass never closes": ("safety_card|glass", _scope_is(Scope.GLASS, _open_glass)),
    # consent
    "asked is agreed": ("GET case ", _function(models, "holding", _someone_asked)),
    "one yes is enough": ("GET case ", _function(models, "holding", _someone_said_yes)),
    "a yes that was taken back counts": ("GET case ", _function(models, "holding", _yes_once)),
    "consent for one is consent for all": ("GET case ", _function(access, "_consented", _of_any_organisation)),
    "one person records a legal ground": ("GET case ", _function(access, "_consented", _ground_of_one)),
    # guardians
    "a guardian of anybody": ("who_looked|safety_card", _function(access, "_in_care", _guardian_of_anybody)),
    # doors
    "may gives everything": ("GET group |GET pupil ", _function(guard, "may", _all_rows)),
    "who may look may do": ("upload|case_open|share_new", _function(guard, "may", _only_reading)),
    "any hat of anybody": ("GET home", _function(guard, "hats", _hats_of_everybody)),
    "a page for some hats is for all": ("GET authorisation_export|GET pupil ", _function(guard, "_hat", _hat_for_any_page)),
    "no fresh proof": ("propose_role|glass_break", _without_mark(Mark.STEP_UP)),
    # rules that grant too much
    "the support team reads every safety card": ("safety_card", _rule(Role.SUPPORT_TEAM_MEMBER, CARD, Verb.READ, SCHOOL)),
    "a partner reads without consent": ("GET case ", _rule(Role.BOARD_SUPPORT_TEAM, Record.CASE, Verb.READ, RING)),
    "a partner reads every case": ("GET case ", _rule(Role.SOCIAL_WORKER, Record.CASE, Verb.READ, SCHOOL)),
    "the leader reads cases": ("GET case ", _rule(Role.LEADER, Record.CASE, Verb.READ, SCHOOL)),
    "consultations open to the confidential contact": (
        "GET consultation ",
        _rule(Role.CONFIDENTIAL_CONTACT, Record.CONSULTATION, Verb.READ, SCHOOL),
    ),
    "teachers close rounds": ("close_round", _rule(Role.TEACHER, Record.ROUND, Verb.RUN, SCHOOL)),
    "leaders bring in files": ("GET upload ", _rule(Role.LEADER, Record.GROUP, Verb.MEASURE, SCHOOL)),
    "teachers read every pupil": ("GET pupil ", _rule(Role.TEACHER, PUPIL, Verb.READ, SCHOOL)),
    "remedial teachers read every safety card": ("safety_card", _rule(Role.REMEDIAL_TEACHER, CARD, Verb.READ, SCHOOL)),
    "guardians see every pupil": ("GET home", _rule(Role.GUARDIAN, PUPIL, Verb.READ, SCHOOL)),
    "guardians see a child until eighteen": ("GET home", _rule(Role.GUARDIAN, PUPIL, Verb.READ, Scope.MINOR)),
    # ways
    "a share knows no taking back": ("share", _way(models.Share, withdrawn=None)),
    "a share hangs on no pupil": ("share", _way(models.Share, pupil=None)),
    "a pupil hangs on nobody": ("GET pupil ", _way(models.Pupil, pupil=None)),
    "jobs are of everybody": ("GET job", _way(models.Job, author="author__school_id")),
    # what is shown and kept
    "a name in a corner of every page": ("GET home", _function(page, "role_label", lambda _: "Noor")),
    "a name in the log": ("GET pupil ", _named_in_the_log),
    "reading changes something": ("GET pupil pupil_noor", _reading_leaves_a_mark),
}
