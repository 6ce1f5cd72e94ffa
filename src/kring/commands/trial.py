"""`./kring trial`: Kring in the school's own network for an afternoon, by https with a certificate of its own and without a proxy.

Tablets, passkeys and work without a connection all ask for https. Everything else is as for a real school: no demo accounts, own data.
"""

import argparse
import http.client
import os
import socket
import ssl
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from kring.commands import ROOT, accounts
from kring.commands.alone import AlreadyRunning, alone
from kring.commands.certificate import Certified, certified
from kring.commands.company import Company, StepFailed, ToldToStop
from kring.commands.demo import port
from kring.commands.preflight import warnings, wrong_clock, wrong_folder
from kring.commands.serve import prepare, refuse, wait_until
from kring.commands.server import WITHOUT_PROXY, environment, gunicorn, schedule, secret_in, worker
from kring.commands.terminal import say
from kring.commands.translations import compile_stale

DATA = ROOT / ".kring" / "trial"
PORT = 8443
ANYWHERE = "192.0.2.1"  # an address of nobody: asking the way to it sends nothing
READY = """
Kring staat klaar op proef, in dit netwerk:
{addresses}

Vertrouwen. Elk apparaat moet dit certificaat één keer vertrouwen, anders waarschuwt de browser:
  {authority}
  iPad: stuur het bestand met AirDrop of mail; Instellingen, Profiel gedownload, Installeer; daarna Algemeen, Info, Vertrouwen.
  Android en Chromebook: Instellingen, Beveiliging, Certificaat installeren, CA-certificaat.
  Windows: dubbelklik, Certificaat installeren, Vertrouwde basiscertificeringsinstanties. Firefox: Instellingen, Certificaten, Importeren.
Verwijder het daar weer als de proef voorbij is. Geef de andere bestanden in die map aan niemand.

De vingerafdruk (SHA-256) om na te kijken op het apparaat:
  {fingerprint}

Eerste accounts:  ./kring trial accounts first --help
Stoppen: Ctrl-C. De gegevens staan in {data}; gooi die map weg als de proef voorbij is."""


def main(arguments: Sequence[str]) -> int:
    if arguments and arguments[0] == "accounts":
        os.environ.update(settings_of(names()))
        return accounts.main(arguments[1:])
    options = parser().parse_args(arguments)
    try:
        with alone(folder(), f"./kring trial op poort {options.port}"):
            return show(options.port)
    except AlreadyRunning as running:
        say(f"De proef draait al: {running}. Stop die eerst met Ctrl-C.")
    except StepFailed:
        say("De proef kon niet starten; hierboven staat waarom.")
    return 1


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        prog="kring trial",
        description="Probeer Kring in het eigen netwerk, met https en een eigen certificaat.",
        epilog="./kring trial accounts first … maakt de eerste accounts van de proef.",
    )
    made.add_argument("--port", type=port, default=PORT, help=f"poort van het adres (gewoonlijk {PORT})")
    return made


def folder() -> Path:
    DATA.mkdir(parents=True, mode=0o700, exist_ok=True)
    return DATA


def settings_of(known: Sequence[str]) -> dict[str, str]:
    """Production in everything, but the server speaks https itself."""
    hosts = ",".join(f"[{name}]" if ":" in name else name for name in known)
    own = {"KRING_DATA": str(folder()), "KRING_DATABASE": "", "KRING_DATABASE_OWNER": "", "KRING_SECRET_FILE": ""}
    return {**own, "KRING_HOSTS": hosts, "KRING_SECRET": secret_in(folder() / "secret"), "KRING_HTTPS": "self", "KRING_MODE": "production"}


def names() -> list[str]:
    """By which others in the network can reach this machine; one in .local works where the machine makes itself known (Avahi)."""
    host = socket.gethostname().partition(".")[0].lower()
    return list(dict.fromkeys([f"{host}.local", host, "localhost", *own_addresses(), "127.0.0.1"]))


def own_addresses() -> list[str]:
    """The address of the way out; a machine without a network has none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((ANYWHERE, 9))
        except OSError:
            return []
        return [str(probe.getsockname()[0])]


def show(wanted: int) -> int:
    compile_stale()
    os.umask(0o077)
    at, known = datetime.now().astimezone(), names()
    refuse([*taken_everywhere(wanted), *wrong_folder(folder(), sqlite=True), *wrong_clock(folder(), at=at)])
    files = certified(folder() / "certificate", known, at=at)
    with Company(environment("production", **settings_of(known))) as company:
        try:
            for sentence in warnings(folder()):
                say(sentence)
            prepare(company)
            run(company, files, known, wanted)
        except ToldToStop:
            say("\nDe proef is gestopt.")
    return 0


def run(company: Company, files: Certified, known: Sequence[str], wanted: int) -> None:
    secure = ("--certfile", str(files.certificate), "--keyfile", str(files.key), "--forwarded-allow-ips=")
    company.join("De server", gunicorn(f"0.0.0.0:{wanted}", *WITHOUT_PROXY, *secure), again=False)
    company.join("De achtergrondwerker", worker(), again=True)
    company.join("De planning", schedule(), again=True)
    wait_until(company, lambda: answers_securely(files, wanted))
    say(ready(files, known, wanted))
    company.keep()


def ready(files: Certified, known: Sequence[str], wanted: int) -> str:
    addresses = "\n".join(f"  https://{name}:{wanted}/" for name in known)
    return READY.format(addresses=addresses, authority=files.authority, fingerprint=files.fingerprint(), data=folder())


def answers_securely(files: Certified, wanted: int) -> bool:
    """As a device asks that trusts the certificate."""
    line = http.client.HTTPSConnection("localhost", wanted, timeout=10, context=ssl.create_default_context(cafile=str(files.authority)))
    try:
        line.request("GET", "/")
        return line.getresponse().status < http.HTTPStatus.INTERNAL_SERVER_ERROR
    except (OSError, http.client.HTTPException):
        return False
    finally:
        line.close()


def taken_everywhere(wanted: int) -> list[str]:
    return [] if is_free_everywhere(wanted) else [f"Poort {wanted} is bezet door een ander programma. Kies een andere met --port."]


def is_free_everywhere(wanted: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("0.0.0.0", wanted))  # noqa: S104 (for the network of the school, on purpose)
        except OSError:
            return False
        return True
