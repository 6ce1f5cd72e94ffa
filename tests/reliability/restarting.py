"""A database that is restarted in the middle of everything, and the processes beside the server that are killed. A program.

It has a database of its own: SQLite in a file, or a PostgreSQL that it starts and cuts off itself. One line of JSON per question.
"""

import json
import os
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from kring.commands.postgres import ROLE, installed_in, make_role, run, running


class Server:
    """A PostgreSQL that can be cut off as by a power cut."""

    def __init__(self, home: Path) -> None:
        self.home, self.programs, self.data = home, installed_in(home), home / "data"
        self.up = ExitStack()
        say = ("--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--username=postgres", "--no-sync")
        run(self.programs / "initdb", "-D", str(self.data), *say)
        self.start()
        make_role(self.programs, home)

    @property
    def address(self) -> str:
        return f"postgresql://{ROLE}@/{ROLE}?host={self.home}"

    def start(self) -> None:
        self.up.enter_context(running(self.programs, self.data, self.home))

    def cut_off(self) -> None:
        """What `pg_ctl stop -m immediate` does: nobody is waited for, nothing is tidied."""
        self.up.close()


def main() -> None:
    """DATABASE KILLS CUTS GAP"""
    database, kills, cuts, gap = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4])
    with ExitStack() as stack:
        server = None
        if database == "postgresql":
            server = Server(Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="kring-restarts-"))))
            stack.callback(server.cut_off)
            os.environ["KRING_DATABASE"] = server.address
        import django

        django.setup()
        from tests.reliability import living

        for name, found in living.answers(server, kills=kills, cuts=cuts, gap=gap):
            print(json.dumps({name: found}), flush=True)
