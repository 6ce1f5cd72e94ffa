"""Every address that Kring has, also those that somebody adds tomorrow: out of the routes, with keys that lead to something or nowhere."""

from collections.abc import Iterator, Mapping
from uuid import uuid4

from django.urls import URLPattern, reverse

from kring.web.checks import all_routes

Keys = Mapping[str, object]
"""What a name in an address leads to: a group, a round."""
LEAVES = frozenset({"account_logout"})  # whoever asks for it is nobody afterwards


def routes() -> Iterator[tuple[str, list[str], bool]]:
    """Each route: its name, the names of its keys, and whether it lies under a hat."""
    for pattern, route in all_routes():
        yield str(route.name), list(route.pattern.converters), pattern.startswith("as/")


def addresses(hat: object, keys: Keys) -> Iterator[tuple[str, str]]:
    """Every route by name with an address in this hat; a key that is not known leads nowhere."""
    for pattern, route in all_routes():
        named = {name: keys.get(name) or _nowhere(route, name) for name in route.pattern.converters}
        yield str(route.name), reverse(str(route.name), kwargs=({"hat": hat} if pattern.startswith("as/") else {}) | named)


def _nowhere(route: URLPattern, name: str) -> object:
    kind = type(route.pattern.converters[name]).__name__
    return {"UUIDConverter": uuid4(), "IntConverter": 1}.get(kind, "nowhere")
