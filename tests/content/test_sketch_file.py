"""A list that is being written goes to its file and back without losing anything, also from the library and from a shell."""

from dataclasses import replace

import pytest

from kring.core.sketches import Lack, lacks
from kring.library import Entry, entries, read_entry, shells
from kring.library.shell_file import Shell
from kring.library.sketch_file import read_sketch, sketch_of, sketch_of_shell, written_sketch

LISTS = [one for one in entries() if one.instrument.items]


@pytest.mark.parametrize("entry", LISTS, ids=lambda one: f"{one.instrument.key}-{one.instrument.version}")
def test_a_list_of_the_library_survives_being_written_anew(entry: Entry) -> None:
    sketch = sketch_of(entry)
    text = written_sketch(sketch)
    assert read_sketch(text) == sketch
    assert lacks(sketch) == ()
    again, one = read_entry(text, source="x"), entry.instrument
    assert again.instrument == replace(one, comparable_with=None, norm_tier=0)
    assert (again.licence_source, again.verified_on, again.validity_note) == (entry.licence_source, entry.verified_on, entry.validity_note)


@pytest.mark.parametrize("shell", shells(), ids=lambda one: f"{one.key}-{one.version}")
def test_a_shell_becomes_empty_places_and_lacks_its_texts(shell: Shell) -> None:
    sketch = sketch_of_shell(shell)
    assert read_sketch(written_sketch(sketch)) == sketch
    assert not sketch.may_redistribute_text
    assert [item.text for item in sketch.items] == [""] * (shell.items or 0)
    assert {Lack.NO_TEXT if shell.items else Lack.NO_ITEMS, Lack.NO_PROMISE} <= {reason.lack for reason in lacks(sketch)}
