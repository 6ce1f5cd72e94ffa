"""Many respondents in one process and one loop, as cheap as Python goes: they share two cores with the server that they measure.

Closed loop: each respondent saves again as soon as the answer came. Open loop: so many saves a second fall due, whatever the server
does, and a save that waited for its turn has waited from the moment it was due. What was acknowledged goes into a file.
"""

import argparse
import json
import select
import signal
import socket
import sys
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import IO

from tests.reliability.load.plan import Plan, read

HEAD = "POST /answers/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
SAVED, LATER = b"HTTP/1.1 200", 0.1
LARGEST = 65_536
BEGIN = 1_760_000_000  # places go on after those of an earlier load: tenths of seconds since some moment


class Respondent:
    """One who fills in a list over one connection that stays open as long as the server lets it."""

    __slots__ = ("busy", "due", "line", "mark", "number", "place", "read", "request", "since", "waiting")

    def __init__(self, number: int, place: int) -> None:
        self.number, self.place = number, place
        self.line: socket.socket | None = None
        self.waiting: deque[float] = deque()  # when the saves that wait fell due
        self.busy = False
        self.request, self.read, self.mark = b"", b"", 0
        self.since = self.due = 0.0


class Load:
    """The loop. `found` says what came out."""

    def __init__(self, port: int, plan: Plan, told: IO[bytes], *, respondents: int | None, patience: float) -> None:
        self.address, self.plan, self.told, self.patience = ("127.0.0.1", port), plan, told, patience
        self.poll = select.epoll()
        self.of_line: dict[int, Respondent] = {}
        first = int((time.time() - BEGIN) * 10)
        self.everybody = [Respondent(number, first) for number in range(respondents or len(plan.tickets))]
        self.took: list[float] = []
        self.statuses: Counter[str] = Counter()
        self.again: list[tuple[float, Respondent]] = []  # a save that broke is brought again, as from an outbox
        self.is_over = self.is_told_to_stop = False

    def stop(self, *_: object) -> None:
        """Somebody else says that it is enough."""
        self.is_told_to_stop = True

    # ---- two ways to ask ------------------------------------------------------------------------------------------

    def closed(self, seconds: float) -> float:
        """Everybody saves without pause; how long it took."""
        start = time.perf_counter()
        for one in self.everybody:
            one.waiting.append(start)
            self.save(one)
        self.turn(start + seconds, self.answered_closed)
        return self.end(start)

    def open(self, seconds: float, rate: float) -> float:
        """So many saves a second fall due, one respondent after the other."""
        start, count = time.perf_counter(), 0
        until = start + seconds
        while (now := time.perf_counter()) < until and not self.is_told_to_stop:
            fallen = int((now - start) * rate) + 1
            for number in range(count, fallen):
                one = self.everybody[number % len(self.everybody)]
                one.waiting.append(start + number / rate)
                if not one.busy:
                    self.save(one)
            count = fallen
            self.hear(min(0.005, max(0.0, start + count / rate - now)), self.answered_open)
        return self.end(start)

    def turn(self, until: float, answered: Callable[[Respondent], None]) -> None:
        while time.perf_counter() < until and not self.is_told_to_stop:
            self.hear(0.05, answered)

    def end(self, start: float) -> float:
        """Wait for what is still on its way; what is not answered then, is not acknowledged."""
        took = time.perf_counter() - start
        self.is_over = True
        until = time.perf_counter() + self.patience
        while any(one.busy for one in self.everybody) and time.perf_counter() < until:
            self.hear(0.05, self.answered_open)
        self.statuses["never answered"] += sum(one.busy for one in self.everybody)
        return took

    # ---- one save -------------------------------------------------------------------------------------------------

    def save(self, one: Respondent) -> None:
        """Send the next save that fell due."""
        one.busy, one.due = True, one.waiting.popleft()
        one.place += 1
        item, code = self.plan.answer(one.number, one.place)
        body = f'{{"ticket":"{self.plan.tickets[one.number]}","answers":[[{one.place},"{item}",{code}]]}}'
        one.request = (HEAD % len(body) + body).encode()
        self.send(one)

    def send(self, one: Respondent) -> None:
        one.read, one.mark = b"", -1
        try:
            if one.line is None:
                self.connect(one)
            assert one.line is not None
            one.line.sendall(one.request)
        except OSError as broken:
            self.broke(one, broken)

    def connect(self, one: Respondent) -> None:
        one.line = socket.create_connection(self.address, timeout=self.patience)
        one.line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.of_line[one.line.fileno()] = one
        self.poll.register(one.line.fileno(), select.EPOLLIN)

    def hang_up(self, one: Respondent) -> None:
        if one.line is not None:
            del self.of_line[one.line.fileno()]
            with suppress(OSError):
                self.poll.unregister(one.line.fileno())
            one.line.close()
            one.line = None

    def hear(self, seconds: float, answered: Callable[[Respondent], None]) -> None:
        for fileno, _ in self.poll.poll(seconds):
            one = self.of_line[fileno]
            if self.heard(one):
                answered(one)
        self.bring_again()

    def heard(self, one: Respondent) -> bool:
        """Whether a whole answer to a save came in."""
        assert one.line is not None
        try:
            read = one.line.recv(LARGEST)
        except OSError as broken:
            self.broke(one, broken)
            return False
        if not read:
            self.hung_up(one)
            return False
        one.read += read
        if one.mark < 0:
            one.mark = whole(one.read)
        return 0 <= one.mark <= len(one.read)

    def hung_up(self, one: Respondent) -> None:
        """The server ends a line on which nothing happens: the save that crossed that goes over a new one, as browsers do."""
        if not one.busy:
            self.hang_up(one)
        elif one.read:
            self.broke(one, ConnectionResetError())
        else:
            self.hang_up(one)
            self.statuses["over a new line"] += 1
            self.send(one)

    def broke(self, one: Respondent, broken: OSError) -> None:
        self.hang_up(one)
        self.statuses[type(broken).__name__] += 1
        self.again.append((time.perf_counter() + LATER, one))

    def bring_again(self) -> None:
        if self.again and self.again[0][0] < time.perf_counter():
            now, waiting = time.perf_counter(), self.again
            self.again = [each for each in waiting if each[0] >= now]
            for at, one in waiting:
                if at < now:
                    self.send(one)

    # ---- an answer ------------------------------------------------------------------------------------------------

    def answered_closed(self, one: Respondent) -> None:
        if self.acknowledged(one):
            one.waiting.append(time.perf_counter())
            self.save(one)

    def answered_open(self, one: Respondent) -> None:
        if self.acknowledged(one) and one.waiting and not self.is_over:
            self.save(one)

    def acknowledged(self, one: Respondent) -> bool:
        """Note it down when it is kept; otherwise bring it again a moment later, as an outbox does."""
        kept = one.read.startswith(SAVED)
        self.statuses["200" if kept else refusal(one.read)] += 1
        if b"\r\nConnection: close" in one.read:
            self.hang_up(one)
        if kept:
            one.busy = False
            self.took.append(time.perf_counter() - one.due)
            self.told.write(b"%d %d\n" % (one.number, one.place))
        else:
            self.again.append((time.perf_counter() + LATER, one))
        return kept


