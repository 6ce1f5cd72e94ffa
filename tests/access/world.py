"""A world for the matrix: who asks, for what, and the words that betray each thing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from importlib import import_module
from time import monotonic

from django.conf import settings
from django.db.models import Model
from django.test import Client
from django.test.client import ClientHandler

from kring.core.idleness import AWAY
from kring.core.signing_in import STEP_UP_LASTS
from kring.web.models import Membership
from tests.access.people import SECRET, Town, make_town
from tests.access.things import make_things
from tests.access.things_cared import tells_of_care
from tests.access.things_outside import tells_of_outside
from tests.access.things_supported import tells_of_support
from tests.access.things_trained import tells_of_trainings
from tests.cast import Cast, client_of

VISITOR = "visitor"


@dataclass(slots=True)
class World:
    """`sessions` holds for everybody who is logged in the key of that session."""

    town: Town
    actors: dict[str, Membership]
    objects: dict[str, Model]
    sessions: dict[str, str] = field(default_factory=dict)
    tells: Mapping[str, str] = field(default_factory=dict)
    absent: dict[object, object] = field(default_factory=dict)  # answers about what does not exist, remembered
    asked_elsewhere: list[object] = field(default_factory=list)  # other machines, by any page; see conftest
    logged_in_at: float = 0.0
    handler: ClientHandler = field(default_factory=lambda: ClientHandler(enforce_csrf_checks=False))

    def everybody(self) -> tuple[str, ...]:
        return (*self.actors, VISITOR)

    def log_everybody_in(self) -> None:
        self.logged_in_at = monotonic()
        for who, actor in self.town.actors.items():
            self.sessions[who] = _session(actor)
        for who, of, shown, ago in OTHERWISE_LOGGED_IN:
            self.actors[who] = self.actors[of]
            self.sessions[who] = _session(self.actors[of], shown=shown, ago=ago)

    def keep_logged_in(self) -> None:
        """Before a proof of who somebody is has grown old: asking everything takes longer than that lasts."""
        if monotonic() - self.logged_in_at > STEP_UP_LASTS.total_seconds() / 4:
            self.log_everybody_in()

    def client(self, who: str) -> Client:
        """The browser of this person; a new one every time, with the same session."""
        client = Client()
        client.handler = self.handler
        if who in self.sessions:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[who]
        return client


def make_world(cast: Cast) -> World:
    town = make_town(cast)
    world = World(town, town.actors, make_things(town), tells=_tells(town))
    world.log_everybody_in()
    return world


OTHERWISE_LOGGED_IN = (
    ("anna_by_password", "anna", "password", timedelta(0)),
    ("olga_an_hour_ago", "olga", "passkey", timedelta(hours=1)),
    ("rik_an_hour_ago", "rik", "passkey", timedelta(hours=1)),
)
"""Somebody who has not shown a second factor, and two who showed it too long ago for an important step."""


def _session(actor: Membership, *, shown: str = "passkey", ago: timedelta = timedelta(0)) -> str:
    key = client_of(actor, shown=shown).cookies[settings.SESSION_COOKIE_NAME].value
    if ago:
        session = import_module(settings.SESSION_ENGINE).SessionStore(key)
        session["seen"] = [session["signed_in_at"], AWAY.total_seconds()]  # was busy all the time
        session["signed_in_at"] -= ago.total_seconds()
        for proof in session["account_authentication_methods"]:
            proof["at"] -= ago.total_seconds()
        session.save()
    return str(key)


def _tells(town: Town) -> dict[str, str]:
    """By the words of expect.txt, a text that stands nowhere but in that thing."""
    tells = {f"name-{name}": one.given_name for name, one in town.pupils.items()}
    tells |= {f"address-{name}": f"Straat{SECRET} van {name}" for name in ("els", "ed", "pim", "gea", "twan_as_guardian")}
    tells |= {f"phone-{name}": f"06{SECRET}{name}" for name in ("els", "ed", "pim", "gea", "twan_as_guardian")}
    tells |= {f"said-{name}": f"Reactie{SECRET} {name}" for name in ("noor", "els")}
    tells |= {"thought-noor": f"Gedacht{SECRET} noor", "thought-class": f"Gedacht{SECRET} klas", "heard-noor": f"Hoorde{SECRET} iets"}
    tells |= {f"own-words-{who}": f"Zelf{SECRET} {who}" for who in ("noor", "els", "school")}
    tells |= {"protects-noor": f"Beschermt{SECRET} noor", "weighs-noor": f"Weegt{SECRET} noor"}
    tells |= {f"attention-{name}": f"Gebied{SECRET} {name}" for name in ("noor", "lot", "fien")}
    tells |= {f"seen-{what}": f"Zag{SECRET} {what}" for what in ("noor", "getoond", "lot", "6a", "los", "ernstig")}
    tells |= {"guessed-noor": f"Dacht{SECRET} noor", "answer-noor": f"Antwoord{SECRET} noor"}
    tells |= {f"goal-{what}": f"Streef{SECRET} {what}:" for what in ("loopt", "getoond", "verdiept", "concept")}
    tells |= {"analysed-noor": f"Vermoedt{SECRET} noor", "watched-noor": f"Gedrag{SECRET} noor", "day-card-noor": f"Oefent{SECRET} noor"}
    tells |= {f"talk-{name}": f"Sprak{SECRET} {name}" for name in ("noor", "sem")}
    tells |= {"prepared-noor": f"Bereidt{SECRET} voor", "decided-noor": f"Besloten{SECRET} noor"}
    tells["wish-sem"] = f"Ruzie{SECRET} sem"
    tells["asked-els"] = f"Waarom{SECRET} els"
    tells |= {f"list-{name}": f"Lijst{SECRET}{name}" for name in ("bram", "olga")}
    tells |= {f"card-{name}": f"Kaart{SECRET} van {name}" for name in ("noor", "sem", "lot", "fien")}
    tells |= {"case-noor": f"Doel{SECRET}", "case-closed": f"Voorbij{SECRET}", "case-lot": f"Andere{SECRET}"}
    tells |= {f"request-{kind}": f"Vraag{SECRET} {kind}." for kind in ("agreed", "agreed_too", "withdrawn", "refused", "half")}
    tells |= {f"ground-{kind}": f"Grond{SECRET} {kind}." for kind in ("by_law", "by_law_of_one")}
    tells |= {f"share-{name}": f"Profiel{SECRET} {name}" for name in ("gedeeld", "getoond", "terug")}
    tells |= {f"file-{name}": f"Versie{SECRET} {name}" for name in ("gedeeld", "getoond", "terug")}
    tells |= {f"question-{name}": f"Raad{SECRET} {name}." for name in ("anna", "carla", "over")}
    tells |= {f"situation-{name}": f"Toestand{SECRET} {name}." for name in ("anna", "carla", "over")}
    tells |= {f"reason-{name}": f"Reden{SECRET} van {name}" for name in ("emil", "glen", "gwen")}
    tells |= {f"task-{name}": f"Taak{SECRET} van {name}" for name in ("anna", "carla")}
    tells |= {"handover-noor": f"Overdracht{SECRET} noor", "handover-sem": f"Overdracht{SECRET} sem"}
    tells |= {"handover-held-back": f"Blijft{SECRET} hier", "handover-asked": f"Anders{SECRET}"}
    tells |= tells_of_trainings() | tells_of_care() | tells_of_outside() | tells_of_support()
    return tells | {"advice": f"Advies{SECRET}", "draft": f"Getypt{SECRET}", "reports": f"zip{SECRET}"}
