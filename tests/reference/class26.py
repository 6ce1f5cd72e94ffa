"""A generated class of 26 (no real pupils): two rounds of choices, pupils 7 and 19 absent in the first.

The numbers beside it come from R (sna, igraph, SSrat) and a second implementation in Python.
"""

from kring.core.sociometry import Edge, Nominations, Participation, nominations_from

PUPILS = tuple(str(i) for i in range(1, 27))
ABSENT = {1: frozenset({"7", "19"}), 2: frozenset[str]()}

POSITIVE = {
    1: "1>2,5,22 2>1,7,19 3>7,8,15 4>3,7 5>2,3,17 6>8,9,23 8>6,7 9>6,23 10>7,8,20 11>2,6 12>2,6,23 13>3,7,19 14>6,9,23 15>16,20,25 "
    "16>18,23,25 17>19,20,23 18>16,20,23 20>19,23,25 21>16,19,25 22>15,23 23>16,20 24>23,25 25>16,20 26>19,23,25",
    2: "1>2,5,15 2>7,13 3>7,8 4>2,3 5>1,3 6>7,23 7>2,8,13 8>7,13,25 9>6,14,23 10>13,25 11>2,3,7 12>2,6 13>2,7,8 14>19,23 15>19,21,25 "
    "16>18,23,25 17>16,19 18>16,23,25 19>23,25 20>19,23,25 21>15,18,25 22>5,15,23 23>16,18,25 24>18,23,25 25>16,18 26>19,25",
}
NEGATIVE = {
    1: "1>18,20 3>20 8>11,13,20 10>11,19 12>11,20 13>11,18,20 16>11,13 18>7,9,11 20>3,11,12 22>7,11 23>8,11 24>11 26>11,20",
    2: "2>20 3>11,20 5>11,18,20 6>11,20 7>11,19 8>11,17,20 9>11,19,20 10>11 11>19,20,25 14>11,18,20 15>20 16>11,13,20 19>11,20 20>11 "
    "21>10,11,20 24>6,11,15 25>7,20 26>11",
}

RECEIVED = (1, 4, 3, 0, 1, 5, 6, 3, 2, 0, 0, 0, 0, 0, 2, 5, 1, 1, 6, 6, 0, 1, 11, 0, 6, 0)
REJECTED = {11: 11, 20: 6, 7: 2, 13: 2, 18: 2, 3: 1, 8: 1, 9: 1, 12: 1, 19: 1}
CD83 = {"popular": {"23", "25"}, "rejected": {"11"}, "controversial": {"7", "20"}}
NB_PB = {"popular": {"19", "23", "25"}, "rejected": {"11"}, "controversial": {"7", "20"}, "neglected": {"4", "10", "14", "21", "24", "26"}}
CD83_WAVE_2 = {"popular": {"2", "23", "25"}, "rejected": {"11", "20"}}
NEVER_CHOSEN = {"4", "10", "11", "12", "13", "14", "21", "24", "26"}
NO_MUTUAL = {"3", "4", "5", "10", "11", "12", "13", "14", "15", "17", "21", "22", "24", "26"}
BEST_MODULARITY = {1: 0.3970947265625, 2: 0.45144628099173545}
BEST_MEMBERSHIP = {
    1: [0, 0, 1, 1, 0, 2, 1, 1, 2, 1, 2, 2, 1, 2, 3, 3, 0, 3, 0, 3, 3, 3, 3, 3, 3, 3],
    2: [0, 1, 1, 1, 0, 2, 1, 1, 2, 1, 1, 2, 1, 2, 0, 3, 3, 3, 3, 3, 0, 0, 3, 3, 3, 3],
}


def edges(text: str, polarity: int) -> list[Edge]:
    """Read `1>2,5 2>1` as edges."""
    rows = (row.split(">") for row in text.split())
    return [Edge(giver, taker, polarity) for giver, takers in rows for taker in takers.split(",")]


def class26(wave: int) -> Nominations:
    """The choices of one of the two rounds."""
    participation = {pupil: Participation.ABSENT if pupil in ABSENT[wave] else Participation.DONE for pupil in PUPILS}
    return nominations_from(PUPILS, edges(POSITIVE[wave], 1) + edges(NEGATIVE[wave], -1), participation)
