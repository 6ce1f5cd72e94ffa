"""The questions of `restarting.py`: a worker that is killed, a schedule that is stopped, a disk that is full, a database that restarts."""

import http.client
import os
import signal
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from kring.commands import ROOT
from kring.commands.server import django, free_port, gunicorn
from kring.core.access import Role
from kring.web.audit.models import Entry
from kring.web.audit.queries import verified
from kring.web.jobs import intake, rows
from kring.web.jobs.work import WorkBroke  # noqa: F401 (the queue names it)
from kring.web.mail.intake import send_due
from kring.web.models import Assignment, Beat, Board, ChoreRun, Job, MailAddress, Membership, OutgoingMail, Person, School, StoredFile
from kring.web.wall import schools_open
from tests.cast import START, client_of, group, member, pupil
from tests.reliability.restarting import Server
from tests.reliability.slow_work import slow
from tests.reliability.writing import child, ended
from tests.web.mail.post_office import PostOffice, post_office

Answer = dict[str, Any]
BEAT, LOOK = ("--beat", "0.2"), ("--look", "0.3", "--pause", "0.1")
PATIENCE = 60.0
READERS, LETTERS = 6, 12


def answers(server: Server | None, *, kills: int, cuts: int, gap: float) -> Iterator[tuple[str, Answer]]:
    call_command("migrate", verbosity=0)
    board = Board.objects.create(name="Board")
    school = School.objects.create(board=board, name="School", type=School.Type.PRIMARY)
    with schools_open([school.pk]):
        actor = member(school, Role.TEACHER, "anna")
        six = group(school, "6A", [6])
        Assignment.objects.create(school=school, membership=actor, group=six, from_at=START)
        pupil(six, "Noor", 6)
    if kills:
        yield "killed", killed_workers(actor, kills)
    yield "claimed", claimed_by_many()
    yield "full", full_disk(actor, str(six.pk))
    if server:
        yield "cut off", cut_off(server, actor, str(six.pk), cuts, gap)


# ---- a worker that is killed, and a schedule that is stopped ------------------------------------------------------


def beside(*command: str) -> "subprocess.Popen[bytes]":
    path = f"{ROOT / 'src'}{os.pathsep}{ROOT}"
    return subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": path}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def until(holds: Callable[[], bool]) -> float:
    start = time.monotonic()
    while not holds():
        assert time.monotonic() - start < PATIENCE, "it took too long"
        time.sleep(0.05)
    return time.monotonic() - start


def killed_workers(actor: Membership, kills: int) -> Answer:
    schedule = beside(*django("keep_schedule"), *BEAT, *LOOK)
    workers = [beside(*django("keep_worker"), *BEAT)]
    fates, seconds = [], []
    try:
        for number in range(kills):
            took, job = kill_in_the_middle(actor, workers, number)
            fates.append([job.repeatable, job.state, job.attempt, job.cause, job.done])
            seconds.append(took)
        until(lambda: not DBTaskResult.objects.running().exists())  # the worker tells the queue after it told the job
        with schools_open([actor.school_id]):
            files = StoredFile.objects.count()
        queue = dict(Counter(DBTaskResult.objects.values_list("status", flat=True)))
        chores = list(ChoreRun.objects.exclude(name="mail").values_list("outcome", flat=True).distinct())
        stopped = time.monotonic()
        schedule.terminate()
        code = schedule.wait(30)
        took = time.monotonic() - stopped
        left = Beat.objects.filter(kind=Beat.Kind.SCHEDULE).count()
        return {
            "fates": fates,
            "slowest": max(seconds),
            "files": files,
            "queue": queue,
            "chores": chores,
            "stopped": [code, left],
            "stopped after": took,
        }
    finally:
        for one in (*workers, schedule):
            one.kill()
            one.wait()


def kill_in_the_middle(actor: Membership, workers: "list[subprocess.Popen[bytes]]", number: int) -> tuple[float, Job]:
    """Seconds until the job was over, from the kill; every other job may be repeated."""
    with schools_open([actor.school_id]):
        job = intake.start(actor, f"slow{number}", slow, at=timezone.now(), repeatable=number % 2 == 0)

    def seen(holds: Callable[[Job], bool]) -> Callable[[], bool]:
        def asked() -> bool:
            with schools_open([actor.school_id]):
                job.refresh_from_db()
            return holds(job)

        return asked

    until(seen(lambda job: job.done >= 3))
    workers[-1].send_signal(signal.SIGKILL)
    workers[-1].wait()
    workers.append(beside(*django("keep_worker"), *BEAT))
    return until(seen(lambda job: job.is_over)), job


# ---- one chore, many servers --------------------------------------------------------------------------------------


def claimed_by_many(servers: int = 4, hours: int = 15) -> Answer:
    """Every server tries at every hour: how often it was had in each."""
    rows.list_chores({"contested": timedelta(hours=1)})
    noon = timezone.now()
    children = [child(lambda tell: _claim_each_hour(noon, hours, tell)) for _ in range(servers)]
    had = Counter(line for pid, said in children for line in ended(pid, said))
    return {"hours": len(had), "most": max(had.values())}


def _claim_each_hour(noon: Any, hours: int, tell: int) -> None:
    me = rows.begin_beating(Beat.Kind.SCHEDULE, at=noon)
    for hour in range(hours):
        for _ in range(3):
            if rows.claim("contested", me, at=noon + timedelta(hours=hour)):
                os.write(tell, f"{hour}\n".encode())
                rows.note("contested", me, broke_on="", at=noon)
        time.sleep(0.02)


