"""Read the file of identity providers. All that is wrong with it is said at once, with file, entry, line and field; then nothing starts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kring.file_problems import FilesRefused, Problems
from kring.identity_providers.files import Beside
from kring.identity_providers.presets import EMPLOYEES, KNOWN, Known, Preset
from kring.identity_providers.provider import IdentityProvider, Protocol, SamlSide, origin_of
from kring.lined_yaml import MOST_CHARACTERS, SEE_EXAMPLE, Fields, Lined, read_lined

SEE = "Vergelijk met het voorbeeld in docs/sso.md."
KEY_CHARACTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")
LONGEST_KEY = 40
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")


@dataclass(eq=False, kw_only=True)
class ProvidersRefused(FilesRefused):
    """The file of identity providers cannot be used as it is."""


def read_providers(path: Path, *, production: bool) -> tuple[IdentityProvider, ...]:
    """Every provider in the file, or ProvidersRefused with all that is wrong."""
    problems = Problems()
    try:
        with path.open(encoding="utf-8") as file:
            text = file.read(MOST_CHARACTERS + 1)
    except (OSError, UnicodeDecodeError):
        problems.add(path.name, None, None, "Dit bestand is er niet of is niet te lezen.", "Kijk of KRING_SSO het goede pad noemt.")
        text = ""
    root = read_lined(path.name, text, problems) if text else None
    providers = _all(path, root, problems, production=production) if root is not None else []
    if not (problems or providers):
        problems.add(path.name, None, "providers", "Er staat geen aanbieder in.", "Schrijf er een, of laat KRING_SSO leeg.")
    problems.found = [replace(each, advice=SEE) if each.advice == SEE_EXAMPLE else each for each in problems.found]
    problems.refuse(ProvidersRefused)
    return tuple(providers)


def _all(path: Path, root: Lined, problems: Problems, *, production: bool) -> list[IdentityProvider]:
    fields = Fields(path.name, root, problems)
    found: list[IdentityProvider] = []
    for node in fields.parts("providers"):
        key = node.fields.get("key")
        entry = Fields(f"{path.name}, aanbieder “{(key and key.text) or '?'}”", node, problems)
        provider = _Entry(entry, Beside(path.parent, entry), production=production).provider()
        _check_alone(entry, provider, found)
        found.append(provider)
    fields.done()
    return found


def _check_alone(entry: Fields, provider: IdentityProvider, before: Sequence[IdentityProvider]) -> None:
    if any(other.key == provider.key for other in before):
        entry.wrong("key", f"De sleutel “{provider.key}” staat er twee keer.", "Geef elke aanbieder een eigen sleutel.")
    if any(other.issuer == provider.issuer for other in before):
        entry.wrong("key", f"De uitgever “{provider.issuer}” staat er twee keer.", "Laat er een staan: anders is iemand twee personen.")


@dataclass(frozen=True, slots=True)
class _Entry:
    """One entry of the file."""

    fields: Fields
    beside: Beside
    production: bool

    def provider(self) -> IdentityProvider:
        for name in ("second_factor", "new_accounts", "login_hosts"):
            self.fields.node(name)  # so that they are named when another field is misspelt
        preset = self.fields.one_of("preset", Preset)
        known = KNOWN[preset]
        made = (self._openid if known.protocol is Protocol.OPENID else self._saml)(known)
        self.fields.done()
        return made

    def _openid(self, known: Known) -> IdentityProvider:
        wanted = self._wanted(known)
        filled = {field: self.fields.text(field) for field in known.asks}
        wanted |= {claim: frozenset({filled[field].casefold()}) for field, claim in known.asks.items()}
        issuer = known.issuer.format(**filled) if known.issuer else self.fields.text("issuer")
        self._check_address("issuer", issuer)
        hosts = (*known.hosts, *([] if known.issuer else self._words("hosts")))
        servers = frozenset({origin_of(issuer), *(f"https://{host}" for host in hosts)})
        discovery = self.beside.document("discovery_file")
        for endpoint in ENDPOINTS if discovery is not None else ():
            if origin_of(str(discovery and discovery.get(endpoint))) not in servers:
                self.fields.wrong("discovery_file", f"“{endpoint}” wijst naar een computer die hier niet genoemd is.", SEE)
        if discovery is not None and discovery.get("issuer") != issuer:
            self.fields.wrong("discovery_file", "Dit document is van een andere uitgever.", SEE)
        return replace(
            self._common(known, issuer, wanted, {origin_of(issuer)}),
            client_id=self.fields.text("client_id"),
            secret=self.beside.text("secret_file"),
            server_origins=servers,
            discovery=discovery,
            subject=known.subject,
        )

    def _saml(self, known: Known) -> IdentityProvider:
        issuer = self.fields.text("entity_id")
        metadata = self.beside.metadata("metadata_file", issuer)
        address = str(metadata.get("idp", {}).get("singleSignOnService", {}).get("url", ""))
        if metadata:
            self._check_address("metadata_file", address)
        subject = self._subject()
        side = SamlSide(
            metadata,
            subject,
            known.lasting_name and subject is None,
            self.beside.text("key_file") if "key_file" in self.fields else "",
            self.beside.text("certificate_file") if "certificate_file" in self.fields else "",
        )
        if bool(side.key) != bool(side.certificate):
            self.fields.wrong("key_file", "Een sleutel en een certificaat horen bij elkaar.", "Geef allebei, of geen van beide.")
        return replace(self._common(known, issuer, self._wanted(known), {origin_of(address)}), saml=side)

    def _common(self, known: Known, issuer: str, wanted: dict[str, frozenset[str]], origins: set[str]) -> IdentityProvider:
        key = self.fields.text("key")
        if not (set(key) <= KEY_CHARACTERS and len(key) <= LONGEST_KEY):
            self.fields.wrong("key", "Een sleutel bestaat uit kleine letters, cijfers en streepjes.", "Bijvoorbeeld: stichting-tweeluik.")
        return IdentityProvider(
            key=key,
            name=self.fields.text("name"),
            protocol=known.protocol,
            issuer=issuer,
            login_origins=frozenset(origins | {f"https://{host}" for host in self._words("login_hosts")}),
            wanted=wanted,
            second_factor=frozenset(self._words("second_factor") if "second_factor" in self.fields else known.second_factor),
            makes_accounts=self.fields.yes("new_accounts") if "new_accounts" in self.fields else True,
        )

    def _wanted(self, known: Known) -> dict[str, frozenset[str]]:
        wanted: dict[str, frozenset[str]] = {}
        if known.organisation:
            wanted[known.organisation] = frozenset(word.casefold() for word in self._words("home_organisations"))
            if not wanted[known.organisation]:
                self.fields.wrong("home_organisations", "Hier hoort te staan van welke school of stichting iemand moet zijn.", SEE)
        if known.affiliation:
            words = self._words("affiliations") if "affiliations" in self.fields else EMPLOYEES
            wanted[known.affiliation] = frozenset(word.casefold() for word in words)
        if not (known.organisation or known.asks):
            for claim, node in self.fields.mapping("wanted").items():
                values = [part.text or "" for part in node.parts] or [node.text or ""]
                wanted[claim] = frozenset(value.casefold() for value in values)
        return wanted

    def _subject(self) -> str | None:
        for name in ("key_file", "certificate_file"):
            self.fields.node(name)
        subject = self.fields.optional("subject")
        if subject and "mail" in subject.casefold():
            self.fields.wrong("subject", "Een e-mailadres zegt niet wie iemand is: het kan van een ander worden.", SEE)
        return subject

    def _words(self, name: str) -> list[str]:
        words = [part.text or "" for part in self.fields.parts(name)]
        if any(not word for word in words) or (name.endswith("hosts") and any("/" in word or " " in word for word in words)):
            self.fields.wrong(name, "Hier hoort een lijst van losse woorden te staan.", "Schrijf bijvoorbeeld [een, twee].")
            return []
        return words

    def _check_address(self, field: str, address: str) -> None:
        scheme, _, host = origin_of(address).partition("://")
        if scheme == "https" and host:
            return
        if scheme != "http" or not host:
            self.fields.wrong(field, f"“{address}” is geen webadres.", "Schrijf een adres dat met https:// begint.")
        elif self.production:
            self.fields.wrong(field, f"“{address}” gaat over http, en dan kan iedereen meelezen.", "Gebruik een adres met https://.")
