"""The demo schools as tables: which group was which a year ago, who teaches it, who moved, how far the running round is."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Cohort:
    """Pupils who go through the school together: their group now (None when they left) and their year level there (or in their last).

    `before` are last year's groups, over which they are dealt one by one; without it they are new.
    """

    now: str | None
    year_level: int
    size: int
    before: tuple[str, ...] = ()
    left_halfway: bool = False

    @property
    def home(self) -> str:
        """The group whose ways they share."""
        return self.now or f"was {self.before[0]}"


@dataclass(frozen=True, slots=True)
class Named:
    """A pupil of the cast, in this group."""

    group: str
    given_name: str
    name_prefix: str
    family_name: str
    is_girl: bool = True
    age: int | None = None  # in years, when it matters


@dataclass(frozen=True, slots=True)
class SchoolPlan:
    """Everything about a demo school that chance does not decide."""

    name: str
    board: str
    type: str
    cohorts: tuple[Cohort, ...]
    teachers: Mapping[str, str] = field(hash=False)  # this year's group → user name
    teachers_before: Mapping[str, str] = field(hash=False)
    named: tuple[Named, ...]
    lists_in: Mapping[str, float] = field(default_factory=dict, hash=False)  # share of the lists of the running round that is in
    few_take_part: str | None = None  # group whose running sociogram has too few pupils
    without_sociogram: frozenset[str] = frozenset()  # groups that did not do the running sociogram yet
    measures: tuple[str, ...] = ()
    region: str = "noord"
    municipality: str = "Waterstad"
    pack: str = "swv-vuurtoren"


LISTS = ("kring-leerkracht", "kring-leerling", "kring-sociogram")
SOCIOGRAM = "kring-sociogram"

DE_BEUK = SchoolPlan(
    name="De Beuk",
    board="Stichting Tweeluik",
    type="po",
    cohorts=(
        Cohort("1/2", 1, 11),
        Cohort("1/2", 2, 12, ("1/2A", "1/2B")),
        Cohort("3", 3, 24, ("1/2A", "1/2B")),
        Cohort("4", 4, 25, ("3",)),
        Cohort("4/5", 4, 10, ("3/4",)),
        Cohort("4/5", 5, 14, ("3/4",)),
        Cohort("6A", 6, 23, ("5A",)),
        Cohort("6A", 6, 1, ("5B",)),
        Cohort("6A", 6, 1),
        Cohort("6B", 6, 23, ("5B",)),
        Cohort("6B", 6, 1, ("5A",)),
        Cohort("7", 7, 25, ("6",)),
        Cohort("7", 7, 1),
        Cohort("8", 8, 23, ("7",)),
        Cohort(None, 8, 22, ("8",)),
        Cohort(None, 5, 1, ("5B",), left_halfway=True),
        Cohort(None, 7, 1, ("7",), left_halfway=True),
    ),
    teachers={"1/2": "marit", "3": "yusuf", "4": "sanne", "4/5": "joris", "6A": "anna", "6B": "carla", "7": "wouter", "8": "fleur"},
    teachers_before={
        "1/2A": "marit",
        "1/2B": "sanne",
        "3": "yusuf",
        "3/4": "joris",
        "5A": "anna",
        "5B": "tara",
        "6": "carla",
        "7": "wouter",
        "8": "fleur",
    },
    named=(
        Named("6A", "Noor", "van", "Dalen"),
        Named("6A", "Sem", "", "Ferreira", is_girl=False),
        Named("6B", "Lot", "de", "Ruyg"),
    ),
    lists_in={"3": 1.0, "4": 0.7, "4/5": 1.0, "6A": 0.92, "6B": 1.0, "7": 0.5, "8": 0.0},
    few_take_part="7",
    without_sociogram=frozenset({"8"}),
    measures=LISTS,
)
DE_EIK = SchoolPlan(
    name="De Eik",
    board="Stichting Woud",
    type="po",
    cohorts=(Cohort("5", 5, 19, ("4",)), Cohort("6", 6, 17, ("5",))),
    teachers={"5": "hugo", "6": "mirjam"},
    teachers_before={"4": "hugo", "5": "mirjam"},
    named=(Named("5", "Fien", "", "Terpstra"),),
    lists_in={"5": 1.0, "6": 0.8},
    measures=LISTS,
)
HET_BAKEN = SchoolPlan(
    name="Het Baken",
    board="Stichting Tweeluik",
    type="vo",
    cohorts=(Cohort("1A", 1, 24), Cohort("1B", 1, 25), Cohort("4A", 4, 22)),
    teachers={"1A": "ineke", "1B": "sander", "4A": "ilse"},
    teachers_before={},
    named=(
        Named("1A", "Bas", "van der", "Lugt", is_girl=False),
        Named("4A", "Bo", "", "Reitsma", age=16),
    ),
    pack="swv-veerpont",
)
"""No measurements yet: this school has its first round still to open."""

PLANS = (DE_BEUK, DE_EIK, HET_BAKEN)
