"""Thinking before acting: what goes well first, on two kinds of source at least, in the pupil and around, with needs that are no label."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from kring.core.errors import BrokenRule
from kring.core.language_mirror import Mirrored, mirror

LEAST_KINDS: Final = 2
SHORTEST_NEED: Final = 4  # words
LONGEST_REVIEW: Final = 366  # days: a factor that nobody looked at for a year is not known any more
ASKED_BEFORE: Final = 14  # days before a factor goes, its author is asked whether it still holds


class SourceKind(StrEnum):
    """What an understanding rests on. Two lists of one informant are one kind."""

    OWN_LIST = "own_list"
    TEACHER_LIST = "teacher_list"
    GUARDIAN_LIST = "guardian_list"
    SIGNAL = "signal"
    TALK = "talk"
    ABSENCE = "absence"
    SOCIOGRAM = "sociogram"
    COLLEAGUE = "colleague"
    PUPIL = "pupil"


IN_WORDS: Final = frozenset({SourceKind.COLLEAGUE, SourceKind.PUPIL})
"""What somebody said and stands nowhere in Kring: in a few words. All else is linked and never retyped."""


class ClassThinking(StrEnum):
    """The questions about a class."""

    GOING_ON = "going_on"
    HELPS = "helps"
    STRONG_PUPILS = "strong_pupils"
    PREVENT = "prevent"
    OWN_STRATEGY = "own_strategy"
    INSTRUMENTS = "instruments"
    NEW_APPROACH = "new_approach"


@dataclass(frozen=True, slots=True)
class Source:
    """One thing that it rests on, by its kind and the key of its row; or words."""

    kind: SourceKind
    row: str = ""
    words: str = ""
    activity: str = ""  # during what it was seen: in class, at gym, in the break


@dataclass(frozen=True, slots=True)
class Thought:
    """What was written, as far as the rules ask."""

    goes_well: str
    in_pupil: str
    in_surroundings: str
    needs: tuple[str, ...]


@dataclass(eq=False, kw_only=True)
class GoesWellMissing(BrokenRule):
    """Nobody looks at what is difficult before what goes well."""


@dataclass(eq=False, kw_only=True)
class TooFewKindsOfSource(BrokenRule):
    """One kind of source tells one side; one source taken twice is one."""

    least: int
    kinds: int


@dataclass(eq=False, kw_only=True)
class SourceWithoutWords(BrokenRule):
    """What stands nowhere else in Kring is said in a few words."""


@dataclass(eq=False, kw_only=True)
class SourceRetyped(BrokenRule):
    """What stands in Kring is linked, never copied out."""


@dataclass(eq=False, kw_only=True)
class NeedMissing(BrokenRule):
    """An understanding ends in what is needed."""


@dataclass(eq=False, kw_only=True)
class NeedTooShort(BrokenRule):
    """A need is a sentence: what helps, and when."""

    need: str


@dataclass(eq=False, kw_only=True)
class NeedIsALabel(BrokenRule):
    """What somebody has is not what somebody needs."""

    label: str


@dataclass(eq=False, kw_only=True)
class OneSideConsidered(BrokenRule):
    """An explanation is looked for in the pupil and around the pupil."""


@dataclass(eq=False, kw_only=True)
class OnePupilBlamed(BrokenRule):
    """What is going on in a class is never one pupil."""

    names: str


@dataclass(eq=False, kw_only=True)
class UnderstandingSettled(BrokenRule):
    """What was settled stays as it is; who thinks again begins a new one."""


@dataclass(eq=False, kw_only=True)
class ThinkingAlready(BrokenRule):
    """Of a pupil or a class one understanding is open at a time."""


@dataclass(eq=False, kw_only=True)
class ClassQuestionsOpen(BrokenRule):
    """Of a class at least what is going on and what helps are answered."""


@dataclass(eq=False, kw_only=True)
class VoiceEmpty(BrokenRule):
    """Words of one's own have words."""


@dataclass(eq=False, kw_only=True)
class InsightWithoutOverview(BrokenRule):
    """Nobody explains what was not told first."""


