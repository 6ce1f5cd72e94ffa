"""Dutch is the source and English is complete: every text is there, says the same things, and reaches the page."""

import pickle
import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import translation

from kring.class_files import FilesRefused, class_files
from kring.commands import translations
from kring.file_problems import Said, said
from kring.library import instruments
from kring.web.models import Job, Membership, School
from kring.web.page import NAV
from kring.web.preferences import COOKIE
from kring.web.wording import spoken
from tests.cast import PASSWORD, Cast, client_of
from tests.measurements import classmates, list_round, sociogram_round

SPOTS = re.compile(r"%\((\w+)\)[a-z]|(\{\w+\})|%%")
FILE_WORDS = re.compile(r"\b[\w-]+\.(?:csv|pdf|yaml)\b|--instrument \S+|\bcomparable_with\b|\bkolom round\b|“(?:groepen|van|tot)”")
ENGLISH = frozenset({"the", "and", "you", "your", "this", "that", "with", "have", "which", "pupil", "pupils", "round", "saved", "nothing"})
DUTCH = frozenset(
    {"het", "een", "niet", "geen", "leerling", "leerlingen", "voor", "deze", "wordt", "uw", "bij", "naar", "groep", "groepen", "afname"}
    | {"afnames", "nog", "bestand", "bestanden", "vragen", "gekozen", "keuze", "keuzes", "kiest", "wie", "hier", "mijn", "bekijken"}
    | {"ophalen", "uitloggen", "inloggen", "rapport", "rapporten", "regel", "kolom", "ronde", "zeker", "groen", "rood", "gemiddelde"}
)
ALIKE = frozenset({"Account", "Database", "Letters", "Petrol", "Plan", "Score", "Scores", "Scores, %(wave)s", "Status", "tab"})
ALIKE |= {"Code", "Matrix", "Menu", "Passkeys", "Sociogram", "mentor", "open", "remedial teacher", "sociogram"}
ALIKE_IN_BOTH = ALIKE | {"Later", "%(title)s in %(group)s", "%(when)s %(score)s", "school", "was: %(before)s"}
ALIKE_IN_BOTH |= {"%(name)s, %(day)s", "%(what)s (%(who)s, %(day)s)", "%(what)s (%(who)s, %(where)s)", "plan.pdf", "Tigrinya"}
ALIKE_IN_BOTH |= {"Arrangement", "Effect", "Euro", "Training", "euro", "havo", "mbo", "training", "vwo"}
ALIKE_IN_BOTH |= {"%(who)s, %(day)s", "CSV", "Tablet", "tablet %(tablet)s", "scores.csv", "scores.xlsx", "{pupil}: {answer}"}


def catalogue() -> list[Message]:
    with translations.CATALOGUE.open("rb") as file:
        return [message for message in read_po(file, locale="en") if message.id]


def pairs() -> Iterator[tuple[str, str]]:
    """Every Dutch text with its English, singular and plural apart."""
    for message in catalogue():
        dutch = message.id if isinstance(message.id, tuple) else (message.id,)
        english = message.string if isinstance(message.string, tuple) else (message.string,)
        yield from zip(dutch, english, strict=True)


def words(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]+", FILE_WORDS.sub(" ", SPOTS.sub(" ", text)).lower()))


def test_every_text_has_its_english() -> None:
    assert translations.problems() == []


def test_english_has_room_for_the_same_facts() -> None:
    assert [dutch for dutch, english in pairs() if sorted(SPOTS.findall(dutch)) != sorted(SPOTS.findall(english))] == []


def test_english_keeps_the_spaces_and_the_end_of_the_sentence() -> None:
    def edges(text: str) -> tuple[bool, bool, str]:
        return text.startswith(" "), text.endswith(" "), text[-1] if text[-1] in ".?!:" else ""

    assert [dutch for dutch, english in pairs() if dutch != "," and edges(dutch) != edges(english)] == []


def test_no_message_is_english_and_no_english_is_dutch() -> None:
    assert [dutch for dutch, _english in pairs() if words(dutch) & ENGLISH] == []
    assert [english for _dutch, english in pairs() if words(english) & DUTCH] == []
    assert {dutch for dutch, english in pairs() if dutch == english} == ALIKE_IN_BOTH


def test_words_that_are_only_marked_for_the_menu_are_in_the_catalogue() -> None:
    marked = "NAV = (gettext_noop('Veiligheid'),)"
    assert [text for text, _context in translations.in_python(marked)] == ["Veiligheid"]
    assert {word for _route, word, *_rest in NAV} <= {dutch for dutch, _english in pairs()}


