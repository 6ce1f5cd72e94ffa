"""Who is greedy: bodies of ten megabytes, JSON that is nested without end, numbers without end, and whatever else no screen sends."""

import json
import socket
from contextlib import suppress
from typing import Final

HEAD: Final = "POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {size}\r\n\r\n"
LARGE, DEEP, MANY = 10_000_000, 30_000, 5_000


def greedy(ticket: str, item: str) -> dict[str, bytes]:
    """Bodies that are to be refused, by what is wrong with them."""
    entry = f'[1,"{item}",1]'
    return {
        "ten megabytes": b'{"ticket":"' + b"x" * LARGE + b'"}',
        "deep": b'{"ticket":"' + ticket.encode() + b'","answers":' + b"[" * DEEP + b"]" * DEEP + b"}",
        "many entries": f'{{"ticket":"{ticket}","answers":[{",".join([entry] * MANY)}]}}'.encode(),
        "many keys": json.dumps({"ticket": ticket, **{f"k{n}": n for n in range(MANY)}}).encode(),
        "no JSON": b"\xff\xfe{",
        "half": b'{"ticket":"',
        "a large number": f'{{"ticket":"{ticket}","answers":[[1,"{item}",{"9" * 4000}]]}}'.encode(),
        "a place too high": f'{{"ticket":"{ticket}","answers":[[{1 << 70},"{item}",1]]}}'.encode(),
        "no number": f'{{"ticket":"{ticket}","answers":[[1,"{item}",NaN]]}}'.encode(),
        "outside the options": f'{{"ticket":"{ticket}","answers":[[1,"{item}",77]]}}'.encode(),
        "no such item": f'{{"ticket":"{ticket}","answers":[[1,"there is none",1]]}}'.encode(),
        "another ticket": f'{{"ticket":"{ticket[:-4]}AAAA","answers":[{entry}]}}'.encode(),
    }


def refused(port: int, bodies: dict[str, bytes], path: str = "/answers/") -> dict[str, int]:
    """The status with which each was refused; 0 when the server hung up."""
    return {name: status_of(port, path, body) for name, body in bodies.items()}


def status_of(port: int, path: str, body: bytes) -> int:
    with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
        with suppress(OSError):
            line.sendall(HEAD.format(path=path, size=len(body)).encode() + body)
        try:
            said = line.recv(64)
        except OSError:
            return 0
    return int(said[9:12]) if said else 0
