"""Reading what a mail server sends back about a message that it could not deliver after all (RFC 3464). It may be anything."""

from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from email.parser import HeaderParser
from uuid import UUID

LARGEST = 1_000_000
"""Of a report the head says enough; what is longer is cut off."""
MOST_PARTS = 50
STUMBLES = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What reading an invented message can end in."""


def number_of_bounce(report: bytes) -> UUID | None:
    """The number of our message that came back for good; None for whatever else this is."""
    try:
        return _number(message_from_bytes(report[:LARGEST]))
    except STUMBLES:
        return None


def _number(report: Message) -> UUID | None:
    parts = [part for part, _count in zip(report.walk(), range(MOST_PARTS))]
    told = [each for part in parts if part.get_content_type() == "message/delivery-status" for each in _blocks(part)]
    if not any(_is_for_good(each) for each in told):
        return None
    named = [str(each["Original-Envelope-Id"]) for each in told if each["Original-Envelope-Id"]]
    return next((number for text in [*named, *_message_ids(parts)] if (number := _as_number(text))), None)


def _blocks(part: Message) -> Iterator[Message]:
    """The message as a whole, and then each address."""
    payload = part.get_payload()
    yield from (each for each in payload if isinstance(each, Message)) if isinstance(payload, list) else ()


def _is_for_good(block: Message) -> bool:
    return str(block["Action"] or "").strip().lower() == "failed" and str(block["Status"] or "").strip().startswith("5.")


def _message_ids(parts: list[Message]) -> Iterator[str]:
    """Of the message itself, which comes along whole or by its headers."""
    for part in parts:
        if part.get_content_type() == "text/rfc822-headers":
            yield str(HeaderParser().parsestr(str(part.get_payload()))["Message-ID"] or "")
        elif part.get_content_type() == "message/rfc822":
            yield from (str(each["Message-ID"] or "") for each in _blocks(part))


def _as_number(text: str) -> UUID | None:
    try:
        return UUID(text.strip().removeprefix("<").partition("@")[0])
    except ValueError:
        return None
