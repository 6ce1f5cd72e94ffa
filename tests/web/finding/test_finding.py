"""Searching: what lists give and nothing else, as people type it, and no word of it anywhere but on the page."""

import re
from collections.abc import Iterable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone, translation

from kring.core.access import FAMILY, TABLE, Record, Role, Scope, Verb
from kring.core.finding import asked
from kring.library.help import articles
from kring.web.access import may
from kring.web.checks import all_routes
from kring.web.finding import queries
from kring.web.finding.pages import BESIDE_MENU, OTHER_WORDS, help_for, places
from kring.web.models import Case, CaseMember, Entry, Guardian, Membership, Organisation, Pupil
from kring.web.page import NAV
from tests.asking import TOKEN, look
from tests.cast import START, Cast, client_of, member, pupil
from tests.measurements import classmates

pytestmark = pytest.mark.django_db


def named(given: str, prefix: str, family: str, cast: Cast) -> Pupil:
    made = pupil(cast.group_6a, given, 6)
    made.name_prefix, made.family_name = prefix, family
    made.save()
    return made


def found(actor: Membership, text: str) -> list[str]:
    return [str(one.pupil) for one in queries.pupils(actor, asked(text), at=timezone.now())]


def search(actor: Membership, text: str) -> str:
    answer = client_of(actor).post(reverse("find", args=[actor.pk]), {"q": text}, follow=True)
    assert answer.status_code == 200
    return TOKEN.sub("", answer.content.decode())


SPELT = {
    "Jan-Willem van den Berg": [
        "jan willem",
        "janwillem",
        "berg jan",
        "van den b",
        "BERG",
        "jan-willem van den berg",
        "wilem",
        "vdberg",
        "vd berg",
        "vandenberg",
        "van der bregh",
    ],
    "Zoë Janssen": ["zoe", "ZOË", "jansen", "zoe jansen", "jnassen", "jansse", "Jansssen zoe"],
    "Ömer Kılıç": ["omer", "kilic", "Kılıç", "kilik", "omre kilic"],
    "Fleur Meijer": ["meyer", "meier", "fleur mey", "meijre", "leur"],
    "Noa d'Angelo": ["dangelo", "d'angelo", "angelo", "noah"],
    "Joris 't Hart": ["t hart", "thart", "’t Hart", "hart"],
    "Thijs van Dijk": ["van dyck", "vandijk", "tijs", "thys dijk"],
    "Loek Wójcik": ["leok", "wojcik"],
    "Puk Smit": ["schmidt", "smid", "smti"],
    "Youssef Akkerman": ["joesef", "yusef", "akerman", "akker", "ackerman"],
}


@pytest.mark.parametrize("name", SPELT)
def test_a_name_is_found_as_people_type_it(cast: Cast, name: str) -> None:
    given, _space, rest = name.partition(" ")
    prefix, _space, family = rest.rpartition(" ")
    named(given, prefix, family, cast)
    classmates(cast.group_6a, 3)
    assert [typed for typed in SPELT[name] if name not in found(cast.bram, typed)] == []


def test_what_fits_best_stands_first(cast: Cast) -> None:
    for given, family in (("Janneke", "Aa"), ("Jan", "Zwart"), ("Marjan", "Bos")):
        named(given, "", family, cast)
    assert found(cast.bram, "jan") == ["Jan Zwart", "Janneke Aa", "Marjan Bos"]


def test_the_number_is_found_whole_and_not_by_its_beginning(cast: Cast) -> None:
    Pupil.objects.filter(pk=cast.pupil_noor.pk).update(admin_key="20B6-17")
    assert found(cast.bram, "20b6-17") == found(cast.anna, "20B6-17") == ["Noor Test"]
    for part in ("20B", "20B6", "17", "noor 20", "20B6-1", "0B6-17"):
        assert "Noor Test" not in found(cast.bram, part), part


