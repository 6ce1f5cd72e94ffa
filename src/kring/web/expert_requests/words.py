"""Kinds and states of requests to experts, in the words of the school."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kring.core.expert_requests import Kind, State

KINDS: Mapping[Kind, Promise] = {
    Kind.CONSULT: _("meedenken"),
    Kind.TALK: _("een gesprek"),
    Kind.OBSERVATION: _("meekijken in de klas"),
    Kind.RESEARCH: _("onderzoek"),
    Kind.PLACEMENT: _("een andere plek"),
}
STATES: Mapping[State, Promise] = {
    State.ASKED: _("gevraagd"),
    State.ACCEPTED: _("zegt ja"),
    State.DECLINED: _("lukt niet"),
    State.PLANNED: _("dag afgesproken"),
    State.REPORTED: _("verslag is er"),
    State.WITHDRAWN: _("ingetrokken"),
}