# ---- a disk that is full ------------------------------------------------------------------------------------------


def full_disk(actor: Membership, six: str) -> Answer:
    client: Client = client_of(actor)
    client.raise_request_exception = False
    page = reverse("group", args=[actor.pk, six])
    before = client.get(page).status_code
    counted = entries(actor)
    with no_room():
        full = asked_until_full(client, page)
        while_full = entries(actor)
        front = client.get(reverse("style")).status_code
    again = client.get(page).status_code
    with schools_open([actor.school_id]):
        sound = verified(actor.school_id).is_sound
    lost = full.count(200) - (while_full - counted)
    return {"before": before, "full": full[-3:], "lost": lost, "goes on": front, "again": again, "sound": sound}


def asked_until_full(client: Client, page: str, most: int = 200) -> list[int]:
    """The last page that was there still takes some lines; then three more."""
    told = [client.get(page).status_code]
    while told[-1] == 200 and len(told) < most:
        told.append(client.get(page).status_code)
    return [*told, *(client.get(page).status_code for _ in range(2))]


@contextmanager
def no_room() -> Iterator[None]:
    """SQLite may not take another page; PostgreSQL says what it says when a file cannot grow."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.execute("CREATE TABLE filler (x)")
            cursor.execute("PRAGMA max_page_count = 1")  # as many as there are now
            with suppress(Exception):
                while True:
                    cursor.execute("INSERT INTO filler VALUES (zeroblob(500))")
        else:
            cursor.execute(
                "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS"
                " $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$"
            )
            cursor.execute("CREATE TRIGGER no_room BEFORE INSERT ON kring_entry EXECUTE FUNCTION no_room()")
    yield
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA max_page_count = 1000000000")
            cursor.execute("DROP TABLE filler")
        else:
            cursor.execute("DROP TRIGGER no_room ON kring_entry")


def entries(actor: Membership) -> int:
    with schools_open([actor.school_id]):
        return Entry.objects.filter(school_id=actor.school_id, name="page.read", outcome="done").count()


# ---- a database that restarts -------------------------------------------------------------------------------------


def cut_off(server: Server, actor: Membership, six: str, cuts: int, gap: float) -> Answer:
    """Readers ask on and on, letters go out to a slow mail server, and the database is cut off again and again."""
    with post_office(seconds=0.1) as (office, mail_server):
        settings.MAIL = mail_server
        return _cut_off(server, actor, six, office, cuts=cuts, gap=gap)


def _cut_off(server: Server, actor: Membership, six: str, office: PostOffice, *, cuts: int, gap: float) -> Answer:
    port = free_port(8900)
    cookie = f"{settings.SESSION_COOKIE_NAME}={client_of(actor).cookies[settings.SESSION_COOKIE_NAME].value}"
    before, told, over = entries(actor), Counter[str](), threading.Event()
    people = [letter_for(number) for number in range(LETTERS)]
    kring = beside(*gunicorn(f"127.0.0.1:{port}"))
    try:
        page = reverse("group", args=[actor.pk, six])
        until(lambda: ask(port, page, cookie) == "200")
        told["200"] += 1
        readers = [threading.Thread(target=read_on, args=(port, page, cookie, told, over)) for _ in range(READERS)]
        post = threading.Thread(target=post_on, args=(over,))
        connections.close_all()
        for one in (*readers, post):
            one.start()
        for _ in range(cuts):
            time.sleep(gap)
            server.cut_off()
            server.start()
        took = until(lambda: ask(port, page, cookie) == "200")
        told["200"] += 1
        until(lambda: len(set(office.to)) == len(people))
        over.set()
        for one in (*readers, post):
            one.join()
    finally:
        over.set()
        kring.terminate()
        kring.wait(10)
    connections.close_all()
    with schools_open([actor.school_id]):
        sound = verified(actor.school_id).is_sound
    kept = entries(actor) - before
    waits = OutgoingMail.objects.filter(ended_at=None).count()
    return {
        "told": dict(told),
        "lost": max(0, told["200"] - kept),
        "sound": sound,
        "up again after": took,
        "letters": len(set(office.to)),
        "of": len(people),
        "twice": len(office.to) - len(set(office.to)),
        "left": waits,
    }


def letter_for(number: int) -> Person:
    now = timezone.now()
    person = Person.objects.create(username=f"reader{number}", given_name="Reader", family_name=str(number))
    fields: dict[str, Any] = {"confirmed_at": now, "expires_at": now + timedelta(days=300)}
    MailAddress.objects.create(person=person, address=f"reader{number}@school.example", **fields)
    OutgoingMail.objects.create(person=person, kind=OutgoingMail.Kind.WAITING, written_at=now, next_try_at=now)
    return person


def ask(port: int, page: str, cookie: str) -> str:
    """The status, with what should be beside it."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        line.request("GET", page, headers={"Cookie": cookie, "Host": "localhost"})
        answer = line.getresponse()
        answer.read()
        return str(answer.status) + (" later" if answer.headers.get("Retry-After") else "")
    except OSError as broken:
        return type(broken).__name__
    finally:
        line.close()


def read_on(port: int, page: str, cookie: str, told: Counter[str], over: threading.Event) -> None:
    while not over.is_set():
        told[ask(port, page, cookie)] += 1


def post_on(over: threading.Event) -> None:
    """What the schedule does, without waiting a minute for each turn: it takes the clock along."""
    at = timezone.now()
    while not over.wait(0.2):
        at += timedelta(minutes=10)
        try:
            send_due(at=at)
        except Exception:  # noqa: BLE001 (a chore that breaks has another turn)
            connection.close()
    connection.close()