@dataclass(eq=False, kw_only=True)
class VoiceAskedAlready(BrokenRule):
    """Everybody is asked once per understanding, and may change the words until it is settled."""


@dataclass(eq=False, kw_only=True)
class WordsOfAnother(BrokenRule):
    """What pupil or guardian wrote themselves, nobody of the school changes."""


@dataclass(eq=False, kw_only=True)
class WeighsWithoutProtection(BrokenRule):
    """Beside everything that weighs stands something that protects."""


@dataclass(eq=False, kw_only=True)
class ReviewPassed(BrokenRule):
    """The day on which somebody looks again is still to come."""


@dataclass(eq=False, kw_only=True)
class ReviewTooFar(BrokenRule):
    """Within a year somebody looks again."""


@dataclass(eq=False, kw_only=True)
class FactorGone(BrokenRule):
    """What went is not kept any more."""


MORE_LABELS: Final = frozenset(
    {*("pddnos", "mcdd", "ocd", "tos", "dyslexie", "dyslectisch", "dyscalculie", "hoogbegaafd", "hoogbegaafdheid", "psychose")}
)
"""Besides those of the language mirror: true perhaps, and they do not say what to do tomorrow morning."""
LABEL_ENDS: Final = ("stoornis", "stoornissen", "syndroom")
WORD: Final = re.compile(r"[^\W\d_]+")


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", text).casefold().replace("-", "")
    return WORD.findall(plain)


def label_in(text: str) -> str:
    """The first label in a text, or nothing.

    >>> label_in("Hij heeft ADHD."), label_in("Hij heeft nodig dat de opdracht in stukken komt.")
    ('adhd', '')
    """
    marked = next((one.text.casefold() for one in mirror(text).marks if one.kind is Mirrored.DIAGNOSIS), "")
    return marked or next((word for word in _words(text) if word in MORE_LABELS or word.endswith(LABEL_ENDS)), "")