def test_who_never_reads_a_number_learns_none(cast: Cast) -> None:
    """On a case one knows the name; of the number nothing may be tried out."""
    Pupil.objects.filter(pk=cast.pupil_noor.pk).update(admin_key="20617")
    remi = member(cast.beuk, Role.REMEDIAL_TEACHER, "remi")
    case = Case.objects.create(school=cast.beuk, pupil=cast.pupil_noor, purpose="Samen kijken", opened_by=cast.bram, from_at=START)
    CaseMember.objects.create(school=cast.beuk, case=case, membership=remi, from_at=START)
    assert [found(remi, typed) for typed in ("noor", "20617", "noor 20617", "2")] == [["Noor Test"], [], [], []]


@pytest.mark.parametrize("typed", ["%", "_", "%%%", "N__r", "N%r", ".*", "[a-z]", "\\", "'; drop table", "\x00", "🙂", " ", "-"])
def test_signs_mean_nothing(cast: Cast, typed: str) -> None:
    assert "Noor Test" not in found(cast.bram, typed)
    search(cast.bram, typed)


def test_everybody_finds_what_their_lists_give(cast: Cast) -> None:
    """By name, of the cast and of every other role: the very rows that `may` gives, and none for family."""
    everybody = [*cast.actors().values(), *(member(cast.beuk, role, f"een-{role}") for role in Role)]
    for actor in everybody:
        given = set() if Role(actor.role) in FAMILY else {str(one) for one in may(actor, Pupil, Verb.READ)}
        assert set(found(actor, "test")) == given, actor.role
    assert set(found(cast.anna, "test")) == {"Noor Test", "Sem Test"}


def test_on_a_case_one_finds_that_pupil(cast: Cast) -> None:
    remi = member(cast.beuk, Role.REMEDIAL_TEACHER, "remi")
    assert found(remi, "noor") == []
    case = Case.objects.create(school=cast.beuk, pupil=cast.pupil_noor, purpose="Samen kijken", opened_by=cast.bram, from_at=START)
    CaseMember.objects.create(school=cast.beuk, case=case, membership=remi, from_at=START)
    assert found(remi, "noor") == ["Noor Test"]
    assert reverse("case", args=[remi.pk, case.pk]) in search(remi, "noor")


def test_who_is_told_beforehand_among_how_few_is_told_right() -> None:
    """Roles that see pupils by their groups and cases alone; a new scope in the table must be thought of in `_in_reach`."""
    scopes = {scope for (role, record, verb), rule in TABLE.items() if (record, verb) == (Record.PUPIL, Verb.READ) for scope in rule.scopes}
    assert scopes == {Scope.GROUP, Scope.SCHOOL, Scope.CASE, Scope.SELF, Scope.CHILD}


def test_groups_staff_guardians_organisations_pages_and_help(cast: Cast) -> None:
    Organisation.objects.create(school=cast.beuk, name="Jeugdteam Noord", kind="other", checked_on=timezone.localdate())
    for typed, url in {
        "groep 6a": reverse("group", args=[cast.bram.pk, cast.group_6a.pk]),
        "6 a": reverse("group", args=[cast.bram.pk, cast.group_6a.pk]),
        "carla": reverse("person", args=[cast.bram.pk, cast.carla.pk]),
        "els test": reverse("family", args=[cast.bram.pk, cast.pupil_noor.pk]),
        "jeugdteam": reverse("organisations", args=[cast.bram.pk]),
        "vragenlijst afsluiten": reverse("rounds", args=[cast.bram.pk]),
        "verkeerde leerling": f"{reverse('help', args=[cast.bram.pk])}#fouten-herstellen",
        "mogelijk dubbel": reverse("merge_candidates", args=[cast.bram.pk]),
    }.items():
        assert url in search(cast.bram, typed), typed


def test_a_teacher_finds_no_colleague_no_guardian_and_no_other_group(cast: Cast) -> None:
    for typed in ("carla", "els", "6b", "lot"):
        page = search(cast.anna, typed).partition("<main")[2]
        assert "Niets gevonden" in page, typed
        assert reverse("people", args=[cast.anna.pk]) not in page


