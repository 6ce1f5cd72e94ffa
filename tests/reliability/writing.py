"""The writer of the log under threads, processes, kills and locks, on a database of its own. A program: one line of JSON per question."""

import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.management import call_command
from django.db import connection, connections, transaction
from django.utils import timezone

from kring.core.access import Role, Verb
from kring.web import writer
from kring.web.action import action
from kring.web.audit.intake import append
from kring.web.audit.models import Entry
from kring.web.audit.queries import verified
from kring.web.models import Board, Membership, Person, School
from kring.web.wall import schools_open
from kring.web.writer import NotWritten, Order, write

Answer = dict[str, Any]


def main() -> None:
    """PROCESSES THREADS WRITES, then the questions; `speed SECONDS` measures instead."""
    call_command("migrate", verbosity=0)
    board = Board.objects.create(name="Board")
    schools = [School.objects.create(board=board, name=f"School {n}", type=School.Type.PRIMARY).pk for n in range(3)]
    connections.close_all()
    if sys.argv[1] == "speed":
        speed(schools, float(sys.argv[2]))
        return
    processes, threads, writes = map(int, sys.argv[1:])
    for question in (
        many_at_once(processes, threads, writes),
        kills(processes, threads),
        poison,
        joins,
        forked,
        too_late,
        locked,
        batches,
        crossing,
    ):
        print(json.dumps({question.__name__: question(schools)}), flush=True)


def entry(name: str = "page.read") -> Entry:
    return Entry(at=timezone.now(), name=name, outcome="done")


def reading(school: UUID, name: str = "page.read") -> Callable[[], int]:
    """What the guard hands to the writer; its answer is the number in the chain."""

    def work() -> int:
        made = entry(name)
        with schools_open([school]):
            append(school, [made])
        return made.sequence

    return work


def event(school: UUID) -> None:
    """What an action does: in a transaction of its own, beside the writer."""
    with transaction.atomic():
        reading(school, "test.done")()


def many_at_once(processes: int, threads: int, writes: int) -> Callable[[list[UUID]], Answer]:
    def together(schools: list[UUID]) -> Answer:
        children = [child(lambda tell, p=p: told_by_threads(schools, threads, writes, tell, p)) for p in range(processes)]  # type: ignore[misc]
        told = [line for pid, said in children for line in ended(pid, said)]
        return {"acknowledged": len(told), "asked": processes * threads * writes, **state(schools, told)}

    return together


def kills(processes: int, threads: int) -> Callable[[list[UUID]], Answer]:
    def killed(schools: list[UUID]) -> Answer:
        """Everybody is killed in the middle of it: what was acknowledged is there."""
        children = [child(lambda tell, p=p: told_by_threads(schools, threads, 100_000, tell, p)) for p in range(processes)]  # type: ignore[misc]
        time.sleep(2)
        for pid, _said in children:
            os.kill(pid, signal.SIGKILL)
        told = [line for pid, said in children for line in ended(pid, said)]
        return {"acknowledged": len(told), **state(schools, told)}

    return killed


def told_by_threads(schools: list[UUID], threads: int, writes: int, tell: int, seed: int) -> None:
    """Every acknowledged entry is told at once, outside the database: school and number."""

    def run(start: int) -> None:
        for n in range(writes):
            school = schools[(seed + start + n) % len(schools)]
            if n % 10 == 9:
                event(school)
            number = write(reading(school), of=str(school))
            os.write(tell, f"{school.hex} {number}\n".encode())
        connection.close()

    running = [threading.Thread(target=run, args=[n]) for n in range(threads)]
    for one in running:
        one.start()
    for one in running:
        one.join()


def child(life: Callable[[int], None]) -> tuple[int, int]:
    """A process and the end of the pipe on which it tells."""
    connections.close_all()
    reads, writes = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reads)
        try:
            life(writes)
        finally:
            os._exit(0)
    os.close(writes)
    return pid, reads


def ended(pid: int, said: int) -> list[str]:
    with os.fdopen(said) as lines:
        told = [line.strip() for line in lines if line.endswith("\n")]
    os.waitpid(pid, 0)
    return told