def needs_of(text: str) -> tuple[str, ...]:
    """One need on each line."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def refuse_label(need: str) -> None:
    """Raises NeedIsALabel, NeedTooShort."""
    if label := label_in(need):
        raise NeedIsALabel(label=label)
    if len(_words(need)) < SHORTEST_NEED:
        raise NeedTooShort(need=need)


def refuse_without_good(goes_well: str) -> None:
    """Raises GoesWellMissing."""
    if not goes_well.strip():
        raise GoesWellMissing


def kinds_of(sources: Iterable[Source]) -> frozenset[SourceKind]:
    """The kinds, each row and each text counted once."""
    seen: dict[tuple[str, str], SourceKind] = {}
    for one in sources:
        seen.setdefault((one.row, "" if one.row else " ".join(_words(one.words))), one.kind)
    return frozenset(seen.values())


def activities_of(sources: Iterable[Source]) -> frozenset[str]:
    """During how many different things somebody looked (R109); a row that is there twice is one, and what was not asked is none.

    >>> seen = [Source(SourceKind.SIGNAL, "1", activity="gym"), Source(SourceKind.COLLEAGUE, words="rent", activity=" Gym ")]
    >>> sorted(activities_of([*seen, Source(SourceKind.SIGNAL, "2", activity="break"), Source(SourceKind.TALK, "3")]))
    ['break', 'gym']
    """
    return frozenset(" ".join(one.activity.split()).casefold() for one in sources if one.activity.strip())


def refuse_bad_source(source: Source) -> None:
    """Raises SourceWithoutWords, SourceRetyped."""
    if not source.row and not source.words.strip():
        raise SourceWithoutWords
    if source.words.strip() and source.kind not in IN_WORDS:
        raise SourceRetyped


def refuse_unsettled(thought: Thought, sources: Iterable[Source]) -> None:
    """Raises GoesWellMissing, OneSideConsidered, NeedMissing, NeedIsALabel, NeedTooShort, TooFewKindsOfSource."""
    refuse_without_good(thought.goes_well)
    if not (thought.in_pupil.strip() and thought.in_surroundings.strip()):
        raise OneSideConsidered
    if not thought.needs:
        raise NeedMissing
    for need in thought.needs:
        refuse_label(need)
    refuse_few_kinds(sources)


def refuse_few_kinds(sources: Iterable[Source]) -> None:
    """Raises TooFewKindsOfSource."""
    kinds = kinds_of(sources)
    if len(kinds) < LEAST_KINDS:
        raise TooFewKindsOfSource(least=LEAST_KINDS, kinds=len(kinds))


def is_one_sided(in_pupil: str, in_surroundings: str) -> bool:
    """Whether only one of the two was looked at; neither is not one-sided yet."""
    return bool(in_pupil.strip()) != bool(in_surroundings.strip())


def refuse_settled(settled_at: object) -> None:
    """Raises UnderstandingSettled."""
    if settled_at is not None:
        raise UnderstandingSettled


# ---- a class ------------------------------------------------------------------------------------------------------------


def names_in(text: str, names: Collection[str]) -> tuple[str, ...]:
    """Which of these given names stand in a text, in their own order; a name with several parts counts whole.

    >>> names_in("Het begint altijd bij Noor.", ["Sem", "Noor"]), names_in("In de noordhoek.", ["Noor"])
    (('Noor',), ())
    """
    words = _words(text)
    return tuple(name for name in names if (parts := _words(name)) and _stands_in(parts, words))


def _stands_in(parts: list[str], words: list[str]) -> bool:
    found = (words[i : i + len(parts)] for i in range(len(words) - len(parts) + 1))
    return any(one[:-1] == parts[:-1] and one[-1] in {parts[-1], f"{parts[-1]}s"} for one in found)


NOBODY_IN: Final = frozenset(ClassThinking) - {ClassThinking.STRONG_PUPILS}
"""Who of the pupils can help the class may be named; who would be the cause may not."""


def blamed(answers: Mapping[str, str], names: Collection[str], *, besides: Iterable[str] = ()) -> tuple[str, ...]:
    """The pupils who are named where something is explained."""
    texts = [text for key, text in answers.items() if key in NOBODY_IN] + list(besides)
    return names_in("\n".join(texts), names)


def refuse_class_unsettled(
    goes_well: str, answers: Mapping[str, str], sources: Iterable[Source], *, names: Collection[str], texts: Iterable[str] = ()
) -> None:
    """`names` are those of the pupils of the class. Raises GoesWellMissing, ClassQuestionsOpen, OnePupilBlamed, TooFewKindsOfSource."""
    refuse_without_good(goes_well)
    if not all(answers.get(one, "").strip() for one in (ClassThinking.GOING_ON, ClassThinking.HELPS)):
        raise ClassQuestionsOpen
    if found := blamed(answers, names, besides=texts):
        raise OnePupilBlamed(names=", ".join(found))
    refuse_few_kinds(sources)


# ---- words of one's own -------------------------------------------------------------------------------------------------


def refuse_voice(overview: str, insight: str, outlook: str) -> None:
    """Raises VoiceEmpty, InsightWithoutOverview."""
    if not (overview.strip() or insight.strip() or outlook.strip()):
        raise VoiceEmpty
    if insight.strip() and not overview.strip():
        raise InsightWithoutOverview


def refuse_thinking(*, is_open: bool) -> None:
    """Raises ThinkingAlready."""
    if is_open:
        raise ThinkingAlready


def refuse_asked(*, is_asked: bool) -> None:
    """Raises VoiceAskedAlready."""
    if is_asked:
        raise VoiceAskedAlready


def refuse_words_of_another(*, is_theirs: bool) -> None:
    """Raises WordsOfAnother."""
    if is_theirs:
        raise WordsOfAnother


# ---- what weighs and what protects --------------------------------------------------------------------------------------


def refuse_unprotected(weighs: str, protects: str) -> None:
    """Raises WeighsWithoutProtection."""
    if weighs.strip() and not protects.strip():
        raise WeighsWithoutProtection


def refuse_review(review_on: date, *, on: date) -> None:
    """Raises ReviewPassed, ReviewTooFar."""
    if review_on <= on:
        raise ReviewPassed
    if (review_on - on).days > LONGEST_REVIEW:
        raise ReviewTooFar


def refuse_gone(gone_at: object) -> None:
    """Raises FactorGone."""
    if gone_at is not None:
        raise FactorGone
