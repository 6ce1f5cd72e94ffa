"""One question to one route by one person, and everything that is wrong with the answer."""

import io
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4
from zipfile import BadZipFile, ZipFile

from django.db import connection, transaction
from django.urls import reverse

from kring.web.checks import all_routes
from tests.access.expectation import DONE, STATUS, Line, expectations
from tests.access.world import World
from tests.promised import lacking

UNDER_HAT = {route.name for pattern, route in all_routes() if pattern.startswith("as/")}
TRACES = {"kring_entry", "kring_segment", "django_session", "usersessions_usersession", "kring_person", "axes_accesslog"}
"""What is written about asking itself. That somebody was there is all that may be kept of a page that was read or refused."""
LOGIN, SECOND_STEP, PROOF = "/login/?", "/login/choose/", "/login/again/"
WHERE_TO = {"login": LOGIN, "second step": SECOND_STEP, "proof": PROOF}
WRITES = re.compile(r'(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)"?', re.IGNORECASE)
OWN_BY_NATURE = re.compile(rb'name="(?:csrfmiddlewaretoken|draft|next|once)" value="[^"]*"|nonce="[^"]*"')
NOOR_HERSELF = "Noor van de Test"  # what Noor reads of herself in the corner of every page
REGION = "Noord"  # of the holidays, and nobody's name


@dataclass(slots=True)
class Asked:
    """An answer, and what was written while it was made."""

    status: int
    place: str
    text: str
    written: set[str] = field(default_factory=set)
    put_down: str = ""  # everything that was handed to the database to be kept
    lacks: list[str] = field(default_factory=list)  # headers that every answer bears

    @property
    def answer(self) -> tuple[int, str, str]:
        """All that somebody outside can tell."""
        return self.status, self.place, self.text


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens inside has not happened."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def address(world: World, who: str, line: Line, keys: list[object] | None = None) -> str:
    own = world.actors.get(who) or world.actors["anna"]
    named = [_key(world.objects[name]) for name in line.objects] if keys is None else keys
    return reverse(line.route, args=[own.pk, *named] if line.route in UNDER_HAT else named)


def _key(thing: Any) -> object:
    return thing if isinstance(thing, str | int) else thing.pk


def absent(world: World, line: Line) -> list[object]:
    """Keys like those of the line, of nothing that exists."""
    return [uuid4() if isinstance(_key(world.objects[name]), UUID) else _key(world.objects[name]) for name in line.objects]


def ask(
    world: World, who: str, line: Line, *, method: str = "", keys: list[object] | None = None, sent: dict[str, Any] | None = None
) -> Asked:
    """The answer, as if it were never asked."""
    how = method or line.method
    client = world.client(who)
    made: Any = {} if how == "OPTIONS" or sent is None else {"data": sent}
    asker = getattr(client, how.lower()) if made else client.generic
    with undone(), writing_noted() as noted:
        there = address(world, who, line, keys)
        answer = asker(there, **made) if made else client.generic(how, there)
        text = readable(answer)
    return Asked(answer.status_code, answer.headers.get("Location", ""), text, noted.tables - TRACES, noted.values, lacking(answer))


@dataclass(slots=True)
class Noted:
    """Tables that were written to, and the values."""

    tables: set[str] = field(default_factory=set)
    values: str = ""


@contextmanager
def writing_noted() -> Iterator[Noted]:
    noted = Noted()

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001
        if found := WRITES.match(sql):
            noted.tables.add(found[1])
            if found[1] not in {"django_session"}:
                noted.values += f" {params}"
        return execute(sql, params, many, context)

    lines = LogLines(noted)
    logging.getLogger().addHandler(lines)
    try:
        with connection.execute_wrapper(note):
            yield noted
    finally:
        logging.getLogger().removeHandler(lines)


class LogLines(logging.Handler):
    """What goes to the log of the server is put down as well."""

    def __init__(self, noted: Noted) -> None:
        super().__init__()
        self.noted = noted

    def emit(self, record: logging.LogRecord) -> None:
        self.noted.values += f" {record.getMessage()}"


