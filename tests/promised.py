"""What every answer bears, and that nothing is asked of another machine: held wherever pages are asked all over."""

import socket
from typing import Any

import pytest

from kring.web.checks import PROMISED

EVERYWHERE = {name: value for name, value in PROMISED.items() if name != "Cache-Control"}
KINDS = (
    *(f"text/{kind}; charset=utf-8" for kind in ("html", "csv", "javascript", "plain", "calendar")),
    'text/css; charset="utf-8"',
    *(
        "application/json",
        "application/fhir+json",
        "application/yaml; charset=utf-8",
        "application/pdf",
        "application/zip",
        "application/octet-stream",
    ),
    *("application/vnd.openxmlformats", "application/samlmetadata+xml"),
)
"""What Kring sends, with its alphabet where it is text."""
HERE = ("127.0.0.1", "::1", "localhost", "")


def lacking(answer: Any, *, kept_by_nobody: bool = True) -> list[str]:
    """Which of the promised headers this answer does not bear; a download has a stricter policy of its own.

    Among them the kind of content, unless it is empty.
    """
    promised = PROMISED if kept_by_nobody else EVERYWHERE
    lacks = [name for name, value in promised.items() if value not in answer.headers.get(name, "")]
    kind = answer.headers.get("Content-Type", "")
    says_what = kind.startswith(KINDS) or not (answer.streaming or answer.content)
    policy = answer.headers.get("Content-Security-Policy", "")
    return (
        lacks
        + [f"{word} in the policy" for word in ("unsafe", "*") if word in policy]
        + ([] if "frame-ancestors 'none'" in policy else ["frames"])
        + ([] if says_what else [f"a kind of content: {kind}"])
    )


def no_way_out(patch: pytest.MonkeyPatch) -> list[object]:
    """Every address that somebody tries to reach from now on, or a name that is looked up; nothing leaves."""
    found: list[object] = []

    def refuse(*asked: Any, **more: Any) -> Any:  # noqa: ARG001
        place = next((one for one in asked if isinstance(one, tuple | str)), "")
        if (place if isinstance(place, str) else place[0]) not in HERE:
            found.append(place)
        raise OSError("no way out of a test")

    for name in ("connect", "connect_ex", "sendto"):
        patch.setattr(socket.socket, name, refuse)
    for name in ("getaddrinfo", "gethostbyname", "create_connection"):
        patch.setattr(socket, name, refuse)
    return found
