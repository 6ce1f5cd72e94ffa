"""Scores and their quality beside pandas, pingouin and R: 40 four-point items in 8 scales, for one school, a hundred and the country."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.made.country import COUNTRY, HUNDRED, ITEMS, KEYS, SCALES, SCHOOL, answered, forty_items, fresh, with_nan
from kring.commands.bench import Measured, Peer, Skipped, peak_of, timed_runs
from kring.commands.peers import python_peer, r_matrix, r_peer, together
from kring.core.instruments import Instrument
from kring.core.omega import omega
from kring.core.ordinal import polychoric
from kring.core.reliability import instrument_alphas
from kring.core.scoring import instrument_scores

SCORING = {SCHOOL: 2.0, HUNDRED: 10.0, COUNTRY: 600.0}
ALPHA = {SCHOOL: 2.0, HUNDRED: 8.0, COUNTRY: 1000.0}
OMEGA, POLYCHORIC = 20.0, 800.0
BESIDE_PANDAS = {SCHOOL: 2.0, HUNDRED: 2.0, COUNTRY: 5.0}  # methods.md H: its plain mean knows no reversal, missing rule or provenance
TIMES = {SCHOOL: 15, HUNDRED: 15, COUNTRY: 3}


def measure() -> Iterator[Measured | Skipped]:
    instrument = forty_items()
    for pupils in (SCHOOL, HUNDRED, COUNTRY):
        codes = answered(pupils)
        yield scoring(instrument, codes)
        yield from reliability(instrument, codes)
        if pupils == HUNDRED:
            yield from factors(codes)


def scoring(instrument: Instrument, codes: NDArray[np.int8]) -> Measured:
    import pandas as pd

    answers = [fresh(codes) for _ in range(TIMES[len(codes)] + 2)]
    ours = timed_runs(lambda: instrument_scores(answers.pop(), instrument), times=TIMES[len(codes)])
    peak = peak_of(lambda: instrument_scores(answers.pop(), instrument)) if len(codes) == COUNTRY else None
    table = pd.DataFrame(with_nan(codes), columns=KEYS, copy=True)
    columns = [list(KEYS[s * ITEMS : (s + 1) * ITEMS]) for s in range(SCALES)]
    theirs = timed_runs(lambda: [table[names].mean(axis=1) for names in columns], times=TIMES[len(codes)])
    peers = (python_peer("pandas", theirs, at_most=BESIDE_PANDAS[len(codes)]),)
    remark = "8 scales of 5 items, reversal, missing rule and fingerprint; pandas: a plain mean with NaN"
    return Measured(f"scores of {len(codes):,} pupils", ours, SCORING[len(codes)], remark, peers, peak, 1024 if peak else None)


def reliability(instrument: Instrument, codes: NDArray[np.int8]) -> Iterator[Measured | Skipped]:
    times = TIMES[len(codes)]
    answers = [fresh(codes) for _ in range(times + 1)]
    ours = timed_runs(lambda: instrument_alphas(answers.pop(), instrument), times=times)
    ran, missing = together(*alpha_peers(codes))
    yield Measured(f"alpha of 8 scales, {len(codes):,} pupils", ours, ALPHA[len(codes)], "with Feldt's interval and item analysis", ran)
    yield from missing


def alpha_peers(codes: NDArray[np.int8]) -> Iterator[Peer | Skipped]:
    import pandas as pd
    import pingouin

    table = pd.DataFrame(with_nan(codes), columns=KEYS)
    parts = [table[list(KEYS[s * ITEMS : (s + 1) * ITEMS])] for s in range(SCALES)]
    theirs = timed_runs(lambda: [pingouin.cronbach_alpha(part) for part in parts], times=3)
    yield python_peer("pingouin", theirs)
    if len(codes) == HUNDRED:
        with tempfile.TemporaryDirectory() as folder:
            yield in_r(Path(folder), with_nan(codes), "psych", "for (s in 0:7) alpha(x[, 5*s + 1:5], check.keys = FALSE, warnings = FALSE)")


def in_r(folder: Path, table: NDArray[Any], packages: str, work: str) -> Peer | Skipped:
    path = folder / "x"
    table.astype(np.float64).tofile(path)
    return r_peer(packages, work, ready=r_matrix(path, "x", rows=len(table)) + '\ncolnames(x) <- paste0("q", seq_len(ncol(x)))')


def factors(codes: NDArray[np.int8]) -> Iterator[Measured | Skipped]:
    table = with_nan(codes)
    table = table[~np.isnan(table).any(axis=1)]
    table = np.vstack([table] * 3)[:HUNDRED]
    yield Measured(f"omega of 5 items, {len(table):,} pupils", timed_runs(lambda: omega(table[:, :ITEMS])), OMEGA)
    eight = np.ascontiguousarray(table[:, : SCALES * ITEMS : ITEMS])
    ours = timed_runs(lambda: polychoric(eight), times=5)
    with tempfile.TemporaryDirectory() as folder:
        ran, missing = together(in_r(Path(folder), eight, "psych", "polychoric(x, correct = 0)"))
    yield Measured(f"polychoric correlations of 8 items, {len(table):,} pupils", ours, POLYCHORIC, "two-step maximum likelihood", ran)
    yield from missing
