"""Item response theory as others computed it: mirt 1.38.1, ltm 1.2.0 and eRm 1.0.2 in R 4.2.2, on generated samples and on LSAT6.

LSAT6: the published table of answer patterns of 1 000 persons, section 6 of the Law School Admission Test (Bock & Lieberman 1970).
"""

from pathlib import Path

import numpy as np
import pytest

from kring.core.irt import (
    Calibration,
    GradedItem,
    abilities,
    andersen_test,
    graded_response_model,
    item_fits,
    item_information,
    local_dependence,
    model_fit,
    partial_credit_abilities,
    partial_credit_item_fits,
    partial_credit_model,
    rasch_by_cml,
    rasch_by_mml,
    stored_items,
    sum_score_abilities,
    two_parameter_model,
)
from kring.core.irt.linking import expected_sum

DATA = Path(__file__).parent / "data"


def table(path: Path, *, first: int = 0) -> np.ndarray:
    return np.genfromtxt(path, delimiter=",", skip_header=1)[:, first:]


def numbers(text: str) -> np.ndarray:
    return np.array([line.split() for line in text.strip().splitlines()], dtype=float)


GRADED = table(DATA / "d08_grm1500.csv", first=1)
RASCH = table(DATA / "d08_rasch600.csv", first=1)
PARTIAL_CREDIT = table(DATA / "d08_pcm800.csv", first=1)

