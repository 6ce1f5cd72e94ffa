"""Ways in which a good file goes wrong: in Excel, in the mail, on a stick. Each takes chance and bytes, and gives bytes."""

import random
from collections.abc import Callable, Mapping

ENCODINGS = ("cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "cp437", "utf-7", "utf-32")
LINE_ENDS = (b"\r\n", b"\r", b"\n\n", b" \n", b"\x0b")
DELIMITERS = (b";", b"\t", b"|", b" ", b",,")
ODD = (
    *("", " ", '"', "'", '""', "=1+1", "-1", "1e9", "1,5", "NaN", "9" * 400),
    *("Zoë", "\ufeff", "\u200b", "\u202e", "\x00", "\x85", "\u2028", "٣", "²", "😀"),
)
MOST_LINES = 2000

Spoil = Callable[[random.Random, bytes], bytes]
Files = Mapping[str, bytes]


def flip(chance: random.Random, data: bytes) -> bytes:
    """A few bytes are another byte."""
    spoilt = bytearray(data)
    for _ in range(chance.randint(1, 5) if data else 0):
        spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
    return bytes(spoilt)


def cut(chance: random.Random, data: bytes) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def lose_a_piece(chance: random.Random, data: bytes) -> bytes:
    start = chance.randrange(len(data) + 1)
    return data[:start] + data[start + chance.randint(1, 60) :]


def repeat_lines(chance: random.Random, data: bytes) -> bytes:
    lines = data.splitlines(keepends=True)[:MOST_LINES]
    return b"".join(lines + chance.choices(lines, k=chance.randint(1, len(lines)))) if lines else data


def lose_lines(chance: random.Random, data: bytes) -> bytes:
    return b"".join(line for line in data.splitlines(keepends=True) if chance.random() < 0.8)


def mix_lines(chance: random.Random, data: bytes) -> bytes:
    lines = data.splitlines(keepends=True)
    chance.shuffle(lines)
    return b"".join(lines)


def other_delimiter(chance: random.Random, data: bytes) -> bytes:
    return data.replace(b",", chance.choice(DELIMITERS))


def other_line_ends(chance: random.Random, data: bytes) -> bytes:
    return data.replace(b"\n", chance.choice(LINE_ENDS))


def other_encoding(chance: random.Random, data: bytes) -> bytes:
    return data.decode("utf-8", "replace").encode(chance.choice(ENCODINGS), "replace")


def odd_cell(chance: random.Random, data: bytes) -> bytes:
    """One cell, perhaps a heading, holds something else."""
    lines = data.split(b"\n")
    row = 0 if chance.random() < 0.2 else chance.randrange(len(lines))
    cells = lines[row].split(b",")
    cells[chance.randrange(len(cells))] = chance.choice(ODD).encode()
    lines[row] = b",".join(cells)
    return b"\n".join(lines)


def swap_columns(chance: random.Random, data: bytes) -> bytes:
    rows = [line.split(b",") for line in data.split(b"\n")]
    one, other = chance.randrange(len(rows[0])), chance.randrange(len(rows[0]))
    for cells in rows:
        if max(one, other) < len(cells):
            cells[one], cells[other] = cells[other], cells[one]
    return b"\n".join(b",".join(cells) for cells in rows)


SPOILS: tuple[Spoil, ...] = (
    flip,
    cut,
    lose_a_piece,
    repeat_lines,
    lose_lines,
    mix_lines,
    other_delimiter,
    other_line_ends,
    other_encoding,
    odd_cell,
    swap_columns,
)


def spoilt(files: Files, seed: int) -> dict[str, bytes]:
    """The files with one to three things gone wrong, now and then a file missing or two exchanged; the seed decides all."""
    chance, left = random.Random(seed), dict(files)
    for _ in range(chance.randint(1, 3)):
        name = chance.choice(sorted(left))
        left[name] = chance.choice(SPOILS)(chance, left[name])
    if chance.random() < 0.1:
        del left[chance.choice(sorted(left))]
    if chance.random() < 0.05:
        one, other = chance.sample(sorted(left), 2)
        left[one], left[other] = left[other], left[one]
    return left
