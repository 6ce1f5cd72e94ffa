"""`./kring analyse FOLDER`: from the files of a class to a report, without a database or a web page."""

from collections.abc import Sequence


def main(arguments: Sequence[str]) -> int:
    """Run the command; the exit code is 0 when the report stands there, 2 when the files were refused, 1 when it could not be written."""
    from kring.analyse.command import run  # numpy and scipy take their time: `./kring` itself starts without them

    return run(arguments)
