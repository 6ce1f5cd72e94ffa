"""Class means with REML beside statsmodels and lme4, and the graded response model beside girth and mirt."""

import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.made.country import CLASS, COUNTRY, HUNDRED, SCHOOL
from kring.commands.bench import Measured, Peer, Skipped, one_time, peak_of, timed_runs
from kring.commands.peers import python_peer, r_matrix, r_peer, together
from kring.core.irt import graded_response_model
from kring.core.random_intercept import random_intercept

REML = {SCHOOL: 1.0, HUNDRED: 5.0, COUNTRY: 100.0}
GRADED = {(5, SCHOOL): 200.0, (5, HUNDRED): 1000.0, (8, HUNDRED): 4000.0}
BESIDE_MIRT = {SCHOOL: 3.5, HUNDRED: 2.0}  # methods.md H


def measure() -> Iterator[Measured | Skipped]:
    for pupils in (SCHOOL, HUNDRED, COUNTRY):
        yield from class_means(pupils)
    for (items, pupils), goal in GRADED.items():
        yield from graded(items, pupils, goal)


def class_means(pupils: int) -> Iterator[Measured | Skipped]:
    values, classes = in_classes(pupils)
    ours = timed_runs(lambda: random_intercept(values, classes), times=15 if pupils < COUNTRY else 5)
    peak = peak_of(lambda: random_intercept(values, classes)) if pupils == COUNTRY else None
    with tempfile.TemporaryDirectory() as folder:
        ran, missing = together(*reml_peers(Path(folder), values, classes))
    remark = f"{len(np.unique(classes)):,} classes, from the scores of the pupils, fingerprint included"
    yield Measured(f"REML of {pupils:,} pupils", ours, REML[pupils], remark, ran, peak, 1024 if peak else None)
    yield from missing


def in_classes(pupils: int) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    seeded = np.random.Generator(np.random.PCG64(2026))
    classes = seeded.permutation(np.arange(pupils) // CLASS)
    means = 3 + 0.27 * seeded.standard_normal(pupils // CLASS)
    return means[classes] + 0.57 * seeded.standard_normal(pupils), classes


def reml_peers(folder: Path, values: NDArray[np.float64], classes: NDArray[np.int64]) -> Iterator[Peer | Skipped]:
    if len(values) <= HUNDRED:
        yield python_peer("statsmodels", timed_runs(lambda: mixed_model(values, classes), times=3))
    path = folder / "x"
    np.stack([values, classes.astype(np.float64)], axis=1).tofile(path)
    ready = r_matrix(path, "x", rows=len(values)) + "; d <- data.frame(y = x[, 1], g = factor(x[, 2]))"
    yield r_peer("lme4 Matrix", "lmer(y ~ 1 + (1 | g), d)", ready=ready, times=1 if len(values) == COUNTRY else 3)


def mixed_model(values: NDArray[np.float64], classes: NDArray[np.int64]) -> object:
    from statsmodels.regression.mixed_linear_model import MixedLM

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a school of eight classes it says that its optimum is on the edge
        return MixedLM(values, np.ones((len(values), 1)), groups=classes).fit(reml=True)


def graded(items: int, pupils: int, goal: float) -> Iterator[Measured | Skipped]:
    answers = graded_answers(items, pupils)
    ours = timed_runs(lambda: graded_response_model(answers), times=3)
    with tempfile.TemporaryDirectory() as folder:
        ran, missing = together(*graded_peers(Path(folder), answers))
    yield Measured(f"graded response model, {items} items, {pupils:,} pupils", ours, goal, "61 nodes, with standard errors", ran)
    yield from missing


def graded_answers(items: int, pupils: int) -> NDArray[np.float64]:
    seeded = np.random.Generator(np.random.PCG64(2026))
    ability, slopes = seeded.standard_normal((pupils, 1, 1)), seeded.uniform(1.0, 2.2, (items, 1))
    thresholds = np.sort(seeded.normal(0, 1.2, (items, 3)), axis=1)
    chance = 1 / (1 + np.exp(-slopes * (ability - thresholds)))
    answers: NDArray[np.float64] = 1.0 + (seeded.random((pupils, items, 1)) < chance).sum(axis=2)
    return answers


def graded_peers(folder: Path, answers: NDArray[np.float64]) -> Iterator[Peer | Skipped]:
    from girth import grm_mml

    yield python_peer("girth", (one_time(lambda: grm_mml(answers.T.astype(int))),))
    path = folder / "x"
    answers.tofile(path)
    work = 'mirt(x, 1, itemtype = "graded", SE = TRUE, verbose = FALSE)'
    yield r_peer("mirt", work, ready=r_matrix(path, "x", rows=len(answers)), at_most=BESIDE_MIRT[len(answers)])