# mirt: slope and difficulties of the eight items
GRADED_ITEMS = numbers("""
    0.839713873539 -2.23384323775 -0.971158852259 0.618142920889
    1.06650225232 -1.81937869329 -0.681192959034 0.775961856426
    1.39499203244 -1.71677059938 -0.534890028109 0.863213829192
    1.48898742474 -1.64508322978 -0.330799470504 1.22174625173
    1.76600883702 -1.34682967673 -0.154355793429 1.36847257953
    2.04790803663 -1.31643308708 0.083423910076 1.58661753761
    2.2026151614 -1.0704034031 0.230476447329 1.78138839114
    1.16900299325 -0.824287558317 0.496865522157 2.04619231527
""")
# … and the standard errors (Oakes) of slope and intercepts
GRADED_ERRORS = numbers("""
    0.0629145267801 0.0799359562102 0.0631034258087 0.0606546669029
    0.0685220327583 0.0839614936386 0.0662587719805 0.0670812800356
    0.079232079428 0.10046960607 0.0730247831838 0.0779700756691
    0.0818652588112 0.103748897287 0.0732593649913 0.0902799896021
    0.0941246291893 0.10859834091 0.0786542741108 0.110674849424
    0.10868372906 0.12537040749 0.085518361866 0.142362208444
    0.118694533445 0.121478630218 0.0909024400265 0.17209984896
    0.0713009143587 0.0701107589694 0.0670203111816 0.0972417680976
""")
FIRST_TEN = numbers("""
    -0.500677471987 0.430191596579
    0.0679516122395 0.399171520617
    -0.497343496234 0.400935865192
    0.160663131786 0.405982818104
    -0.0186947407456 0.404194120546
    -0.0622404659161 0.443027315243
    0.0613577463401 0.406242486087
    -0.305545229444 0.387122962273
    -0.584118048723 0.399323391724
    -0.56270791555 0.370498059567
""")
INFORMATION = numbers("""
    -3 1.27196830825 0.230174561305 9.37490958934
    -2 3.50294052129 0.535986671322 11.5100402626
    -1 5.43073834287 0.644849660552 15.694596599
    0 5.48752767428 0.634399996558 20.7637252521
    1 4.94111462101 0.611947629574 25.477412668
    2 4.01560199645 0.40644798498 29.204855795
    3 1.30266034082 0.136970725986 31.1049132387
""")
BY_SUM = numbers("""
    8 -2.44378524488 0.554292347371
    9 -2.11324474078 0.508904212804
    10 -1.87917066661 0.495044772674
    11 -1.67062860585 0.483798855344
    12 -1.4700149754 0.469424562987
    13 -1.28165188425 0.459301023507
    14 -1.10220857062 0.451179505638
    15 -0.930086250189 0.444776338798
    16 -0.763878489674 0.44008834208
    17 -0.601922013137 0.436950770394
    18 -0.44249739073 0.43521885076
    19 -0.283945525994 0.434660751754
    20 -0.124831546934 0.434942598875
    21 0.0359328407743 0.435681435548
    22 0.199077055773 0.436548703762
    23 0.365138112836 0.437399476801
    24 0.534805518021 0.438363422102
    25 0.709343736488 0.439824943169
    26 0.890993843187 0.442283202577
    27 1.08320745974 0.44614654717
    28 1.29064901287 0.451848701357
    29 1.51832668007 0.459600665501
    30 1.76959358137 0.466923545168
    31 2.06308005347 0.485495147238
    32 2.43285275852 0.532119992278
""")
# S-X², degrees of freedom, RMSEA, p; item 6 has p .00025 although the model made the answers
ITEM_FIT = numbers("""
    59.3023818595 50 0.0111406687918 0.172621948211
    52.1779212819 49 0.00657767954184 0.351459537812
    52.4802849462 45 0.0105305728658 0.206670905098
    62.9824615676 44 0.0169648142932 0.031580552433
    36.3548833576 41 0 0.676993549213
    75.9326138895 38 0.0258055886674 0.000249389871803
    44.2690293433 36 0.0123787046136 0.162113584002
    55.6932476364 46 0.0118564567577 0.1548951108
""")
# eRm
DIFFICULTIES = [-1.43366865751, -0.98930281819, -0.426147052223, -0.0491893992404, 0.352884570855, 1.02608868139, 1.51933467493]
DIFFICULTY_ERRORS = [0.0976874599997, 0.090050014338, 0.0849367905953, 0.0840004531536, 0.0850809584811, 0.0918945859195, 0.101415001603]
BY_SCORE = [-2.10808596512, -1.11294126326, -0.358957393586, 0.346240465472, 1.107634803, 2.11578650063]
OUTFIT = [0.9612042049902, 0.9528099665201, 0.9282030914909, 0.879276056099, 1.009111507329, 0.9654399060859, 0.851812259884]
INFIT = [0.9092319266964, 0.9414354741183, 0.9686993583316, 0.9160533669536, 0.9689270767289, 0.9422590587202, 0.9347183869731]
THRESHOLDS = numbers("""
    -1.11428600151 0.282635928367 1.6958524019 0.288067442919
    -0.667919575621 0.463790588478 1.32015234944 0.372007787433
    -0.348897560705 0.8870028641 1.57302548683 0.70371026341
    -1.468354296 0.171486691631 1.26066893446 -0.0120662233036
    -0.623956416379 0.402086750911 2.40653673104 0.72822235519
""")
LSAT6 = """
    00000:3 00001:6 00010:2 00011:11 00100:1 00101:1 00110:3 00111:4 01000:1 01001:8 01011:16 01101:3 01110:2 01111:15 10000:10 10001:29
    10010:14 10011:81 10100:3 10101:28 10110:15 10111:80 11000:16 11001:56 11010:21 11011:173 11100:11 11101:61 11110:28 11111:298
"""
LSAT6_ITEMS = numbers("""
    0.825659530418 -3.35881109909
    0.72274420321 -1.37005762321
    0.890874531526 -0.279666222013
    0.688367982398 -1.86638100704
    0.656855958312 -3.12590671291
""")


def lsat6() -> np.ndarray:
    patterns, counts = zip(*(each.split(":") for each in LSAT6.split()))
    return np.repeat([[float(digit) for digit in each] for each in patterns], [int(each) for each in counts], axis=0)