def test_family_finds_pages_and_help_alone(cast: Cast) -> None:
    assert "Niets gevonden" in search(cast.els, "noor").partition("<main")[2]
    assert reverse("consents_asked", args=[cast.els.pk]) in search(cast.els, "toestemming").partition("<main")[2]


def test_no_address_no_log_and_no_other_page_bears_what_was_typed(cast: Cast) -> None:
    client = client_of(cast.bram)
    answer = client.post(reverse("find", args=[cast.bram.pk]), {"q": "Noor Qzoekwoord"})
    assert answer.status_code == 302
    assert "oor" not in answer.headers["Location"]
    page = client.get(answer.headers["Location"])
    assert page.headers["Cache-Control"] == "no-store"
    assert "Noor Qzoekwoord" in page.content.decode()
    assert "Qzoekwoord" not in client.get(reverse("home", args=[cast.bram.pk])).content.decode()
    assert not [row for row in Entry.objects.values_list() if "qzoekwoord" in str(row).lower()]


def test_a_list_with_names_is_written_down_as_a_list(cast: Cast) -> None:
    search(cast.anna, "noor")
    entry = Entry.objects.get(name="page.read", route="find")
    assert (entry.record, entry.record_id, entry.pupil_id) == ("pupil", None, None)
    search(cast.anna, "qzwkv")
    assert Entry.objects.filter(route="find").count() == 1


def test_back_leads_to_what_was_found_before(cast: Cast) -> None:
    client, url = client_of(cast.anna), reverse("find", args=[cast.anna.pk])
    first = client.post(url, {"q": "noor"}).headers["Location"]
    second = client.post(url, {"q": "sem"}).headers["Location"]
    assert first != second
    assert "Noor Test" in client.get(first).content.decode()
    assert "Sem Test" in client.get(second).content.decode()
    for number in range(9):
        client.post(url, {"q": f"lot {number}"})
    assert "Wie of wat zoekt u?" in client.get(first).content.decode()
    assert "Noor Test" not in client_of(cast.carla).get(second.replace(str(cast.anna.pk), str(cast.carla.pk))).content.decode()


def test_too_much_is_cut_off_with_a_message(cast: Cast) -> None:
    long = "noor " * 2000
    answer = client_of(cast.anna).post(reverse("find", args=[cast.anna.pk]), {"q": long})
    assert (answer.status_code, "Zoek met hooguit 200 tekens" in answer.content.decode()) == (409, True)
    assert "Noor Test" not in answer.content.decode()
    said = client_of(cast.anna).post(reverse("suggestions", args=[cast.anna.pk]), {"q": long}).json()
    assert (said["sections"], "200" in said["said"]) == ([], True)


def test_nothing_typed_is_a_friendly_start(cast: Cast) -> None:
    assert "Wie of wat zoekt u?" in search(cast.anna, "  ")
    assert "Wie of wat zoekt u?" in look(cast.anna, "find").content.decode()


def test_suggestions_are_the_first_few_with_a_page_to_go_to(cast: Cast) -> None:
    classmates(cast.group_6a, 9)
    client = client_of(cast.anna)
    said = client.post(reverse("suggestions", args=[cast.anna.pk]), {"q": "kind"}).json()
    assert next((one["title"], len(one["hits"])) for one in said["sections"]) == ("Leerlingen", 5)
    assert all(resolve(hit["url"].partition("#")[0]) for one in said["sections"] for hit in one["hits"])
    assert client.get(reverse("suggestions", args=[cast.anna.pk])).status_code == 405


def test_more_found_asks_the_database_no_more(cast: Cast) -> None:
    def asks() -> int:
        with CaptureQueriesContext(connection) as asking:
            queries.everything(cast.bram, asked("kind"), at=timezone.now())
        return len(asking)

    classmates(cast.group_6a, 1)
    one = asks()
    for number in range(3):
        made = pupil(cast.group_6b, f"Kind B{number}", 6)
        Guardian.objects.create(school=cast.beuk, given_name="Kind", family_name="Ouder")
        assert made.words.startswith(" kind")
    assert asks() <= one + 1  # the children of the guardians who are there now