def refusal(read: bytes) -> str:
    """The status and why, as in “503 full”."""
    said = read.partition(b'"why":"')[2].partition(b'"')[0]
    return f"{read[9:12].decode()} {said.decode()}".strip()


def whole(read: bytes) -> int:
    """How long the answer is that begins here; -1 when its headers are not all in."""
    end = read.find(b"\r\n\r\n")
    if end < 0:
        return -1
    at = read.lower().find(b"content-length:", 0, end)
    return end + 4 + int(read[at + 15 : read.find(b"\r\n", at)])


def summary(load: Load, seconds: float) -> dict[str, object]:
    took = sorted(load.took) or [0.0]
    at = {f"p{part}": round(1000 * took[min(len(took) - 1, int(len(took) * part / 100))], 1) for part in (50, 95, 99)}
    rate = round(len(load.took) / seconds)
    return {"saves": len(load.took), "per second": rate, **at, "worst": round(1000 * took[-1], 1), "told": +load.statuses}


def arguments() -> argparse.Namespace:
    made = argparse.ArgumentParser()
    made.add_argument("port", type=int)
    made.add_argument("plan", type=Path)
    made.add_argument("told", type=Path, help="the file for what was acknowledged")
    made.add_argument("--seconds", type=float, default=5)
    made.add_argument("--rate", type=float, help="saves a second (open loop); without it, everybody without pause")
    made.add_argument("--respondents", type=int, help="so many of the plan; without it, everybody")
    made.add_argument("--patience", type=float, default=15)
    return made.parse_args()


def main() -> None:
    asked = arguments()
    with ExitStack() as stack:
        told = stack.enter_context(asked.told.open("ab"))
        load = Load(asked.port, read(asked.plan), told, respondents=asked.respondents, patience=asked.patience)
        signal.signal(signal.SIGTERM, load.stop)
        seconds = load.open(asked.seconds, asked.rate) if asked.rate else load.closed(asked.seconds)
    json.dump(summary(load, seconds), sys.stdout)


def acknowledged(path: Path) -> Iterator[tuple[int, int]]:
    """Respondent and place of everything that was acknowledged."""
    with path.open() as lines:
        for line in lines:
            respondent, place = line.split()
            yield int(respondent), int(place)


if __name__ == "__main__":
    main()
