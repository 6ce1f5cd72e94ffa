"""Anchors that leave the machine: laid, read back, held beside the chain, and missed when they do not come."""

from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from kring.core.access import Role
from kring.core.audit_chain import short_code
from kring.web.audit.intake import append, head_of
from kring.web.models import Entry, Segment
from kring.web.oversight import anchors
from kring.web.oversight.sealing import check, seal_log
from tests.asking import text_of
from tests.cast import Cast, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def elsewhere(settings: Settings, tmp_path: Path) -> Path:
    settings.ANCHORS = tmp_path / "anchors"
    return tmp_path / "anchors"


def add(cast: Cast, n: int = 3, *, at: datetime | None = None) -> None:
    append(cast.beuk.pk, [Entry(at=at or timezone.now(), name="page.read", outcome="done") for _ in range(n)])


def verify(path: Path | None, **asked: object) -> tuple[int, str]:
    said, code = StringIO(), 0
    try:
        call_command("verify_log", anchors=path, stdout=said, **asked)
    except SystemExit as ended:
        code = int(str(ended.code))
    return code, said.getvalue()


def without_triggers() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE kring_entry DISABLE TRIGGER USER")
        else:
            cursor.execute("DROP TRIGGER kring_entry_no_delete")
            cursor.execute("DROP TRIGGER kring_entry_no_update")


def test_an_anchor_holds_school_number_moment_head_and_imprint(cast: Cast, elsewhere: Path) -> None:
    add(cast)
    assert seal_log(at=timezone.now()) == 1  # the other schools have no log yet
    add(cast)
    assert seal_log(at=timezone.now()) == 1
    found = anchors.read(elsewhere)
    assert [(one.school, one.sequence) for one in found.anchors] == [(cast.beuk.pk.hex, 3), (cast.beuk.pk.hex, 6)]
    assert (found.anchors[1].hash, found.unreadable) == (head_of(cast.beuk.pk).hash, ())
    assert all(word not in elsewhere.read_text() for word in ("Beuk", "Noor"))


def test_a_whole_log_is_whole(cast: Cast, elsewhere: Path) -> None:
    add(cast)
    seal_log(at=timezone.now())
    code, said = verify(elsewhere)
    assert code == 0
    assert f"De Beuk: het logboek is heel; 3 regels, code {short_code(head_of(cast.beuk.pk))} (regel 3)." in said


def test_a_code_on_paper_is_held_beside_the_log(cast: Cast) -> None:
    """Without any anchor: who works the log out anew cannot make the code fit that the privacy officer printed."""
    add(cast)
    code = short_code(head_of(cast.beuk.pk))
    add(cast)
    ended, said = verify(None, code=["3", code.lower().replace("-", " ")])
    assert (ended, "De Beuk: de code hoort bij regel 3" in said) == (0, True)
    assert verify(None, code=["2", code])[0] == verify(None, code=["7", code])[0] == verify(None, code=["7", ""])[0] == 1
    without_triggers()
    Entry.objects.all().delete()
    add(cast, 6)
    ended, said = verify(None, code=["3", code])
    assert (ended, "De Beuk: het logboek is heel" in said, "De code hoort bij geen enkele school" in said) == (1, True, True)


def test_a_code_without_a_number_is_explained(cast: Cast) -> None:
    with pytest.raises(CommandError, match="geen nummer van een regel"):
        verify(None, code=["abcd", "3"])


def test_a_cut_tail_is_told_with_school_and_number(cast: Cast, elsewhere: Path) -> None:
    add(cast)
    seal_log(at=timezone.now())
    without_triggers()
    Entry.objects.filter(sequence=3).delete()
    assert verify(None)[0] == 0
    code, said = verify(elsewhere)
    assert (code, "De Beuk: het logboek is niet heel" in said, "Regel 3 ontbreekt" in said) == (1, True, True)


def test_a_log_made_anew_is_told(cast: Cast, elsewhere: Path) -> None:
    add(cast)
    seal_log(at=timezone.now())
    without_triggers()
    Entry.objects.all().delete()
    add(cast)
    assert verify(None)[0] == 0
    code, said = verify(elsewhere)
    assert (code, "Regel 3 is anders dan is vastgelegd" in said) == (1, True)