def hidden_marks(python: str) -> list[str]:
    """Names of our own for a function of gettext: what goes through them is never collected."""
    return re.findall(r"gettext\w* as (?!_\b)(\w+)", python)


def test_no_text_hides_behind_a_name_that_is_not_collected() -> None:
    assert hidden_marks("from django.utils.translation import gettext as _now, gettext_lazy as _") == ["_now"]
    assert {path.name: names for path in translations.SOURCE.rglob("*.py") if (names := hidden_marks(path.read_text()))} == {}


# ---- what is said about files ---------------------------------------------------------------------------------


def test_what_was_said_is_said_again_in_english_facts_and_all() -> None:
    dutch = said("Leerling “%(pupil)s” %(why)s, maar kiest hier iemand.", pupil="7 %(x)s", why=said("was volgens de deelname afwezig"))
    assert dutch == "Leerling “7 %(x)s” was volgens de deelname afwezig, maar kiest hier iemand."
    with translation.override("en"):
        assert spoken(dutch) == "Pupil “7 %(x)s” was absent according to the participation file, but chooses somebody here."
        assert spoken("zomaar tekst") == "zomaar tekst"


def test_what_was_said_stays_short_in_every_language() -> None:
    dutch = said("De vraag “%(question)s” is onbekend.", question="x" * 4000)
    with translation.override("en"):
        english = spoken(dutch)
    assert (len(dutch), len(english), english[:14]) == (303, 303, "The question “")


def test_what_was_said_comes_back_whole_from_another_process() -> None:
    back = pickle.loads(pickle.dumps(said("Kies uit: %(known)s.", known=said("komma"))))
    with translation.override("en"):
        assert (str(back), spoken(back)) == ("Kies uit: komma.", "Choose from: comma.")


def test_everything_that_is_said_about_a_class_is_text_that_can_be_said_again() -> None:
    files = {"pupils.csv": b"leerling\n1\n1\n", "nominations.csv": b"vraag;van;naar\nx;1;1\nx;1\n", "participation.csv": b"pupil\n1\n"}
    with pytest.raises(FilesRefused) as refusal:
        class_files(files, None)
    texts = [text for problem in refusal.value.problems for text in (problem.message, problem.advice)]
    assert len(texts) >= 8
    with translation.override("en"):
        assert [text for text in texts if not isinstance(text, Said) or spoken(text) == text] == []


def test_states_and_kinds_of_school_are_named_in_english() -> None:
    with translation.override("en"):
        assert [str(label) for label in Job.State.labels] == ["waiting", "running", "done", "failed"]
        assert str(School.Type.SPECIAL_PRIMARY.label) == "special primary education"
    assert str(School.Type.SPECIAL_PRIMARY.label) == "speciaal basisonderwijs"


# ---- pages ----------------------------------------------------------------------------------------------------


class _Seen(HTMLParser):
    """What a reader gets: the text and the names of things, but not what is in Dutch on purpose (lang="nl")."""

    SPOKEN = frozenset({"aria-label", "placeholder", "title", "alt", "data-label", "data-saved"})

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.silent: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in ("script", "style") or (given.get("lang") == "nl" and tag != "html"):
            self.silent = tag
        self.said += [given[name] or "" for name in given if name in self.SPOKEN]

    def handle_endtag(self, tag: str) -> None:
        if tag == self.silent:
            self.silent = None

    def handle_data(self, data: str) -> None:
        if self.silent is None:
            self.said.append(data)


def content() -> list[str]:
    """The texts of the questionnaires are content and stay as they were made. The longest first."""
    found = {text for one in instruments() for text in (one.title, one.promise, one.attribution)}
    found |= {text for one in instruments() for scale in one.scales for text in (scale.title, scale.meaning)}
    found |= {cuts.source for one in instruments() for scale in one.scales for cuts in scale.cuts.values()}
    return sorted(found - {""}, key=len, reverse=True)


def dutch_in(page: str) -> set[str]:
    seen = _Seen()
    seen.feed(page)
    text = " ".join(" ".join(seen.said).split())
    for made in content():
        text = text.replace(made, " ")
    return words(text) & DUTCH


def in_english(client: Client) -> Client:
    client.cookies[COOKIE] = "language=en"
    return client


def english_page(actor: Membership, route: str, *keys: object, status: int = 200) -> str:
    answer = in_english(client_of(actor)).get(reverse(route, args=[actor.pk, *keys]))
    assert (answer.status_code, answer.headers["Content-Language"]) == (status, "en")
    page = str(answer.content.decode())
    assert '<html lang="en"' in page
    return page


