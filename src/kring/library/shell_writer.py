"""Shell → file, always in the same form."""

from kring.core.instruments import About
from kring.library.house_yaml import Node, Token, number, written_yaml, yes
from kring.library.shell_file import Shell, ShellScale


def written_shell(shell: Shell) -> str:
    """The file of this shell; what is not known is left out."""
    head: dict[str, Node | None] = {
        "key": shell.key,
        "version": number(shell.version),
        "title": shell.title,
        "owner": shell.owner,
        "informant": Token(shell.informant),
        "about": Token(shell.about) if shell.about is not About.PUPIL else None,
        "language": shell.language,
        "year_levels": _numbers(shell.year_levels),
        "licence": shell.licence,
        "licence_source": shell.licence_source,
        "verified_on": Token(shell.verified_on.isoformat()),
        "may_redistribute_text": yes(False),  # noqa: FBT003
        "fillable": yes(shell.fillable),
        "note": shell.note,
        "items": number(shell.items) if shell.items is not None else None,
        "answers": _numbers(shell.answers),
    }
    scales: dict[str, Node] = {scale.key: _scale(scale) for scale in shell.scales}
    return written_yaml([_known(head), {"scales": scales} if scales else {}])


def _known(fields: dict[str, Node | None]) -> dict[str, Node]:
    return {name: node for name, node in fields.items() if node is not None}


def _numbers(values: tuple[float, ...] | None) -> Node | None:
    return [number(value) for value in values] if values else None


def _scale(scale: ShellScale) -> Node:
    return _known(
        {
            "title": scale.title,
            "family": Token(scale.family),
            "direction": number(scale.direction),
            "competences": [Token(each) for each in scale.competences],
            "items": number(scale.items) if scale.items is not None and not scale.numbers else None,
            "numbers": [Token(part) for part in _runs(scale.numbers)] or None,
            "scores": _numbers(scale.scores),
            "columns": list(scale.columns) or None,
        }
    )


def _runs(numbers: tuple[int, ...]) -> list[str]:
    """1, 2, 3, 5 as 1-3 and 5."""
    runs: list[list[int]] = []
    for each in numbers:
        if runs and each == runs[-1][-1] + 1:
            runs[-1].append(each)
        else:
            runs.append([each])
    return [str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs]
