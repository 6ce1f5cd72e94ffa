"""Thinking before acting: each bad input of the steps is refused, by its own rule."""

from collections.abc import Callable
from datetime import date

import pytest

from kring.core import understanding as core
from kring.core.errors import BrokenRule
from kring.core.understanding import ClassThinking, Source, SourceKind, Thought

LIST, TALK = Source(SourceKind.OWN_LIST, "a"), Source(SourceKind.TALK, "b")
TOLD = Source(SourceKind.COLLEAGUE, words="Op het plein speelt zij met jongere kinderen.")
NEED = "Zij heeft nodig dat de opdracht in stukken komt."
WHOLE = Thought("Zij helpt graag.", "Zij wacht af.", "De klas is druk.", (NEED,))
ANSWERED: dict[str, str] = {ClassThinking.GOING_ON: "Na de pauze is het onrustig.", ClassThinking.HELPS: "Een rustig begin."}


def test_what_is_whole_is_settled() -> None:
    core.refuse_unsettled(WHOLE, [LIST, TALK])
    core.refuse_unsettled(WHOLE, [LIST, TOLD])
    core.refuse_settled(None)
    core.refuse_class_unsettled("Zij zorgen voor elkaar.", ANSWERED, [LIST, TALK], names=["Noor"])


def test_an_observation_from_several_activities_counts_as_such_and_a_copy_does_not() -> None:
    gym, again = Source(SourceKind.SIGNAL, "a", activity="gym"), Source(SourceKind.COLLEAGUE, words="rent mee", activity=" Gym")
    assert core.activities_of([gym, gym, again, LIST]) == {"gym"}
    assert core.activities_of([gym, Source(SourceKind.SIGNAL, "b", activity="pauze")]) == {"gym", "pauze"}
    with pytest.raises(core.TooFewKindsOfSource):  # one source under two names is one
        core.refuse_few_kinds([gym, Source(SourceKind.TALK, "a")])


@pytest.mark.parametrize(
    ("thought", "sources", "rule"),
    [
        (Thought(" ", "a", "b", (NEED,)), [LIST, TALK], core.GoesWellMissing),  # only problems filled
        (Thought("a", "b", "", (NEED,)), [LIST, TALK], core.OneSideConsidered),  # only the pupil
        (Thought("a", "", "b", (NEED,)), [LIST, TALK], core.OneSideConsidered),
        (Thought("a", "b", "c", ()), [LIST, TALK], core.NeedMissing),
        (Thought("a", "b", "c", (NEED, "Hij heeft ADHD en is druk.")), [LIST, TALK], core.NeedIsALabel),
        (Thought("a", "b", "c", ("Rust.",)), [LIST, TALK], core.NeedTooShort),
        (WHOLE, [LIST, Source(SourceKind.OWN_LIST, "c")], core.TooFewKindsOfSource),
        (WHOLE, [LIST, Source(SourceKind.TALK, "a")], core.TooFewKindsOfSource),  # one source copied twice
        (WHOLE, [TOLD, Source(SourceKind.PUPIL, words=TOLD.words.upper())], core.TooFewKindsOfSource),
        (WHOLE, [], core.TooFewKindsOfSource),
    ],
)
def test_what_is_not_whole_is_refused(thought: Thought, sources: list[Source], rule: type[BrokenRule]) -> None:
    with pytest.raises(rule):
        core.refuse_unsettled(thought, sources)


@pytest.mark.parametrize(
    ("good", "answers", "sources", "rule"),
    [
        ("", ANSWERED, [LIST, TALK], core.GoesWellMissing),
        ("a", {ClassThinking.GOING_ON: "b"}, [LIST, TALK], core.ClassQuestionsOpen),
        ("a", {**ANSWERED, ClassThinking.GOING_ON: "Het komt door Noors gedrag."}, [LIST, TALK], core.OnePupilBlamed),
        ("a", ANSWERED, [LIST], core.TooFewKindsOfSource),
    ],
)
def test_a_class_is_never_one_pupil(good: str, answers: dict[str, str], sources: list[Source], rule: type[BrokenRule]) -> None:
    with pytest.raises(rule):
        core.refuse_class_unsettled(good, answers, sources, names=["Sem", "Noor"])


def test_who_helps_the_class_may_be_named_and_who_would_be_the_cause_may_not() -> None:
    assert core.blamed({ClassThinking.STRONG_PUPILS.value: "Noor kan een maatje zijn."}, ["Noor"]) == ()
    assert core.blamed(ANSWERED, ["Jan Peter"], besides=["Jan-Peter begint.", "Jan Peter begint."]) == ("Jan Peter",)
    assert core.names_in("", [""]) == ()


def test_a_label_is_found_in_whatever_way_it_is_written() -> None:
    for text in ("PDD-NOS", "een gedragsstoornis", "het syndroom van Tourette", "Autistisch gedrag"):
        assert core.label_in(text), text
    assert core.needs_of("a\n\n b \n") == ("a", "b")


def test_a_source_is_linked_or_in_words_and_never_retyped() -> None:
    core.refuse_bad_source(LIST)
    core.refuse_bad_source(TOLD)
    with pytest.raises(core.SourceWithoutWords):
        core.refuse_bad_source(Source(SourceKind.PUPIL, words=" "))
    with pytest.raises(core.SourceRetyped):
        core.refuse_bad_source(Source(SourceKind.OWN_LIST, "a", "Bij vraag 3 antwoordt zij nooit."))


def test_insight_comes_after_overview() -> None:
    core.refuse_voice("Ik zit achterin.", "Daarom hoor ik weinig.", "")
    core.refuse_voice("", "", "Ik wil vooraan.")
    with pytest.raises(core.InsightWithoutOverview):
        core.refuse_voice(" ", "Daarom hoor ik weinig.", "")
    with pytest.raises(core.VoiceEmpty):
        core.refuse_voice("", " ", "")


def test_what_weighs_has_protection_beside_it_and_a_day_to_look_again() -> None:
    core.refuse_unprotected("", "")
    core.refuse_unprotected("Verhuisd in de zomer.", "Oma woont om de hoek.")
    with pytest.raises(core.WeighsWithoutProtection):
        core.refuse_unprotected("Verhuisd in de zomer.", " ")
    today = date(2026, 3, 3)
    core.refuse_review(date(2026, 9, 1), on=today)
    with pytest.raises(core.ReviewPassed):
        core.refuse_review(today, on=today)
    with pytest.raises(core.ReviewTooFar):
        core.refuse_review(date(2027, 3, 5), on=today)


@pytest.mark.parametrize(("refuse", "rule"), [(core.refuse_settled, core.UnderstandingSettled), (core.refuse_gone, core.FactorGone)])
def test_what_is_over_is_over(refuse: Callable[[object], None], rule: type[BrokenRule]) -> None:
    refuse(None)
    with pytest.raises(rule):
        refuse(date(2026, 3, 3))


def test_one_side_alone_is_noticed_while_writing() -> None:
    assert core.is_one_sided("a", " ")
    assert not core.is_one_sided("", "")
    assert not core.is_one_sided("a", "b")


def test_one_at_a_time_each_asked_once_and_the_words_of_pupil_and_guardian_are_theirs() -> None:
    core.refuse_thinking(is_open=False)
    core.refuse_asked(is_asked=False)
    core.refuse_words_of_another(is_theirs=False)
    with pytest.raises(core.ThinkingAlready):
        core.refuse_thinking(is_open=True)
    with pytest.raises(core.VoiceAskedAlready):
        core.refuse_asked(is_asked=True)
    with pytest.raises(core.WordsOfAnother):
        core.refuse_words_of_another(is_theirs=True)