def of_mirt() -> Calibration:
    """The parameters that mirt found."""
    four = ((1,), (2,), (3,), (4,))
    return stored_items([GradedItem(j, four, row[0], tuple(-row[0] * row[1:])) for j, row in enumerate(GRADED_ITEMS)])


def intercepts(calibration: Calibration) -> np.ndarray:
    return np.array([item.intercepts for item in calibration.items])


@pytest.fixture(scope="module")
def graded() -> Calibration:
    return graded_response_model(GRADED, categories=(1, 4))


def test_graded_response_model(graded: Calibration) -> None:
    assert graded.loglik == pytest.approx(-14344.3530212444, abs=1e-6)
    found = np.array([(item.slope, *item.difficulties) for item in graded.items], dtype=float)
    assert found == pytest.approx(GRADED_ITEMS, abs=2e-6)
    assert (graded.n, graded.n_valid, graded.for_use, graded.dropped, graded.mean, graded.sd) == (1500, 1500, True, (), 0.0, 1.0)


def test_standard_errors(graded: Calibration) -> None:
    found = np.array([(item.slope_se, *(item.intercept_ses or ())) for item in graded.items], dtype=float)
    assert found == pytest.approx(GRADED_ERRORS, abs=1e-6)


def test_what_made_the_answers_is_found_again(graded: Calibration) -> None:
    truth = table(DATA / "d08_grm1500_truth.csv", first=1)
    for item, (slope, *difficulties) in zip(graded.items, truth):
        assert item.slope_se
        assert item.difficulty_ses
        assert abs(item.slope - slope) < 3.3 * item.slope_se
        off = [abs((b or 0.0) - each) / error for b, each, error in zip(item.difficulties, difficulties, item.difficulty_ses)]
        assert max(off) < 3.3


def test_abilities_at_the_parameters_of_mirt() -> None:
    found = abilities(GRADED, of_mirt())
    assert found.theta[:10] == pytest.approx(FIRST_TEN[:, 0], abs=1e-6)
    assert found.sd[:10] == pytest.approx(FIRST_TEN[:, 1], abs=1e-6)
    assert found.reliability == pytest.approx(0.8328726519309, abs=1e-6)


def test_information_at_the_parameters_of_mirt() -> None:
    found = item_information(of_mirt(), INFORMATION[:, 0])
    assert found.test == pytest.approx(INFORMATION[:, 1], abs=1e-8)
    assert found.items[3] == pytest.approx(INFORMATION[:, 2], abs=1e-8)
    assert found.reliability == pytest.approx(0.8330232579772, abs=1e-6)


def test_expected_sum_at_the_parameters_of_mirt() -> None:
    assert expected_sum(of_mirt().items, INFORMATION[:, 0]) + 8 == pytest.approx(INFORMATION[:, 3], abs=1e-8)


def test_ability_by_sum_score_at_the_parameters_of_mirt() -> None:
    found = sum_score_abilities(of_mirt())
    assert np.column_stack([found.scores, found.theta, found.sd]) == pytest.approx(BY_SUM, abs=1e-6)
    assert found.share.sum() == pytest.approx(1.0)


def test_fit_of_the_graded_response_model(graded: Calibration) -> None:
    found = model_fit(GRADED, graded)
    assert found.rmsea_interval
    assert (found.c2, found.p) == pytest.approx((12.890991654661, 0.882011937985), abs=1e-5)
    assert (found.df, found.rmsea, found.rmsea_interval.low, found.cfi, found.good) == (20, 0.0, 0.0, 1.0, True)
    assert (found.tli, found.srmsr) == pytest.approx((1.001888886215, 0.01206732266216), abs=1e-6)
    assert found.rmsea_interval.high == pytest.approx(0.01096448454871 * np.sqrt(1500 / 1499), abs=1e-7)  # mirt divides by n here


