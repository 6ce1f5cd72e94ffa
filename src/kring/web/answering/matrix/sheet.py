"""The lists of a class as the script reads them: items with their keys, pupils, and what was answered so far."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.urls import reverse

from kring.core.fast_entry import REASONS, SKIP, keys_of
from kring.core.instruments import Item
from kring.core.running import Standing
from kring.web.answering.matrix.queries import ListLine
from kring.web.answering.matrix.words import words
from kring.web.schools.models import Group, Membership
from kring.web.surveys.models import Round

SHOWN_STATES = {Standing.WITHDRAWN: "withdrawn", Standing.LEFT: "left", Standing.DONE: "done", Standing.DONE_LATE: "done"}


def sheet(actor: Membership, round: Round, group: Group, found: Iterable[ListLine], people: Mapping[UUID, str]) -> dict[str, Any]:
    """All of it but the ticket."""
    offered, keys = round.offered, [actor.pk, round.pk, group.pk]
    return {
        "items": [_item(item) for item in offered.items],
        "reasons": [[reason.value, REASONS[reason]] for reason in offered.reasons],
        "skip": SKIP,
        "pupils": [_pupil(actor, line) for line in found],
        "me": str(actor.pk),
        "several": len(people) > 1,
        "news": reverse("teacher_lists_news", args=keys),
        "hand_in": reverse("teacher_lists_hand_in", args=keys),
        "words": words(),
        **state(found, people),
    }


def state(found: Iterable[ListLine], people: Mapping[UUID, str]) -> dict[str, Any]:
    """What changes while one fills in: by pupil the answers with their turns and who gave them, and where each list stands.

    A turn is a whole number beyond what a script counts exactly: it goes as text.
    """
    return {
        "cells": {str(line.invitation.pk): {item: _cell(one) for item, one in line.cells.items()} for line in found},
        "states": {str(line.invitation.pk): SHOWN_STATES.get(line.standing, "open") for line in found},
        "people": {str(key): name for key, name in people.items()},
    }


def _cell(one: Any) -> list[Any]:
    return [one.value, str(one.turn), str(one.by or "")]


def _item(item: Item) -> dict[str, Any]:
    keys = keys_of(item)
    options = [[option.code, option.label, keys.get(option.code, "")] for option in item.options]
    return {"key": item.key, "text": item.text, "options": options, "open": item.is_open}


def _pupil(actor: Membership, line: ListLine) -> dict[str, Any]:
    again = reverse("teacher_list_open_again", args=[actor.pk, line.invitation.pk])
    return {"key": str(line.invitation.pk), "name": line.pupil.name, "absent": line.standing is Standing.ABSENT, "again": again}


def earlier_sitting(found: Iterable[ListLine]) -> int:
    """The highest sitting of what stands there already."""
    return max((cell.turn >> 32 for line in found for cell in line.cells.values()), default=0)
