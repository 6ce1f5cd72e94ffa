"""The group plan: clusters by need on three levels, and every “bad input” of R132 to R142 that the core refuses."""

from datetime import UTC, date, datetime, timedelta

import pytest

from kring.core.errors import BrokenRule
from kring.core.group_plans import (
    ClassComesFirst,
    ClassPartEmpty,
    Cluster,
    ClusterOutsidePeriod,
    ClusterWithoutEnd,
    CopiedUnchanged,
    EarlierPlanNotEvaluated,
    EscalationMissing,
    Finding,
    LooseAction,
    NeedWordedAsFault,
    PartnerNotConsidered,
    PlanChangedSinceRead,
    PupilOnTwoLevels,
    Suggestion,
    check_changed,
    check_class_first,
    check_clusters,
    check_earlier,
    check_need,
    check_serious,
    group_share,
    refuse_changed,
    shares,
    suggestions,
)
from kring.core.plans import State

END = date(2027, 1, 29)
NOOR = frozenset({"noor"})
WHOLE = "Elke ochtend een vaste start, en twee keer per week samen spelen met afspraken."


def heavy(**more: object) -> Cluster:
    given = {"level": 3, "need": "rust", "partner": "wijkteam gebeld", "escalation": "dezelfde dag overleg", "pupils": NOOR, **more}
    return Cluster(**given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("refusal", "class_part", "clusters"),
    [
        (ClassPartEmpty, "  ", [heavy()]),
        (ClusterWithoutEnd, WHOLE, [Cluster(2, "samen spelen", pupils=NOOR)]),
        (ClusterOutsidePeriod, WHOLE, [Cluster(2, "samen spelen", until_on=date(2027, 1, 30), pupils=NOOR)]),
        (PartnerNotConsidered, WHOLE, [heavy(partner=" ")]),
        (EscalationMissing, WHOLE, [heavy(escalation="")]),
        (PupilOnTwoLevels, WHOLE, [heavy(), Cluster(2, " Rust. ", until_on=END, pupils=NOOR)]),
    ],
)
def test_a_plan_that_misses_something_is_not_agreed_upon(refusal: type[BrokenRule], class_part: str, clusters: list[Cluster]) -> None:
    with pytest.raises(refusal):
        check_clusters(class_part, clusters, ends_on=END)


def test_empty_clusters_ask_nothing_and_a_pupil_may_have_two_needs() -> None:
    empty = [Cluster(3, "rust"), Cluster(2, "samen spelen")]
    check_clusters("", empty, ends_on=END)
    check_clusters(WHOLE, [heavy(), Cluster(2, "samen spelen", until_on=END, pupils=NOOR)], ends_on=END)


def test_the_mirror_counts_a_pupil_once_on_the_heaviest_level() -> None:
    two, three = shares([Cluster(2, "a", pupils=frozenset("abc")), Cluster(3, "b", pupils=frozenset("c"))], size=25)
    assert (two.count, two.percent, two.low, two.high, two.is_more) == (2, 8, 7, 10, False)
    assert (three.count, three.percent, three.low, three.high, three.is_more) == (1, 4, 3, 5, False)
    assert shares([Cluster(2, "a", pupils=frozenset("abcdef"))], size=25)[0].is_more
    assert [one.percent for one in shares([], size=0)] == [0, 0]


def test_a_class_of_thirty_with_twenty_on_level_three_is_a_class_that_asks() -> None:
    twenty = shares([Cluster(3, "rust", pupils=frozenset(map(str, range(20))))], size=30)
    with pytest.raises(ClassComesFirst):
        check_class_first(twenty, line=20, because="druk")
    check_class_first(twenty, line=20, because="Het is een groep voor speciaal onderwijs.")
    check_class_first(shares([heavy()], size=30), line=20, because="")


def test_the_line_is_compared_in_whole_pupils_and_not_in_rounded_percents() -> None:
    """4 of 26 is 15.4 percent: above a line of 15, as the list of attention says of the same class."""
    four = [Finding(str(number), "belonging") for number in range(4)]
    assert [(one.level, one.percent) for one in suggestions(four, size=26, line=15)] == [(1, 15)]
    with pytest.raises(ClassComesFirst):
        check_class_first(shares([Cluster(3, "rust", pupils=frozenset("abcd"))], size=26), line=15, because="")
    check_class_first(shares([Cluster(3, "rust", pupils=frozenset("abcde"))], size=25), line=20, because="")


def test_the_last_plan_is_evaluated_first_and_never_copied_word_for_word() -> None:
    with pytest.raises(EarlierPlanNotEvaluated):
        check_earlier(State.RUNNING, because="druk")
    check_earlier(State.RUNNING, because="De leerkracht is weg; wij kijken samen terug in maart.")
    check_earlier(State.EVALUATED, because="")
    check_earlier(None, because="")
    with pytest.raises(CopiedUnchanged):
        check_changed({"class": WHOLE}, {"class": WHOLE})
    check_changed({"class": WHOLE}, {"class": "iets anders"})
    check_changed({"class": WHOLE}, None)


def test_a_need_says_what_is_needed() -> None:
    for fault in ("Is lui", "heeft ADHD", "kan niet stilzitten"):
        with pytest.raises(NeedWordedAsFault):
            check_need(fault)
    assert check_need(" korte   opdrachten ") == "korte opdrachten"


def test_one_loose_action_for_something_serious_asks_why() -> None:
    for levels in (["group"], ["group", "group"], ["family"]):
        with pytest.raises(LooseAction):
            check_serious(levels, is_serious=True, because="")
    check_serious(["group", "family"], is_serious=True, because="")
    check_serious(["group"], is_serious=True, because="De directie neemt het verder op zich.")
    check_serious([], is_serious=False, because="")


def test_a_proposal_puts_the_class_before_single_pupils() -> None:
    many = [Finding(str(number), "belonging") for number in range(6)]
    few = [Finding("a", "feelings"), Finding("b", "feelings"), Finding("b", "feelings", is_heavy=True), Finding("c", "task_approach")]
    assert suggestions([*many, *few], size=25, line=20) == [
        Suggestion(1, "belonging", (), 24),
        Suggestion(2, "feelings", ("a",), 8),
        Suggestion(3, "feelings", ("b",), 8),
        Suggestion(2, "task_approach", ("c",), 4),
    ]
    assert suggestions(few[:1], size=0, line=20)[0].percent == 0
    assert (group_share(["group", "pupil"]), group_share([])) == (50, None)


def test_what_a_colleague_changed_since_it_was_read_is_named() -> None:
    read = datetime(2026, 3, 2, 10, tzinfo=UTC)
    refuse_changed({"een rustige plek": read, "samen beginnen": read - timedelta(hours=1)}, read_at=read)
    with pytest.raises(PlanChangedSinceRead) as refused:
        refuse_changed({"een rustige plek": read + timedelta(seconds=1), "samen beginnen": read}, read_at=read)
    assert refused.value.what == "een rustige plek"
