"""For whom a message is written: once a day, at once or never; by day, on days of school; and what it says to whoever reads along."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from pytest_django.fixtures import Settings

from kring.core.access import Role
from kring.core.mail import URGENT, HowOften
from kring.web.accounts.rows import keep_look
from kring.web.mail.intake import send_due, write_messages
from kring.web.mail.letters import letter
from kring.web.mail.models import MailAddress, OutgoingMail
from kring.web.models import Membership, Notice
from kring.web.people.notices.words import WORDS
from kring.web.school_years.models import Holiday
from kring.web.tasks.intake import give_task, settle
from tests.cast import START, Cast, member
from tests.web.mail.people import DAY, HOUR, MINUTE, NOW, told, with_address, written
from tests.web.mail.post_office import post_office

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demo(settings: Settings) -> None:
    settings.DEMO = True


def written_for() -> list[str]:
    return sorted(OutgoingMail.objects.values_list("person__username", flat=True))


def sent() -> None:
    """Everything that waits went; a next one may be written."""
    OutgoingMail.objects.filter(ended_at=None).update(sent_at=NOW, ended_at=NOW)


def test_who_saw_nothing_for_an_hour_gets_one_message_a_day(cast: Cast) -> None:
    for hat in (cast.anna, cast.bram):
        with_address(hat)
    told(cast.anna, at=NOW)
    told(cast.anna, at=NOW + MINUTE)
    told(cast.carla, at=NOW)  # without an address
    assert write_messages(at=NOW + 59 * MINUTE) == 0
    assert write_messages(at=NOW + 60 * MINUTE) == 1
    assert written_for() == ["anna"]
    assert write_messages(at=NOW + 2 * HOUR) == 0  # one is on its way
    sent()
    told(cast.anna, at=NOW + 2 * HOUR)
    assert write_messages(at=NOW + 4 * HOUR) == 0  # told today
    assert write_messages(at=NOW + DAY) == 1
    sent()
    assert write_messages(at=NOW + 2 * DAY) == 0  # nothing new since


def test_what_was_seen_is_not_told(cast: Cast) -> None:
    with_address(cast.anna)
    told(cast.anna)
    Notice.objects.update(seen_at=NOW - HOUR)
    assert write_messages(at=NOW) == 0


@pytest.mark.parametrize(
    ("at", "goes"),
    [
        (datetime(2026, 3, 3, 5, 59, tzinfo=UTC), 0),  # 6:59
        (datetime(2026, 3, 3, 6, 0, tzinfo=UTC), 1),
        (datetime(2026, 3, 3, 16, 59, tzinfo=UTC), 1),
        (datetime(2026, 3, 3, 17, 0, tzinfo=UTC), 0),  # 18:00
        (datetime(2026, 3, 7, 10, 0, tzinfo=UTC), 0),  # Saturday
        (datetime(2026, 3, 5, 10, 0, tzinfo=UTC), 0),  # a day off
        (datetime(2026, 4, 1, 5, 0, tzinfo=UTC), 1),  # 7:00 in summer time
    ],
)
def test_by_day_and_on_days_of_school(cast: Cast, at: datetime, goes: int) -> None:
    Holiday.objects.create(
        school=cast.beuk, year=cast.year, kind="study", name="Studiedag", first_on=date(2026, 3, 5), last_on=date(2026, 3, 5)
    )
    with_address(cast.anna)
    told(cast.anna, at=NOW - DAY)
    assert write_messages(at=at) == goes


def test_urgent_goes_at_night_and_never_is_never(cast: Cast) -> None:
    with_address(cast.bram)
    with_address(cast.rik, how_often=HowOften.NEVER)
    night = datetime(2026, 3, 7, 2, 0, tzinfo=UTC)
    for event in sorted(URGENT):
        for hat in (cast.bram, cast.rik):
            told(hat, event, at=night)
        assert write_messages(at=night) == 1
        assert write_messages(at=night + MINUTE) == 0
        sent()
        night += HOUR
    assert set(written_for()) == {"bram"}


def test_at_once_is_at_once(cast: Cast) -> None:
    with_address(cast.anna, how_often=HowOften.AT_ONCE)
    for hour in range(3):
        told(cast.anna, at=NOW + hour * HOUR)
        assert write_messages(at=NOW + hour * HOUR + 5 * MINUTE) == 1
        sent()


def test_a_task_of_today_is_told_until_it_is_done(cast: Cast) -> None:
    for hat in (cast.anna, cast.bram):
        with_address(hat)
    give_task(cast.anna, "round.close_due", due_on=NOW.date(), at=NOW - DAY)
    settle(give_task(cast.bram, "round.close_due", due_on=NOW.date(), at=NOW - DAY), at=NOW - HOUR)
    assert write_messages(at=NOW - DAY) == 0
    assert write_messages(at=NOW) == 1
    assert written_for() == ["anna"]


def test_who_works_at_two_schools_gets_one_message(cast: Cast) -> None:
    with_address(cast.anna)
    other = Membership.objects.create(school=cast.baken, person=cast.anna.person, role=Role.MENTOR.value, from_at=START)
    for hat in (cast.anna, other):
        told(hat)
    assert write_messages(at=NOW) == 1


def test_a_hat_that_is_over_is_told_nothing(cast: Cast) -> None:
    with_address(cast.anna)
    told(cast.anna)
    Membership.objects.filter(pk=cast.anna.pk).update(until_at=NOW)
    assert write_messages(at=NOW) == 0


def test_of_two_processes_one_writes_it(cast: Cast) -> None:
    from kring.web.mail.intake import _write
    from kring.web.mail.queries import people_to_tell

    with_address(cast.anna)
    told(cast.anna)
    (seen,), (seen_too,) = people_to_tell(at=NOW), people_to_tell(at=NOW)
    assert [_write(seen, NOW), _write(seen_too, NOW)] == [True, False]


def test_it_asks_the_database_as_much_for_many_as_for_few(cast: Cast) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as questions:
            write_messages(at=NOW - 90 * MINUTE)  # nobody is told yet
        return len(questions)

    with_address(cast.anna)
    told(cast.anna)
    few = asked()
    for number in range(10):
        hat = member(cast.beuk, Role.TEACHER, f"juf{number}")
        with_address(hat)
        told(hat)
    assert asked() == few


# ---- what it says


def names(cast: Cast) -> Iterator[str]:
    """Everything that a message may not hold: of people, groups and schools."""
    for hat in cast.actors().values():
        yield from (hat.person.given_name, hat.person.family_name, hat.person.username, str(hat.pk), str(hat.person_id), hat.role)
    yield from (school.name for school in (cast.beuk, cast.eik, cast.baken))
    yield from (group.name for group in (cast.group_6a, cast.group_6b, cast.group_baken))


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_message_says_what_it_is_or_about_whom(cast: Cast, settings: Settings, language: str) -> None:
    """Of no event; and all are alike to the letter, so that nobody learns anything from its length either."""
    address = with_address(cast.bram, "adres@elders.example")
    keep_look(cast.bram.person, f"theme=dark&language={language}")
    with post_office() as (office, server):
        settings.MAIL = server
        for event in WORDS:
            MailAddress.objects.filter(pk=address.pk).update(told_at=None)
            Notice.objects.all().delete()
            told(cast.bram, event)
            send_due(at=NOW)
    assert len(office.taken) == len(WORDS)
    texts = set()
    for message in office.taken:
        del message["Message-ID"]
        texts.add(message.as_string())
    (text,) = texts
    (content,) = {str(message.get_payload()) for message in office.taken}
    assert [name for name in names(cast) if re.search(rf"\b{re.escape(name)}\b", text)] == []
    with translation.override(language):
        assert [event for event, words in WORDS.items() if event in text or str(words) in content] == []
    assert office.taken[0]["Content-Language"] == language
    assert not re.search(r"\d", content.replace(settings.ADDRESS, ""))


def test_it_speaks_the_language_of_who_gets_it(cast: Cast, settings: Settings) -> None:
    settings.ADDRESS = "https://kring.school.example/"
    mail = written(cast.bram)
    said = {language: letter(mail, "bram@school.example", "", language=language, at=NOW) for language in ("nl", "en")}
    assert said["nl"]["Subject"] == "Er staat iets voor u klaar in Kring"
    assert said["nl"]["Content-Language"] == "nl"
    for message in said.values():
        addresses = re.findall(r"\S+://\S+", message.get_content())
        assert [urlsplit(one).geturl() for one in addresses] == ["https://kring.school.example/"]
