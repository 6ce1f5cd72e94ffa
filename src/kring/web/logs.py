"""What the server writes down of itself: where it broke and on what kind of thing, by number. Never a value of a child.

A line bears names of routes, numbers of rows and kinds of exceptions. Addresses, what people typed and the words of an exception (a
database quotes the row in it) stay out, whoever writes the line: of others than ourselves only the place in the code is written.
"""

import json
import logging
import re
import secrets
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from types import TracebackType

from django.http import HttpRequest, HttpResponse

Answer = Callable[[HttpRequest], HttpResponse]
log = logging.getLogger(__name__)

OURS = re.compile(r"(kring|gunicorn)(\.|$)")
PLAIN_WORD = re.compile(r"[A-Za-z0-9_.:-]{1,80}")
BEGIN_OF_SENTENCE = re.compile(r"[A-Za-z ]*")
LEFT_OUT = "…"
FACTS = ("route", "method", "status", "ms", "job", "school", "round", "chore", "kind")
"""What may be told beside the event, as `extra=` of a line of ours; each a number or one plain word."""
HEADER = "Kring-Request"
OWN_QUESTION = "kring.own_question"  # in the environment of a request that Kring asks itself at a start (kring.web.checks)

_request: ContextVar[str] = ContextVar("request", default="")


def request_number() -> str:
    """Of the request that is being answered, to find its lines by; empty outside a request."""
    return _request.get()


def noted(answer: Answer) -> Answer:
    """Every request has a number, in its lines and in its answer; its own line says what was asked for, what came and how long it took."""

    def counted(request: HttpRequest) -> HttpResponse:
        token, start = _request.set(secrets.token_hex(8)), time.monotonic()
        try:
            response = answer(request)
            response.headers[HEADER] = request_number()
            if OWN_QUESTION not in request.META:
                log.info("request", extra=_facts(request, response, start))
            return response
        finally:
            _request.reset(token)

    return counted


@dataclass(slots=True)
class Line:
    """Of a request that no middleware saw."""

    number: str
    status: int = 500


@contextmanager
def noted_lean(route: str) -> Iterator[Line]:
    """The same number and the same line."""
    line, start = Line(secrets.token_hex(8)), time.monotonic()
    token = _request.set(line.number)
    try:
        yield line
    finally:
        if log.isEnabledFor(logging.INFO):
            ms = round((time.monotonic() - start) * 1000)
            log.info("request", extra={"route": route, "method": "POST", "status": line.status, "ms": ms})
        _request.reset(token)


def _facts(request: HttpRequest, response: HttpResponse, start: float) -> dict[str, object]:
    match = request.resolver_match
    ms = round((time.monotonic() - start) * 1000)
    return {"route": match.view_name if match else "none", "method": request.method, "status": response.status_code, "ms": ms}


class WithoutValues(logging.Formatter):
    """One line for who reads along: moment, level, logger, event, facts; below it the path through the code."""

    def format(self, record: logging.LogRecord) -> str:
        told = line(record)
        steps, facts = told.pop("steps", None), " ".join(f"{name}={told[name]}" for name in (*FACTS, "request", "broke") if name in told)
        said = f"{told['at']} {told['level']} {told['logger']} {told['event']} {facts}".rstrip()
        return said if steps is None else "\n".join([said, *map(str, steps if isinstance(steps, list) else [])])


class AsJson(logging.Formatter):
    """One object on one line, for a program that collects them."""

    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(line(record), ensure_ascii=True)


def line(record: logging.LogRecord) -> dict[str, object]:
    """What a record becomes."""
    told: dict[str, object] = {
        "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname,
        "logger": plain(record.name),
        "event": event_of(record),
    }
    given = {name: plain(getattr(record, name)) for name in FACTS if hasattr(record, name)}
    request = request_number()
    return told | given | ({"request": request} if request else {}) | _broke(record)


def event_of(record: logging.LogRecord) -> str:
    """Our own words, with plain words alone filled in; of others the place that spoke."""
    if not OURS.match(record.name):
        status = getattr(record, "status_code", None)
        return f"{plain(record.module)}.{plain(record.funcName)}:{record.lineno}" + (f" {status}" if isinstance(status, int) else "")
    if not record.args:
        return str(record.msg) if record.name.startswith("kring") else _begin(str(record.msg))
    args = {name: plain(one) for name, one in record.args.items()} if isinstance(record.args, Mapping) else tuple(map(plain, record.args))
    return str(record.msg) % args


def _begin(said: str) -> str:
    """Gunicorn fills in the address and what came from there before it logs: what follows its first words may be anything."""
    begin = BEGIN_OF_SENTENCE.match(said)
    return (begin.group().strip() if begin else "") or LEFT_OUT


def plain(value: object) -> object:
    """A number as it is; a word when it cannot be more than that; of an exception its kind.

    >>> [plain(one) for one in (3, "round.closed", "Noor van Dalen", ValueError("Noor"))]
    [3, 'round.closed', '…', 'ValueError']
    """
    if isinstance(value, BaseException):
        return type(value).__name__
    if isinstance(value, int | float):
        return value
    return str(value) if PLAIN_WORD.fullmatch(str(value)) else LEFT_OUT


def _broke(record: logging.LogRecord) -> dict[str, object]:
    kind, broken, trail = record.exc_info if isinstance(record.exc_info, tuple) else (None, None, None)
    if kind is None:
        return {}
    return {"broke": " from ".join(_kinds(kind, broken)), "steps": list(_steps(trail))}


def _kinds(kind: type[BaseException], broken: BaseException | None) -> list[str]:
    return [kind.__name__, *(type(cause).__name__ for cause in _causes(broken))]


def _steps(trail: TracebackType | None) -> Iterator[str]:
    """The path through the code; the code itself is no secret."""
    for step in traceback.extract_tb(trail):
        yield f"{step.filename}:{step.lineno} {step.name}"


def _causes(broken: BaseException | None) -> list[BaseException]:
    """What it came from, and that from; each once, for who raises again what it caught can make a ring."""
    found: list[BaseException] = [] if broken is None else [broken]
    while found and (cause := found[-1].__cause__ or found[-1].__context__) is not None and cause not in found:
        found.append(cause)
    return found[1:]