def test_an_edited_row_is_told_without_any_anchor(cast: Cast) -> None:
    add(cast)
    without_triggers()
    Entry.objects.filter(sequence=2).update(name="page.printed")
    code, said = verify(None)
    assert (code, "Regel 2 is veranderd" in said, "Er is niets om mee te vergelijken" in said) == (1, True, True)


def test_an_anchor_that_was_changed_to_fit_is_told(cast: Cast, elsewhere: Path) -> None:
    """Whoever makes the log anew and writes the new head in the file does not have the key."""
    add(cast)
    seal_log(at=timezone.now())
    before = head_of(cast.beuk.pk).hash
    without_triggers()
    Entry.objects.all().delete()
    add(cast)
    elsewhere.write_text(elsewhere.read_text().replace(before, head_of(cast.beuk.pk).hash))
    code, said = verify(elsewhere)
    assert (code, "een zegel dat niet van Kring is" in said) == (1, True)


def test_a_line_that_nobody_can_read_is_told(cast: Cast, elsewhere: Path) -> None:
    add(cast)
    seal_log(at=timezone.now())
    with elsewhere.open("ab") as file:
        file.write(b"\xff\x00 rommel\n\n" + b"9" * 10_000 + b"\n")
    code, said = verify(elsewhere)
    assert (code, "Regel 2 van" in said, "Regel 4 van" in said) == (1, True, True)


def test_a_secret_of_another_installation_fits_no_anchor(cast: Cast, elsewhere: Path, settings: Settings) -> None:
    add(cast)
    seal_log(at=timezone.now())
    settings.SECRET_KEY = "x" * 60
    assert [one.is_sound for one in check(anchors.read(elsewhere)) if one.school == cast.beuk] == [False]


def test_the_head_of_the_month_is_kept_with_it(cast: Cast, elsewhere: Path) -> None:
    first = timezone.localdate().replace(day=1)
    add(cast, at=timezone.now() - timedelta(days=40))
    seal_log(at=timezone.now())
    assert Segment.objects.get().until == first


def test_a_place_that_is_not_there_is_told(cast: Cast, settings: Settings, tmp_path: Path) -> None:
    add(cast)
    settings.ANCHORS = tmp_path / "niet gekoppeld" / "anchors"
    with pytest.raises(CommandError, match="kan niet worden beschreven"):
        call_command("seal_log")
    with pytest.raises(CommandError, match="kan niet worden gelezen"):
        call_command("verify_log", anchors=settings.ANCHORS)


# ---- the first page ---------------------------------------------------------------------------------------------

NOWHERE, LOST, OLD = "wordt nergens anders bewaard", "komt niet aan", "voor het laatst op"


def said_to(actors: Cast) -> set[str]:
    paula = member(actors.beuk, Role.PRIVACY_OFFICER, f"paula{timezone.now().timestamp()}")
    pages = [text_of(actor, "home") for actor in (actors.olga, paula)] + [text_of(paula, "reviews")]
    found = [{words for words in (NOWHERE, LOST, OLD) if words in page} for page in pages]
    assert found[0] == found[1] == found[2]
    return found[0]


def test_the_first_page_says_how_it_is_with_the_anchors(cast: Cast, settings: Settings, tmp_path: Path) -> None:
    now = timezone.now()
    settings.ANCHORS = None
    assert said_to(cast) == {NOWHERE}
    settings.ANCHORS = tmp_path / "anchors"
    assert said_to(cast) == {LOST}
    add(cast)
    seal_log(at=now - timedelta(hours=25))
    assert said_to(cast) == {OLD}
    seal_log(at=now - timedelta(hours=23))
    assert said_to(cast) == set()


def test_others_hear_nothing_of_it(cast: Cast, settings: Settings) -> None:
    settings.ANCHORS = None
    assert not any(NOWHERE in text_of(actor, "home") for actor in (cast.anna, cast.bram, cast.els, cast.noor))


def test_a_file_of_rubbish_is_no_anchor(settings: Settings, tmp_path: Path) -> None:
    settings.ANCHORS = tmp_path / "anchors"
    settings.ANCHORS.write_bytes(b"\x00\xff" * 100_000)
    assert anchors.state(at=timezone.now()).last_at is None
    good = f"{'9' * 20} {'a' * 32} 1 {'b' * 64} {'c' * 64}\n"
    settings.ANCHORS.write_text(good)
    assert anchors.state(at=timezone.now()).last_at is None