def state(schools: list[UUID], told: list[str]) -> Answer:
    """Whether every chain is whole, and whether all that was told is in it."""
    kept, sound = set[str](), []
    for school in schools:
        with schools_open([school]):
            sound.append(verified(school).is_sound)
            kept |= {f"{school.hex} {number}" for number in Entry.objects.filter(school_id=school).values_list("sequence", flat=True)}
    return {"sound": sound, "lost": len(set(told) - kept), "told twice": len(told) - len(set(told))}


def poison(schools: list[UUID]) -> Answer:
    """What raises goes to its caller alone, also what breaks in the database."""
    school, before = schools[0], count()
    outcomes: list[str] = []

    def breaks() -> int:
        reading(school)()
        raise ZeroDivisionError

    def refused() -> int:
        Entry.objects.create(school_id=school, sequence=1, at=timezone.now(), name="x", outcome="done")  # number 1 is taken
        return 0

    def run(work: Callable[[], int]) -> None:
        try:
            write(work, of=str(school))
            outcomes.append("kept")
        except Exception as broken:  # noqa: BLE001 (this is the question)
            outcomes.append(type(broken).__name__)
        finally:
            connection.close()

    def behind_the_wall() -> int:
        with schools_open([school]):
            return refused()

    held(lambda: [threading.Thread(target=run, args=[work]) for work in [reading(school), breaks, behind_the_wall] * 5])
    return {"outcomes": sorted(outcomes), "kept": count() - before, **state(schools, [])}


def held(threads: Callable[[], list[threading.Thread]]) -> None:
    """Let these wait behind one slow work, so that they come into one transaction."""
    go_on = threading.Event()
    slow = threading.Thread(target=lambda: write(go_on.wait))
    slow.start()
    line = writer._writer
    wait_for(lambda: line.is_busy and not line.waiting)
    running = threads()
    for one in running:
        one.start()
    wait_for(lambda: len(line.waiting) == len(running))
    go_on.set()
    for one in (slow, *running):
        one.join()


def wait_for(it_is_so: Callable[[], bool]) -> None:
    while not it_is_so():
        time.sleep(0.01)


def joins(schools: list[UUID]) -> Answer:
    """Inside a transaction the work joins it, and goes with it."""
    before = count()
    try:
        with transaction.atomic():
            write(reading(schools[0]), of=str(schools[0]))
            raise ZeroDivisionError
    except ZeroDivisionError:
        pass
    return {"kept": count() - before}


def forked(schools: list[UUID]) -> Answer:
    """A child that is born while the writer of its parent runs has one of its own."""
    before = count()
    write(reading(schools[0]), of=str(schools[0]))
    pid, said = child(lambda _tell: write(reading(schools[0]), of=str(schools[0])))  # type: ignore[arg-type]
    ended(pid, said)
    write(reading(schools[0]), of=str(schools[0]))
    return {"kept": count() - before}


def too_late(schools: list[UUID]) -> Answer:
    """Who gives up before its work begins has nothing done."""
    before, mine = count(), writer.Writer()
    threading.Thread(target=lambda: mine.take(Order(lambda: time.sleep(1), ""))).start()
    time.sleep(0.2)
    try:
        mine.take(Order(reading(schools[0]), ""), patience=0.2)
        outcome = "kept"
    except NotWritten:
        outcome = "NotWritten"
    time.sleep(1.2)
    return {"outcome": outcome, "kept": count() - before}


def locked(schools: list[UUID]) -> Answer:
    """Somebody else holds the chain: who commits hears from the database in time that nothing was written."""
    connection.close()
    options = connection.settings_dict["OPTIONS"]
    before_timeout = options.get("timeout")
    if connection.vendor == "sqlite":
        options["timeout"] = 1
    before, mine, holding, let_go = count(), writer.Writer(), threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            reading(schools[0])()
            holding.set()
            let_go.wait(20)
            transaction.set_rollback(True)
        connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    holding.wait(20)
    start = time.monotonic()
    try:
        mine.take(Order(reading(schools[0]), ""), patience=0.5)
        outcome = "kept"
    except NotWritten:
        outcome = "NotWritten"
    took = time.monotonic() - start
    let_go.set()
    holder.join()
    if connection.vendor == "sqlite":
        connection.close()
        options["timeout"] = before_timeout
    return {"outcome": outcome, "in time": took < 15, "kept at most": count() - before <= 1, **state(schools, [])}