@pytest.fixture(autouse=True)
def compiled() -> None:
    translations.compile_stale()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["anna", "bram", "rik", "olga", "noor", "els", "pim", "carla"])
def test_the_first_page_of_every_role_is_english(cast: Cast, name: str) -> None:
    list_round(cast.group_6a, [cast.pupil_noor, cast.pupil_sem, *classmates(cast.group_6a, 6)], title="May", silent=2)
    sociogram_round(cast.group_6a, [cast.pupil_noor, cast.pupil_sem], title="May")
    assert dutch_in(english_page(cast.actors()[name], "home")) == set()


@pytest.mark.django_db
def test_a_page_of_every_feature_is_english(cast: Cast) -> None:
    pupils = [cast.pupil_noor, cast.pupil_sem, *classmates(cast.group_6a, 8)]
    surveyed, drawn = (
        list_round(cast.group_6a, pupils, title="May", silent=1),
        sociogram_round(cast.group_6a, pupils, title="May", absent=1),
    )
    for route, keys in (
        ("groups", ()),
        ("group", (cast.group_6a.pk,)),
        ("pupil", (cast.pupil_noor.pk,)),
        ("sociogram", (drawn.pk,)),
        ("rounds", ()),
        ("round", (surveyed.pk,)),
        ("round_group", (surveyed.pk, cast.group_6a.pk)),
        ("jobs", ()),
        ("upload", (cast.group_6a.pk,)),
    ):
        assert (route, dutch_in(english_page(cast.anna, route, *keys))) == (route, set())
    assert dutch_in(english_page(cast.anna, "group", cast.group_6b.pk, status=404)) == set()


@pytest.mark.django_db
def test_pages_of_a_school_that_moves_in_are_english(cast: Cast) -> None:
    anna = ("tasks", "school_years", "handovers", "help")
    bram = ("setting_up", "school_groups", "roster_files", "year_changes", "merge_candidates", "round_new", "region")
    pages = [(cast.anna, route) for route in anna] + [(cast.bram, route) for route in bram] + [(cast.olga, "add_colleague")]
    assert {route: found for actor, route in pages if (found := dutch_in(english_page(actor, route)))} == {}


@pytest.mark.django_db
def test_what_is_wrong_with_files_is_told_in_english(cast: Cast) -> None:
    sent = {
        "held_on": "2025-10-06",
        "pupils": b"leerling;naam\nnoor;Noor\nsem;Sem\n",
        "nominations": b"vraag;van;naar\ntogether;noor;noor\n",
    }
    files = {name: SimpleUploadedFile(f"{name}.csv", data) if isinstance(data, bytes) else data for name, data in sent.items()}
    address = reverse("upload", args=[cast.anna.pk, cast.group_6a.pk])
    answer = in_english(client_of(cast.anna)).post(address, files)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Pupil “noor” chooses themselves." in page
    assert "Remove the row or correct one of the two." in page
    assert dutch_in(page.replace('<td data-label="Column">naar</td>', "")) == set()


@pytest.mark.django_db
def test_logging_in_and_its_refusals_are_english(cast: Cast) -> None:
    cast.anna.person.set_password(PASSWORD)
    cast.anna.person.save()
    client = in_english(Client())
    asked = client.get(reverse("account_login")).content.decode()
    refused = client.post(reverse("account_login"), {"login": "anna", "password": "wrong"}).content.decode()
    assert "This name and this password do not belong together." in refused
    inside = in_english(client_of(cast.anna)).get(reverse("account_change_password")).content.decode()
    assert [dutch_in(page) for page in (asked, refused, inside)] == [set(), set(), set()]


@pytest.mark.django_db
@override_settings(DEMO=True)
def test_the_front_page_is_english(cast: Cast) -> None:
    assert dutch_in(in_english(Client()).get("/").content.decode()) == set()


def test_the_words_that_give_dutch_away_are_found() -> None:
    assert dutch_in('<html lang="nl"><body><p aria-label="Groep">Kies een naam</p><b lang="nl">niet</b></body>') == {"groep", "een"}


def test_no_text_is_also_the_singular_of_a_count() -> None:
    """Both are one entry of the catalogue, and the Python of Debian finds no English for the text that stands by itself."""
    found = {(text, context) for text, context, _file in translations.messages()}
    counted = {(text[0], context) for text, context in found if isinstance(text, tuple)}
    assert counted & found == set()
