"""Tells systemd how it goes, as its units of Type=notify ask. Without systemd nothing happens."""

import os
import socket

READY, STOPPING = "READY=1", "STOPPING=1"


def notify(word: str) -> None:
    address = os.environ.get("NOTIFY_SOCKET")
    if not address:
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        try:
            line.sendto(word.encode(), "\0" + address[1:] if address.startswith("@") else address)
        except OSError:
            return  # whoever asked to be told is gone
