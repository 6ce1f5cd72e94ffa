"""`./kring COMMAND`: finds the command, makes sure its packages are there, and runs it."""

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module, invalidate_caches

from kring.commands.environment import Packages, PackagesNotInstalled, ensure
from kring.commands.terminal import say


@dataclass(frozen=True, slots=True)
class Command:
    """A command: the packages it needs, what the help says, the module whose `main` does it."""

    packages: Packages
    help: str
    module: str = ""

    def run(self, name: str, arguments: Sequence[str]) -> int:
        module = import_module(self.module or f"kring.commands.{name}")
        return int(module.main(arguments))


COMMANDS = {
    "demo": Command(Packages.KRING, "probeer Kring met een verzonnen school"),
    "serve": Command(Packages.KRING, "draai Kring voor een school"),
    "install": Command(Packages.KRING, "zet alles klaar in deze map, zodat er daarna niemand meer in hoeft te schrijven"),
    "upgrade": Command(Packages.KRING, "breng de gegevens over naar deze versie: reservekopie, overstap, controle; met een weg terug"),
    "trial": Command(Packages.KRING, "probeer Kring in het eigen netwerk, met een eigen certificaat"),
    "accounts": Command(Packages.KRING, "maak de eerste accounts van een nieuwe installatie"),
    "audit": Command(Packages.KRING, "reken het logboek na, of leg de stand ervan elders vast"),
    "bounces": Command(Packages.KRING, "lees een teruggekomen e-mail van de standaardinvoer"),
    "analyse": Command(Packages.KRING, "maak een groepsrapport uit een map met bestanden", "kring.analyse"),
    "test": Command(Packages.DEV, "run every test, on SQLite and on PostgreSQL"),
    "check": Command(Packages.DEV, "run every check: style, types, walls, migrations, texts, documents"),
    "bench": Command(Packages.BENCH, "measure beside the peers, and write docs/benchmarks.md"),
    "docs": Command(Packages.DEV, "build the developer documents"),
    "reference": Command(Packages.DEV, "write docs/reference/ from the code"),
    "translations": Command(Packages.DEV, "bring locale/en up to date with the Dutch texts"),
    "lock": Command(Packages.DEV, "pin the packages of pyproject.toml anew"),
}


def main(arguments: Sequence[str]) -> int:
    one_thread_each()
    if not arguments or arguments[0] in {"-h", "--help", "help"}:
        print(usage())
        return 0
    name, *rest = arguments
    if name not in COMMANDS:
        say(f"Kring kent “{name}” niet.\n\n{usage()}")
        return 2
    return run(name, rest)


def one_thread_each() -> None:
    """Let numpy work on one core per process, unless told otherwise: our tables are small, and threads that wait for a busy core spin.

    On two busy cores alpha of 20,000 pupils took 2,000 ms with threads and 4 ms without (2026-11-22).
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def run(name: str, arguments: Sequence[str]) -> int:
    command = COMMANDS[name]
    try:
        ensure(command.packages)
        invalidate_caches()
        return command.run(name, arguments)
    except PackagesNotInstalled:
        say("De pakketten konden niet geïnstalleerd worden. Is er internet, of een pakketbron voor pip?")
    except KeyboardInterrupt:
        say("\nGestopt.")
    return 1


def usage() -> str:
    lines = [f"  ./kring {name:<13}{command.help}" for name, command in COMMANDS.items()]
    return "\n".join(["Kring", "", *lines, "", "Meer over een opdracht: ./kring OPDRACHT --help"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
