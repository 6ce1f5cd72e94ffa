"""Comes next."""

from collections.abc import Sequence


def main(arguments: Sequence[str]) -> int:  # noqa: ARG001
    return 1
