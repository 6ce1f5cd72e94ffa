"""Who said no to whom, who gave whom few points and who named whom, reaches no page: only numbers do.

Every page about a class is asked twice. In between two pupils change places: A said no to C and B to D, and then A to D and B to C; points
and names likewise. Nobody's numbers change by that, so no page may: one that does, tells of a pair.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.urls import reverse

from kring.core.access import Role
from kring.core.baselines import CountsShown
from kring.web.models import BullyingName, Membership, Nomination, Pupil, Rating, Round, Sociogram
from kring.web.sociograms import views
from kring.web.surveys.running.actions import reopen_round
from tests.asking import TOKEN
from tests.cast import Cast, client_of, member
from tests.every_page import addresses, routes
from tests.measurements import HANDED_IN, classmates
from tests.web.sociograms.choosing_class import asked_round, close, hand_in, who

pytestmark = pytest.mark.django_db
OF_A_CLASS = {"sociogram", "group", "pupil", "round", "invitation"}
WHO_FOLLOWS_UP = "sociogram_bullying"
"""With names, for the safety coordinator; for nobody else."""
TEAM = {Role.TEACHER, Role.COORDINATOR, Role.SAFETY_COORDINATOR}
MADE_AT = re.compile(rb"/(CreationDate|ModDate|ID) ?[\[(<][^\])>]*|<xmp:\w+Date>[^<]*|uuid:[^<]*")


@pytest.fixture(autouse=True)
def a_moment() -> Iterator[None]:
    with time_machine.travel(HANDED_IN.replace(day=10), tick=False):
        yield


@pytest.fixture
def saar(cast: Cast) -> Membership:
    return member(cast.beuk, Role.SAFETY_COORDINATOR, "saar")


@pytest.fixture
def pupils(cast: Cast) -> list[Pupil]:
    return [cast.pupil_noor, cast.pupil_sem, *classmates(cast.group_6a, 10)]


def a_class(cast: Cast, pupils: list[Pupil], key: str) -> Sociogram:
    """The first says no to the third, gives few points, names; the second the same of the fourth. All others choose as one does."""
    made = asked_round(cast.group_6a, pupils, key)
    for place, one in enumerate(pupils):
        target = pupils[place + 2] if place < 2 else None
        hand_in(made, one, {item.key: _answer(item.kind.value, item.polarity, one, target, pupils) for item in made.offered.questions})
    close(cast.bram, made, at=HANDED_IN.replace(day=9))
    return Sociogram.objects.get(round=made)


def _answer(kind: str, polarity: int, one: Pupil, target: Pupil | None, pupils: list[Pupil]) -> object:
    if kind == "rate":
        return {"points": {str(other.pk): 1 if other is target else 4 for other in pupils if other is not one}}
    if kind == "frequency":
        return 4 if target else 1
    if kind == "bullied_by" or polarity < 0:
        return who(*[target] if target else [])
    place = pupils.index(one)
    return who(pupils[(place + 5) % len(pupils)], pupils[(place + 7) % len(pupils)])


def change_places(pupils: list[Pupil]) -> None:
    """A said it of D now and B of C: as many as before, of each and by each."""
    a, b, c, d = pupils[:4]
    for rows, by, of in (
        (Nomination.objects.filter(polarity=-1), "chooser", "chosen"),
        (BullyingName.objects.filter(part="bullies"), "victim", "named"),
    ):
        for said_by, said_of in ((a, d), (b, c)):
            rows.filter(**{by: said_by}).update(**{of: said_of})
    for rater, low, high in ((a, d, c), (b, c, d)):
        Rating.objects.filter(rater=rater, rated=low).update(points=1)
        Rating.objects.filter(rater=rater, rated=high).update(points=4)


def seen(actor: Membership, row: Sociogram, pupil: Pupil, about: set[str]) -> dict[str, bytes]:
    """Every page and file about this class that this hat gets, by route; nothing of the asking stays."""
    keys = {"sociogram": row.pk, "group": row.group_id, "pupil": pupil.pk, "round": row.round_id}
    keys["invitation"] = row.round.invitations.get(pupil=pupil).pk
    asked = {name for name, named, _hat in routes() if {*named} & about}
    client, found = client_of(actor), {}
    with transaction.atomic():
        for route, address in addresses(actor.pk, keys):
            answer = client.get(address) if route in asked else None
            if answer is not None and answer.status_code == 200:
                found[route] = _told(answer)
        transaction.set_rollback(True)
    return found


def _told(answer: Any) -> bytes:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if answer.headers["Content-Type"].startswith("text/html"):
        return TOKEN.sub("", body.decode()).encode()
    return MADE_AT.sub(b"", body)


def tells(actor: Membership, row: Sociogram, pupils: list[Pupil], *, about: set[str]) -> set[str]:
    """The pages on which something changes when two pupils change places."""
    before = seen(actor, row, pupils[2], about)
    with transaction.atomic():
        change_places(pupils)
        after = seen(actor, row, pupils[2], about)
        transaction.set_rollback(True)
    assert before.keys() == after.keys()
    assert "sociogram" in before or actor.role not in TEAM
    return {route for route, told in before.items() if after[route] != told}


@pytest.mark.parametrize("key", ["kring-sociogram-niet", "kring-sociogram-punten", "kring-sociogram-pesten"])
def test_no_page_tells_who_said_it_of_whom(cast: Cast, saar: Membership, pupils: list[Pupil], key: str, long: bool) -> None:
    """In short the pages of the sociogram of a teacher; with --long every page about the class, of everybody in the team."""
    row = a_class(cast, pupils, key)
    about = OF_A_CLASS if long else {"sociogram"}
    for actor in (cast.anna, *((cast.bram, cast.rik, cast.els, cast.noor) if long else ())):
        assert tells(actor, row, pupils, about=about) == set(), actor.role
    allowed = {WHO_FOLLOWS_UP} if key.endswith("pesten") else set()
    assert tells(saar, row, pupils, about=OF_A_CLASS if long else {"sociogram"}) == allowed


def test_a_page_that_names_who_said_no_is_found(cast: Cast, pupils: list[Pupil], monkeypatch: pytest.MonkeyPatch) -> None:
    """Planted: a page that writes the rows down."""
    row = a_class(cast, pupils, "kring-sociogram-niet")
    monkeypatch.setattr(views, "sociogram_notes", lambda: [f"{one.chooser} {one.chosen}" for one in _noes()])
    assert tells(cast.anna, row, pupils, about={"sociogram"}) == {"sociogram"}


def _noes() -> Iterable[Nomination]:
    return Nomination.objects.filter(polarity=-1).select_related("chooser", "chosen").order_by("chooser")


# ---- before and after -------------------------------------------------------------------------------------------


def test_a_class_of_which_counts_are_shown_is_not_opened_again_for_one_list_more(cast: Cast, pupils: list[Pupil]) -> None:
    """The difference would be the list of that one."""
    row, until = a_class(cast, pupils, "kring-sociogram-niet"), HANDED_IN.date().replace(day=14)
    at = HANDED_IN.replace(day=10)
    with pytest.raises(CountsShown):
        reopen_round(cast.bram, row.round, "Een leerling was er niet bij.", until=until, at=at)
    assert (
        client_of(cast.bram)
        .post(reverse("round_reopen", args=[cast.bram.pk, row.round_id]), {"reason": "Een leerling was ziek.", "until": until})
        .status_code
        == 409
    )


@pytest.mark.parametrize(("key", "came"), [("kring-sociogram", 12), ("kring-sociogram-niet", 6), ("kring-sociogram-pesten", 4)])
def test_where_no_count_tells_of_one_child_it_is_opened_again(cast: Cast, pupils: list[Pupil], key: str, came: int) -> None:
    """Nobody counts a no of half a class, and who chose whom stands on the page anyway."""
    made = asked_round(cast.group_6a, pupils, key)
    for one in pupils[:came]:
        hand_in(made, one, {item.key: 1 if item.kind.value == "frequency" else who() for item in made.offered.questions})
    close(cast.bram, made, at=HANDED_IN.replace(day=9))
    until = HANDED_IN.date().replace(day=14)
    reopen_round(cast.bram, made, "Een leerling was er niet bij.", until=until, at=HANDED_IN.replace(day=10))
    assert Round.objects.get().closed_at is None