def readable(answer: Any) -> str:
    """The text of a page, of what is inside a package, and of what went to paper (see conftest)."""
    content: bytes = b"".join(answer.streaming_content) if answer.streaming else answer.content
    text = OWN_BY_NATURE.sub(b"", content).decode(errors="replace")
    if content[:2] == b"PK":
        try:
            with ZipFile(io.BytesIO(content)) as package:
                text += "".join(package.read(name).decode(errors="replace") for name in package.namelist())
        except BadZipFile:
            return text
    return text


def told(world: World, text: str) -> set[str]:
    """The things that this text betrays."""
    said = text.replace(NOOR_HERSELF, "").replace(REGION, "")
    return {thing for thing, sign in world.tells.items() if sign in said}


def may_know(who: str) -> set[str]:
    always = expectations().always.get(who, "")
    as_somebody = always.removeprefix("as ") if always.startswith("as ") else who
    return {thing for thing, people in expectations().knows.items() if as_somebody in people}


def judge(world: World, line: Line, who: str) -> list[str]:
    """Every difference between the answer and the file; empty when there is none."""
    expected = line.answer(who, under_hat=line.route in UNDER_HAT)
    asked = ask(world, who, line)
    return [f"{line} · {who}: {fault}" for fault in _faults(world, line, who, expected, asked)]


def _faults(world: World, line: Line, who: str, expected: str, asked: Asked) -> Iterator[str]:
    if asked.status != STATUS[expected] and not (expected in WHERE_TO and asked.status == 307):  # a form that goes along
        yield f"{expected} was expected, {asked.status} came {asked.place}"
    elif expected in WHERE_TO and not asked.place.startswith(WHERE_TO[expected]):
        yield f"{expected} was expected, and it led to {asked.place}"
    yield from _leaks(world, who, expected, asked)
    if (expected not in DONE or line.method == "GET") and not expected.startswith("not now") and asked.written:
        yield f"nothing may change, and this was written to: {sorted(asked.written)}"
    if expected == "nothing" and line.objects and not _other_hat_may(world, who) and asked.answer != _of_the_absent(world, line, who):
        yield "what is foreign looks different from what is absent"
    if asked.lacks:
        yield f"these headers lack: {asked.lacks}"
    if world.asked_elsewhere:
        yield f"another machine was asked: {world.asked_elsewhere}"
        world.asked_elsewhere.clear()


def _leaks(world: World, who: str, expected: str, asked: Asked) -> Iterator[str]:
    seen = told(world, asked.text)
    if "name-noor" in seen and not expected.endswith("with Noor"):
        yield "Noor is named"
    if leaked := seen - may_know(who) - {"name-noor"}:
        yield f"this leaks: {sorted(leaked)}"
    if not asked.written and (kept := told(world, asked.put_down)):
        yield f"a trace holds {sorted(kept)}"


def _of_the_absent(world: World, line: Line, who: str) -> object:
    """What this person hears about what does not exist: asked once."""
    kind = (who, line.method, line.route)
    if kind not in world.absent:
        world.absent[kind] = ask(world, who, line, keys=absent(world, line)).answer
    return world.absent[kind]


def _other_hat_may(world: World, who: str) -> bool:
    """The page may point somebody to another hat of their own, in which it is there."""
    actor = world.actors.get(who)
    return any(actor and other.person_id == actor.person_id and other.pk != actor.pk for other in world.actors.values())


class PlainPaper:
    """In the place of Typst: paper on which one can read with a program what went to it. Hundreds of pages are made here."""

    def __init__(self, *args: Any, **kwargs: Any) -> None: ...

    def compile(self, *, sys_inputs: dict[str, str], **kwargs: Any) -> bytes:  # noqa: ARG002
        said = " ".join(sys_inputs.values())
        return b"%PDF-1.7 " + said.encode()
