"""Processes that start together and stop together. Each test runs a company in a process of its own, for it listens to signals."""

import signal
import subprocess
import sys
import time
from pathlib import Path

ROLE = """
import sys
from kring.commands.company import Company, StepFailed, ToldToStop
{script}
"""
STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(1, flush=True); time.sleep(60)"
QUIET = "import time; time.sleep(60)"


def company(script: str, *arguments: str) -> "subprocess.Popen[str]":
    command = (sys.executable, "-c", ROLE.format(script=script), *arguments)
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def two_children(first: str, second: str) -> str:
    return f"""
with Company({{"PATH": "/usr/bin"}}) as company:
    company.join("one", (sys.executable, "-c", {first!r}), again=False)
    company.join("two", (sys.executable, "-c", {second!r}), again=True)
    print(*(child.process.pid for child in company.children), flush=True)
    try:
        company.keep()
    except ToldToStop:
        print("told")
    except StepFailed:
        print("fell")
"""


def is_alive(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


def pids(running: "subprocess.Popen[str]") -> list[int]:
    assert running.stdout is not None
    return [int(pid) for pid in running.stdout.readline().split()]


def test_ctrl_c_stops_every_child_and_says_nothing_ugly() -> None:
    running = company(two_children(QUIET, QUIET))
    children = pids(running)
    running.send_signal(signal.SIGINT)
    out, errors = running.communicate(timeout=10)
    assert (out, errors, running.returncode) == ("told\n", "", 0)
    assert not any(is_alive(pid) for pid in children)


def test_a_signal_is_heard_at_whatever_moment_it_falls() -> None:
    """A `threading.Event` hangs here within a second: the signal falls while the lock of its own `wait` is held."""
    script = """
import signal
from kring.told import Told
for number in range(3000):
    told = Told()
    signal.signal(signal.SIGALRM, lambda *_: told.set())
    signal.setitimer(signal.ITIMER_REAL, 0.0003 + number * 1e-8)
    while not told.wait(0.00001):
        pass
    assert told.is_set() and told.wait(0)
print("heard")
"""
    out, errors = company(script).communicate(timeout=60)
    assert (out, errors) == ("heard\n", "")


def test_a_child_that_does_not_listen_is_forced() -> None:
    running = company(two_children(QUIET, STUBBORN))
    children = pids(running)
    assert running.stdout is not None
    assert running.stdout.readline() == "1\n"  # it has stopped listening
    start = time.monotonic()
    running.send_signal(signal.SIGTERM)
    out, _ = running.communicate(timeout=15)
    assert (out, running.returncode) == ("told\n", 0)
    assert time.monotonic() - start < 10
    assert not any(is_alive(pid) for pid in children)


def test_when_the_server_falls_everything_ends() -> None:
    running = company(two_children("import sys; sys.exit(3)", QUIET))
    children = pids(running)
    out, errors = running.communicate(timeout=10)
    assert (out, errors) == ("fell\n", "one is gestopt (code 3).\n")
    assert not any(is_alive(pid) for pid in children)


def test_a_fallen_worker_is_started_again(tmp_path: Path) -> None:
    counted = tmp_path / "starts"
    falls_once = f"import pathlib, sys, time; p = pathlib.Path({str(counted)!r}); p.exists() and time.sleep(60); p.touch(); sys.exit(1)"
    running = company(two_children(QUIET, falls_once))
    assert running.stderr is not None
    assert "start opnieuw" in running.stderr.readline()
    time.sleep(2.5)
    running.send_signal(signal.SIGINT)
    out, _ = running.communicate(timeout=10)
    assert out.endswith("told\n")


def test_killing_us_outright_takes_the_children_along() -> None:
    running = company(two_children(QUIET, QUIET))
    children = pids(running)
    running.kill()
    running.communicate(timeout=10)
    until = time.monotonic() + 5
    while any(is_alive(pid) and "Z" not in state(pid) for pid in children) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(is_alive(pid) and "Z" not in state(pid) for pid in children)


def state(pid: int) -> str:
    """One letter; Z is dead and not yet buried by whoever inherited it."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return "Z"


def test_a_step_that_fails_is_told_and_one_that_is_stopped_ends() -> None:
    script = f"""
with Company({{}}) as company:
    try:
        company.step(sys.executable, "-c", "import sys; sys.exit(1)")
    except StepFailed:
        print("failed", flush=True)
    try:
        company.step(sys.executable, "-c", {QUIET!r})
    except ToldToStop:
        print("told")
"""
    running = company(script)
    assert running.stdout is not None
    assert running.stdout.readline() == "failed\n"
    running.send_signal(signal.SIGHUP)
    out, _ = running.communicate(timeout=10)
    assert (out, running.returncode) == ("told\n", 0)
