"""A class that hands in choices as a screen does, and whose round is closed: for tests of what stays, what goes and what nobody reads."""

from collections.abc import Mapping
from datetime import datetime
from itertools import count
from typing import Any

from kring.core.answering import Kept
from kring.web.answering.handing_in.intake import take_list
from kring.web.models import Group, Invitation, Membership, Pupil, Round
from kring.web.surveys.actions import close_round
from tests.measurements import HANDED_IN, round_of

_turns = count(1)


def asked_round(group: Group, pupils: list[Pupil], key: str) -> Round:
    """An open round in which these pupils are asked."""
    made = round_of(group, key, key)
    Invitation.objects.bulk_create(Invitation(school=group.school, round=made, group=group, pupil=one) for one in pupils)
    return made


def who(*pupils: Pupil) -> dict[str, list[str]]:
    """These are chosen; nobody, when none is named."""
    return {"who": [str(one.pk) for one in pupils]}


def hand_in(made: Round, pupil: Pupil, answers: Mapping[str, Any], *, at: datetime = HANDED_IN) -> None:
    """What this pupil answers, by question."""
    asked = Invitation.objects.select_related("round__school").get(round=made, pupil=pupil)
    take_list(asked, {question: Kept(value, next(_turns)) for question, value in answers.items()}, {}, at=at)


def close(actor: Membership, made: Round, *, at: datetime) -> Round:
    """As the coordinator does."""
    close_round(actor, made, at=at)
    made.refresh_from_db()
    return made