def batches(schools: list[UUID]) -> Answer:
    """What waits together is one transaction."""
    committed: list[int] = []
    real = writer._commit

    def counted(orders: list[Order[object]]) -> None:
        committed.append(len(orders))
        real(orders)

    writer._commit = counted
    read = reading(schools[0])
    held(lambda: [threading.Thread(target=lambda: write(read, of="x")) for _ in range(40)])
    writer._commit = real
    return {"works": committed}


def crossing(schools: list[UUID]) -> Answer:
    """Two requests that hold one row: one did something before, the other something after. Neither waits for what the other holds."""
    outcomes: list[str] = []
    with schools_open(schools[:1]):
        actor = coordinator(schools[0])

    @action("test.touched", needs=Verb.READ)
    def touch(actor: Membership, school: School, *, first: float = 0, then: float = 0) -> None:  # noqa: ARG001
        time.sleep(first)
        School.objects.select_for_update().get(pk=school.pk)
        time.sleep(then)

    @action("test.said", needs=Verb.READ)
    def say(actor: Membership, school: School) -> None:
        """Changes nothing."""

    def request(*acts: Callable[[], None]) -> None:
        try:
            with schools_open(schools[:1]):
                for act in acts:
                    act()
            outcomes.append("done")
        except Exception as broken:  # noqa: BLE001 (this is the question)
            outcomes.append(type(broken).__name__)
        finally:
            connection.close()

    school = actor.school
    ways = [
        lambda: request(lambda: say(actor, school), lambda: touch(actor, school, first=0.6)),
        lambda: request(lambda: touch(actor, school, first=0.2, then=0.6)),
    ]
    running = [threading.Thread(target=way) for way in ways]
    for one in running:
        one.start()
    for one in running:
        one.join()
    return {"outcomes": outcomes, **state(schools, [])}


def coordinator(school: UUID) -> Membership:
    person = Person.objects.create(username="bram", given_name="Bram", family_name="Test")
    made = Membership.objects.create(school_id=school, person=person, role=Role.COORDINATOR.value, from_at=timezone.now())
    return Membership.objects.select_related("school", "person").get(pk=made.pk)


def count() -> int:
    found = 0
    for school in School.objects.values_list("id", flat=True):
        with schools_open([school]):
            found += Entry.objects.filter(school_id=school).count()
    return found


def speed(schools: list[UUID], seconds: float) -> None:
    """Readings per second of two processes, each in a transaction of its own against together."""
    ways: dict[str, Callable[[UUID], object]] = {"one by one": alone, "group commit": lambda school: write(reading(school), of=str(school))}
    for threads in (1, 4, 8, 32):
        for name, way in ways.items():
            print(json.dumps({"threads": threads, "way": name, **measured(way, schools, threads, seconds)}), flush=True)


def measured(way: Callable[[UUID], object], schools: list[UUID], threads: int, seconds: float) -> Answer:
    children = [child(lambda tell: as_often(way, schools, threads, seconds, tell)) for _ in range(2)]
    took = sorted(float(line) for pid, said in children for line in ended(pid, said))
    good = [one for one in took if one >= 0]
    p99 = good[int(len(good) * 0.99)] * 1000 if good else 0
    return {"per second": round(len(good) / seconds), "p99 ms": round(p99), "errors": len(took) - len(good)}


def alone(school: UUID) -> None:
    with transaction.atomic():
        reading(school)()


def as_often(way: Callable[[UUID], object], schools: list[UUID], threads: int, seconds: float, tell: int) -> None:
    until = time.monotonic() + seconds
    took: list[float] = []

    def run(n: int) -> None:
        while (start := time.monotonic()) < until:
            try:
                way(schools[n % len(schools)])
                took.append(time.monotonic() - start)
            except Exception:  # noqa: BLE001 (counted)
                took.append(-1.0)
        connection.close()

    running = [threading.Thread(target=run, args=[n]) for n in range(threads)]
    for one in running:
        one.start()
    for one in running:
        one.join()
    with os.fdopen(os.dup(tell), "w") as said:
        said.writelines(f"{one}\n" for one in took)