# ---- the box, the pages and the help -------------------------------------------------------------------------------


def test_the_box_is_on_every_page_of_a_hat_and_the_help_at_its_foot(cast: Cast) -> None:
    page = look(cast.anna, "rounds").content.decode()
    assert "<search" in page
    assert f'{reverse("help", args=[cast.anna.pk])}#afnames">Hulp bij deze bladzijde' in page


def test_a_page_of_a_person_has_its_help_too(cast: Cast) -> None:
    page = client_of(cast.anna).get(reverse("mail_address")).content.decode()
    assert f'{reverse("help", args=[cast.anna.pk])}#berichten">Hulp bij deze bladzijde' in page


def test_every_page_of_the_menu_is_found_by_its_own_word(cast: Cast) -> None:
    for actor in cast.actors().values():
        for route, word, record, roles in NAV:
            if Role(actor.role) in roles and (Role(actor.role), record, Verb.READ) in TABLE:
                assert reverse(route, args=[actor.pk]) in [one.url for one in places(actor, asked(word))], (actor.role, route)


def test_what_moving_in_brought_is_found_by_the_words_of_a_school(cast: Cast) -> None:
    for typed, route in {
        "to do": "tasks",
        "vakantie": "school_years",
        "studiedag": "school_years",
        "kalender": "school_years",
        "jaarovergang": "year_changes",
        "doorschuiven": "year_changes",
        "nieuwe klas": "year_changes",
        "warme overdracht": "handovers",
        "instellingen": "setting_up",
        "parallelgroep": "school_groups",
        "leerlingen inlezen": "roster_files",
        "streekpakket": "region",
        "outlook": "school_calendar",
        "afname openen": "round_new",
    }.items():
        assert reverse(route, args=[cast.bram.pk]) in [one.url for one in places(cast.bram, asked(typed))], typed
    assert reverse("school_edit", args=[cast.rik.pk]) in [one.url for one in places(cast.rik, asked("onze school"))]


def test_who_gets_mail_finds_the_page_of_the_address(cast: Cast) -> None:
    offered = {
        name for name, actor in cast.actors().items() if reverse("mail_address") in [one.url for one in places(actor, asked("e-mail"))]
    }
    assert offered == {name for name, actor in cast.actors().items() if Role(actor.role) is not Role.PUPIL}


def test_a_page_beside_the_menu_opens_for_whom_it_is_offered(cast: Cast) -> None:
    for actor in (cast.anna, cast.bram, cast.rik, cast.olga, cast.els):
        client = client_of(actor)
        for route, word, *_rest in BESIDE_MENU:
            url = reverse(route, args=[actor.pk])
            if url in [one.url for one in places(actor, asked(word))]:
                assert client.get(url).status_code == 200, (actor.role, route)


def test_other_words_are_about_pages_that_are_there() -> None:
    routes = {route.name for _pattern, route in all_routes()}
    assert routes.issuperset(OTHER_WORDS)
    assert routes.issuperset(route for route, *_words in BESIDE_MENU)
    assert [route for one in articles() for route in one.routes if route not in routes] == []


@pytest.mark.parametrize("language", ["nl", "en"])
def test_everybody_has_help_in_their_language(cast: Cast, language: str) -> None:
    with translation.override(language):
        for actor in cast.actors().values():
            titles = [one.text.title for one in help_for(actor)]
            assert titles[0] == {"nl": "Uw eerste bladzijde", "en": "Your first page"}[language]
            assert len(titles) == len(set(titles)) > 2


def test_the_help_of_each_is_their_own(cast: Cast) -> None:
    def anchors(actor: Membership) -> Iterable[str]:
        return re.findall(r'href="#([\w-]+)"', look(actor, "help").content.decode())

    assert "noodtoegang" in anchors(cast.anna)
    assert "noodtoegang" not in anchors(cast.els)
    assert "gezin" in anchors(cast.els)


def test_an_address_without_hat_has_no_search() -> None:
    with pytest.raises(Resolver404):
        resolve("/find/")
