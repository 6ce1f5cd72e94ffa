"""A list of LimeSurvey → what Kring can ask of it, and what not. Nothing of what the file would run is run, worked out or kept."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from kring.core.instruments import AnswerKind
from kring.file_problems import Said, said
from kring.library.foreign.leftovers import MOST_OPTIONS, Brought, Format, Gathered, Translated, language_of, whole_codes
from kring.library.foreign.limesurvey_file import Row, Survey, survey_in
from kring.library.foreign.limesurvey_words import FIXED, NOT_TAKEN, attribute_reason, fixed_answers
from kring.library.foreign.plain import Cut, plain, stripped

CHOICES, TEXTS, ARRAYS = {"L", "!", "O"}, {"S", "T", "U"}, {"F", "H", "A", "B", "C", "E"}
CUTS: Final[Mapping[Cut, Said]] = {
    Cut.CODE: said("In de tekst stond code of een rekenregel. Die is weggelaten (…) en niet uitgevoerd."),
    Cut.MEDIA: said("Een plaatje, geluid of film is niet meegekomen."),
    Cut.LINK: said("Een verwijzing naar een andere bladzijde is niet meegekomen; de woorden wel."),
}
ALWAYS = {"", "1", "0"}
OF_THE_WHOLE: Final[Mapping[str, Said]] = {
    "quota": said("Een lijst heeft in Kring geen quota."),
    "quota_members": said("Een lijst heeft in Kring geen quota."),
    "assessments": said("Het rekenschema (assessments) is niet meegekomen. Maak in Kring schalen."),
    "conditions": said("Vragen hangen van andere vragen af. In Kring krijgt iedereen alle vragen."),
    "survey_url_parameters": said("Gegevens uit het adres van de bladzijde neemt Kring niet aan."),
    "plugin_settings": said("Instellingen van uitbreidingen zijn niet meegekomen."),
}


def from_limesurvey(file: str, data: bytes) -> Brought:
    """The list as a draft. Raises FilesRefused."""
    return _Reading(file, survey_in(file, data)).brought()


class _Reading:
    """Goes through the questions in the order in which they are asked."""

    def __init__(self, file: str, survey: Survey) -> None:
        self.survey, self.gathered = survey, Gathered(file)
        self.base = next((row.get("language", "") for row in survey.rows("surveys")), "") or "nl"
        self.words = _Words(survey)
        self.attributes = _by(survey.rows("question_attributes"), "qid")
        self.given = _by(survey.rows("answers"), "qid")
        self.below = _by(survey.rows("subquestions"), "parent_qid")
        self.begun = {row.get("qid", "") for row in survey.rows("defaultvalues")}
        self.taken: list[tuple[str, str, str, Mapping[int, str]]] = []  # key in Kring, stem, sub, and the ids of its answers by code

    def brought(self) -> Brought:
        settings = next((row for row in self.survey.rows("surveys_languagesettings") if row.get("surveyls_language") == self.base), {})
        self.gathered.title = self.cleaned("title", settings.get("surveyls_title", ""))
        self.gathered.introduction = self.cleaned("welcome", settings.get("surveyls_welcometext", ""))
        self.gathered.language = language_of(self.base)
        for question in self.questions():
            self.question(question)
        for table, reason in OF_THE_WHOLE.items():
            if self.survey.rows(table):
                self.gathered.leave(table, reason)
        for group in self.survey.rows("groups"):
            if group.get("grelevance", "").strip() not in ALWAYS or group.get("randomization_group", "").strip():
                self.gathered.leave(
                    f"group {group.get('gid', '')}", said("Deze groep vragen komt daar soms wel en soms niet, of in een andere volgorde.")
                )
        return self.gathered.brought(Format.LIMESURVEY, self.translations())

    def questions(self) -> list[Row]:
        """Those that are asked, once each, group by group."""
        groups = {row.get("gid", ""): _number(row.get("group_order", "")) for row in self.survey.rows("groups")}
        once = {row.get("qid", ""): row for row in reversed(self.survey.rows("questions")) if row.get("parent_qid", "0") in {"", "0"}}
        return sorted(
            once.values(),
            key=lambda row: (
                groups.get(row.get("gid", ""), 0),
                _number(row.get("question_order", "")),
                _number(row.get("qid", "")),
            ),
        )

    def question(self, row: Row) -> None:
        qid, name, kind = row.get("qid", ""), row.get("title", "") or row.get("qid", ""), row.get("type", "")
        if self.is_hidden(qid):
            self.gathered.leave(name, said("Deze vraag is daar verborgen."))
            return
        if kind in NOT_TAKEN:
            self.gathered.leave(name, NOT_TAKEN[kind])
            return
        text = self.cleaned(name, self.words.question(qid, self.base))
        before = len(self.gathered.items)
        self.asked(row, name, kind, text)
        if len(self.gathered.items) > before:
            self.extras(row, name)

    def asked(self, row: Row, name: str, kind: str, text: str) -> None:
        qid = row.get("qid", "")
        if kind in TEXTS:
            self.keep(self.gathered.take(name, text, kind=AnswerKind.TEXT), qid, "", {})
        elif kind in CHOICES:
            self.choice(qid, "", name, text, self.answers(qid, name))
        elif kind in FIXED and kind not in ARRAYS:
            self.choice(qid, "", name, text, fixed_answers(kind, self.base))
        elif kind == "N":
            self.number(qid, "", name, text, self.attributes.get(qid, []))
        elif kind in ARRAYS | {"K", "Q"}:
            self.array(qid, name, kind, text)
        else:
            self.gathered.leave(name, said("Dit soort vraag (%(kind)s) kent Kring niet.", kind=plain(kind)[:20] or "?"))

    def choice(self, qid: str, sub: str, name: str, text: str, answers: Sequence[tuple[str, str, str]]) -> None:
        """Answers as (code, words, id in the file)."""
        key = self.gathered.take(name, text, [(code, label) for code, label, _aid in answers], wanted=name)
        if key is not None:
            codes = [option.code for option in self.gathered.items[key].options]
            self.keep(key, qid, sub, {code: aid for code, (_code, _label, aid) in zip(codes, answers)})

    def number(self, qid: str, sub: str, name: str, text: str, attributes: Iterable[Row]) -> None:
        bounds = {row.get("attribute", ""): row.get("value", "").strip() for row in attributes}
        codes = whole_codes([bounds.get(f"{end}_num_value_n", "") for end in ("min", "max")])
        if codes is None:
            self.gathered.leave(name, said("Hier kan elk getal worden ingevuld. Kring vraagt een getal uit een vaste rij."))
            return
        if bounds.get("num_value_int_only") != "1":
            self.gathered.leave(name, said("Kring vraagt hele getallen, zonder komma."))
        self.keep(self.gathered.take_numbers(name, text, codes[0], codes[1]), qid, sub, {})

    def array(self, qid: str, name: str, kind: str, stem: str) -> None:
        """Every row of a table of questions is a question of its own, with what stands above the table before it."""
        answers = self.answers(qid, name) if kind in {"F", "H"} else fixed_answers(kind, self.base) if kind in FIXED else []
        rows = self.subquestions(qid)
        if not rows:
            self.gathered.leave(name, said("Onder deze vraag staan geen regels."))
        for row in rows:
            sub = row.get("qid", "")
            place = f"{name} {row.get('title', '')}"
            text = f"{stem} {self.cleaned(place, self.words.question(sub, self.base))}".strip()
            if kind == "Q":
                self.keep(self.gathered.take(place, text, kind=AnswerKind.TEXT), qid, sub, {})
            elif kind == "K":
                self.number(qid, sub, place, text, self.attributes.get(qid, []))
            else:
                self.choice(qid, sub, place, text, answers)

    def answers(self, qid: str, name: str) -> list[tuple[str, str, str]]:
        found: dict[str, tuple[int, str, str, str]] = {}
        for row in self.given.get(qid, []):
            if row.get("scale_id", "0") in {"", "0"} and row.get("language", self.base) == self.base:
                aid = row.get("aid", "") or f"{qid}/{row.get('code', '')}"
                label = self.cleaned(name, self.words.answer(aid, self.base))
                found[aid] = (_number(row.get("sortorder", "")), row.get("code", ""), label, aid)
        return [(code, label, aid) for _place, code, label, aid in sorted(found.values())][: MOST_OPTIONS + 1]

    def subquestions(self, qid: str) -> list[Row]:
        once = {row.get("qid", ""): row for row in reversed(self.below.get(qid, []))}
        first = [row for row in once.values() if row.get("scale_id", "0") in {"", "0"}]
        return sorted(first, key=lambda row: _number(row.get("question_order", "")))

    def extras(self, row: Row, name: str) -> None:
        """What the question has besides its words and answers."""
        qid = row.get("qid", "")
        if row.get("relevance", "").strip() not in ALWAYS:
            self.gathered.leave(name, said("Deze vraag komt daar alleen in sommige gevallen. In Kring krijgt iedereen haar."))
        if row.get("mandatory", "N") in {"Y", "S"}:
            self.gathered.leave(name, said("Daar is deze vraag verplicht. In Kring mag je elke vraag overslaan."))
        if row.get("other") == "Y":
            self.gathered.leave(name, said("Het antwoord “anders, namelijk” is niet meegekomen."))
        if row.get("type") == "O":
            self.gathered.leave(name, said("De ruimte voor een opmerking bij het antwoord is niet meegekomen."))
        if row.get("preg", "").strip():
            self.gathered.leave(name, said("De controle op wat iemand invult is niet meegekomen."))
        if plain(stripped(self.words.help(qid, self.base)).text):
            self.gathered.leave(name, said("De uitleg bij de vraag is niet meegekomen."))
        if qid in self.begun:
            self.gathered.leave(name, said("Een antwoord dat vooraf is ingevuld neemt Kring niet over."))
        for attribute in self.attributes.get(qid, []):
            reason = attribute_reason(attribute.get("attribute", ""), attribute.get("value", ""))
            if reason is not None:
                self.gathered.leave(name, reason)

    def is_hidden(self, qid: str) -> bool:
        return any(row.get("attribute") == "hidden" and row.get("value") == "1" for row in self.attributes.get(qid, []))

    def cleaned(self, place: str, text: str) -> str:
        bare = stripped(text)
        for cut in sorted(bare.cuts):
            self.gathered.leave(place, CUTS[cut])
        return bare.text

    def keep(self, key: str | None, qid: str, sub: str, answers: Mapping[int, str]) -> None:
        if key is not None:
            self.taken.append((key, qid, sub, answers))

    def translations(self) -> list[Translated]:
        """The other languages of which every word is there; of the others it is said that they are not whole."""
        settings = next((row for row in self.survey.rows("surveys")), {})
        whole = []
        for language in settings.get("additional_languages", "").split()[:10]:
            translated = self.translated(language)
            if translated is None:
                self.gathered.leave(language, said("Deze vertaling is niet volledig, of er staat code in. Ze is niet meegekomen."))
            else:
                whole.append(translated)
        return whole

    def translated(self, language: str) -> Translated | None:
        items: dict[str, str] = {}
        labels: dict[str, dict[int, str]] = {}
        for key, qid, sub, answers in self.taken:
            parts = [stripped(self.words.question(one, language)) for one in (qid, sub) if one]
            labels[key] = {code: stripped(self.words.answer(aid, language)).text for code, aid in answers.items() if aid}
            needed = [part for one, part in zip((qid, sub), parts) if plain(stripped(self.words.question(one, self.base)).text)]
            if any(Cut.CODE in part.cuts for part in parts) or not all(part.text for part in needed) or not all(labels[key].values()):
                return None
            items[key] = " ".join(part.text for part in parts if part.text)
        return Translated(language_of(language), items, labels)


class _Words:
    """The words by what they belong to and language, wherever this generation of the file keeps them."""

    def __init__(self, survey: Survey) -> None:
        self.questions: dict[tuple[str, str], Row] = {}
        self.answers: dict[tuple[str, str], str] = {}
        for row in (*survey.rows("questions"), *survey.rows("subquestions"), *survey.rows("question_l10ns")):
            if "question" in row:
                self.questions[row.get("qid", ""), row.get("language", "")] = row
        for row in survey.rows("answers"):
            if "answer" in row:
                self.answers[f"{row.get('qid', '')}/{row.get('code', '')}", row.get("language", "")] = row["answer"]
        for row in survey.rows("answer_l10ns"):
            self.answers[row.get("aid", ""), row.get("language", "")] = row.get("answer", "")

    def question(self, qid: str, language: str) -> str:
        return self.questions.get((qid, language), {}).get("question", "")

    def help(self, qid: str, language: str) -> str:
        return self.questions.get((qid, language), {}).get("help", "")

    def answer(self, aid: str, language: str) -> str:
        return self.answers.get((aid, language), "")


def _by(rows: Iterable[Row], column: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.get(column, ""), []).append(row)
    return found


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
