"""Writing YAML in one form only, so that the same content always is the same bytes.

Only what content files need: mappings in blocks, short lists on one line, texts plain where they can be, folded where they are long.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache

import yaml
from yaml.resolver import Resolver

WIDTH = 140
OPENERS = "“‘(…€"  # besides letters and digits, what a text may begin with and still be read as it stands


class Token(str):
    """A number, a day, a word from a closed list or a key: written as it is."""

    __slots__ = ()


class Row(dict[str, str]):
    """A small mapping that stands on one line when it fits."""

    __slots__ = ()


def number(value: float) -> Token:
    """A number with as few decimals as say exactly this."""
    return Token(int(value) if value == int(value) else format(Decimal(repr(value)), "f"))


def yes(value: bool) -> Token:
    """true or false."""
    return Token("true" if value else "false")


Node = str | Sequence[str] | Mapping[str, "Node"]


def written_yaml(parts: Sequence[Mapping[str, Node]]) -> str:
    """The parts under each other, with an empty line between."""
    return "\n".join("".join(f"{line}\n" for line in _block(part, 0)) for part in parts if part)


def _block(fields: Mapping[str, Node], indent: int) -> Iterator[str]:
    for key, node in fields.items():
        begin = f"{' ' * indent}{_key(key)}:"
        if isinstance(node, Token) or not isinstance(node, str):
            yield from _structure(begin, node, indent)
        else:
            yield from _text(begin, node, indent + 2)


def _structure(begin: str, node: Node, indent: int) -> Iterator[str]:
    line = f"{begin} {_on_one_line(node)}"
    if isinstance(node, str) or not node or (len(line) <= WIDTH and not _needs_block(node)):
        yield line
    elif isinstance(node, Mapping):
        yield begin
        yield from _block(node, indent + 2)
    else:
        yield begin
        yield from (f"{' ' * (indent + 2)}- {_in_flow(part)}" for part in node)


def _needs_block(node: Node) -> bool:
    return isinstance(node, Mapping) and not isinstance(node, Row)


def _on_one_line(node: Node) -> str:
    if isinstance(node, Mapping):
        return "{" + ", ".join(f"{_key(key)}: {_in_flow(value)}" for key, value in node.items() if isinstance(value, str)) + "}"
    return node if isinstance(node, str) else f"[{', '.join(map(_in_flow, node))}]"


def _in_flow(text: str) -> str:
    return text if isinstance(text, Token) or (_plain(text) and not set(",[]{}:?") & set(text)) else _quoted(text)


def _text(begin: str, text: str, indent: int) -> Iterator[str]:
    lines = text.split("\n")
    if len(lines) > 1 and all(line.isprintable() and line == line.strip() for line in lines) and lines[0] and lines[-1]:
        yield f"{begin} |-"
        yield from (f"{' ' * indent}{line}".rstrip() for line in lines)
    elif len(begin) + 1 + len(text) > WIDTH and text.isprintable() and text == text.strip() and "  " not in text:
        yield f"{begin} >-"
        yield from (f"{' ' * indent}{line}" for line in _folded(text, WIDTH - indent))
    else:
        yield f"{begin} {text if _plain(text) else _quoted(text)}"


def _folded(text: str, width: int) -> Iterator[str]:
    line = ""
    for word in text.split(" "):
        if line and len(line) + 1 + len(word) > width:
            yield line
            line = word
        else:
            line = f"{line} {word}" if line else word
    yield line


def _plain(text: str) -> bool:
    """Whether every reader of YAML takes it for this very text when nothing stands around it."""
    begins = text[:1].isalnum() or text[:1] in OPENERS
    return begins and text.isprintable() and text == text.strip() and not text.endswith(":") and _is_text(text) and _apart(text)


def _apart(text: str) -> bool:
    return ": " not in text and " #" not in text


def _key(key: str) -> str:
    return key if _plain(key) or key.removeprefix("-").isdecimal() else _quoted(key)


@lru_cache(maxsize=4096)
def _is_text(text: str) -> bool:
    """Not something that looks like a number, a day, or yes and no."""
    tag: str = Resolver().resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]
    return tag == "tag:yaml.org,2002:str"


def _quoted(text: str) -> str:
    return "".join(part if part.isprintable() else _escaped(part) for part in json.dumps(text, ensure_ascii=False))


def _escaped(sign: str) -> str:
    return f"\\u{ord(sign):04x}" if ord(sign) < 0x10000 else f"\\U{ord(sign):08x}"