def test_fit_of_the_items(graded: Calibration) -> None:
    found = item_fits(GRADED, graded).items
    assert np.array([(each.value, each.df, each.rmsea, each.p) for each in found], dtype=float) == pytest.approx(ITEM_FIT, abs=5e-5)
    assert [each.misfit for each in found] == [False] * 8


def test_no_two_items_of_the_generated_sample_depend_on_each_other(graded: Calibration) -> None:
    assert local_dependence(GRADED, graded).pairs == ()


def test_rasch_model_by_cml() -> None:
    found = rasch_by_cml(RASCH)
    assert found.loglik == pytest.approx(-1359.02011136928, abs=1e-6)
    assert [item.location for item in found.items] == pytest.approx(DIFFICULTIES, abs=1e-5)
    assert [item.location_se for item in found.items] == pytest.approx(DIFFICULTY_ERRORS, abs=1e-5)
    assert (found.n, found.n_valid, found.extreme, found.for_use) == (600, 558, 42, True)


def test_ability_by_score_in_the_rasch_model() -> None:
    found = partial_credit_abilities(rasch_by_cml(RASCH))
    assert found.theta[1:-1] == pytest.approx(BY_SCORE, abs=1e-5)
    assert np.isnan(found.theta[[0, -1]]).all()  # eRm writes what a spline would give there


def test_low_and_high_scorers_in_the_rasch_model() -> None:
    found = andersen_test(RASCH)
    assert (found.value, found.p) == pytest.approx((3.087871146245, 0.7977400473007), abs=1e-6)
    assert (found.df, found.items) == (6, (0, 1, 2, 3, 4, 5, 6))


def test_infit_and_outfit_in_the_rasch_model() -> None:
    found = partial_credit_item_fits(RASCH, rasch_by_cml(RASCH)).items
    assert [each.outfit for each in found] == pytest.approx(OUTFIT, abs=1e-5)
    assert [each.infit for each in found] == pytest.approx(INFIT, abs=1e-5)


def test_rasch_model_by_mml() -> None:
    found = rasch_by_mml(RASCH)
    assert found.loglik == pytest.approx(-2507.96657036241, abs=1e-5)
    assert found.sd**2 == pytest.approx(0.9383158209618, abs=5e-5)
    difficulties = [1.40853651875, 0.963064635649, 0.395453935551, 0.0169223555796, -0.385508093373, -1.05531483847, -1.5413453645]
    assert intercepts(found)[:, 0] == pytest.approx(difficulties, abs=5e-5)


def test_partial_credit_model() -> None:
    found = partial_credit_model(PARTIAL_CREDIT)
    assert found.loglik == pytest.approx(-2817.85913482974, abs=1e-6)
    assert np.array([(*item.thresholds, item.location) for item in found.items]) == pytest.approx(THRESHOLDS, abs=5e-5)


def test_lsat6() -> None:
    two, rasch = two_parameter_model(lsat6()), rasch_by_mml(lsat6())
    assert (two.loglik, rasch.loglik) == pytest.approx((-2466.65337751347, -2466.93759958238), abs=1e-5)
    assert np.array([(item.slope, *item.difficulties) for item in two.items], dtype=float) == pytest.approx(LSAT6_ITEMS, abs=1e-4)
    assert rasch.sd**2 == pytest.approx(0.5702373739923, abs=5e-5)
    assert intercepts(rasch)[:, 0] == pytest.approx([2.73001676419, 0.998607213879, 0.239854235282, 1.30645286709, 2.09940723232], abs=5e-5)


@pytest.mark.shared
def test_the_table_of_lsat6_is_that_of_the_file(shared: Path) -> None:
    assert np.unique(table(shared / "methods/reference/data/d15_lsat6.csv"), axis=0, return_counts=True)[1].tolist() == [
        int(each.split(":")[1]) for each in LSAT6.split()
    ]
    assert np.sort(lsat6(), axis=0).tolist() == np.sort(table(shared / "methods/reference/data/d15_lsat6.csv"), axis=0).tolist()
