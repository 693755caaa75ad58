"""CP-01: fits that others have published come out to their last printed digit.

The data are public: Davies and Goldsmith's penicillin assays, pastes and dyestuff, and Box and Tiao's made-up
dyestuff in which the batches do not differ at all.
"""

import pytest

from reports.crossed_design import Observations
from reports.crossed_model import fit_model

PENICILLIN = """
a 27 23 26 23 23 21 | b 27 23 26 23 23 21 | c 25 21 25 24 24 20 | d 26 23 25 23 23 20
e 25 22 26 22 23 20 | f 24 22 25 23 22 19 | g 24 20 23 21 22 19 | h 26 22 26 24 24 21
i 24 21 24 22 22 20 | j 24 21 24 23 22 19 | k 26 23 26 24 24 21 | l 25 22 26 24 24 20
m 26 24 26 24 25 22 | n 26 23 26 23 23 20 | o 26 23 25 24 24 22 | p 25 22 25 23 23 20
q 25 21 24 23 23 20 | r 25 22 24 23 23 19 | s 24 21 23 21 21 19 | t 26 23 26 24 24 21
u 25 21 24 22 22 18 | v 25 22 25 22 22 20 | w 24 21 24 22 24 19 | x 24 21 24 22 21 18
"""  # a plate, and the diameter for each of six samples

PASTES = """
A:a 62.8 62.6 | A:b 60.1 62.3 | A:c 62.7 63.1 | B:a 60.0 61.4 | B:b 57.5 56.9 | B:c 61.1 58.9
C:a 58.7 57.5 | C:b 63.9 63.1 | C:c 65.4 63.7 | D:a 57.1 56.4 | D:b 56.9 58.6 | D:c 64.7 64.5
E:a 55.1 55.1 | E:b 54.7 54.2 | E:c 58.8 57.5 | F:a 63.4 64.9 | F:b 59.3 58.1 | F:c 60.5 60.0
G:a 62.5 62.6 | G:b 61.0 58.7 | G:c 56.9 57.7 | H:a 59.2 59.4 | H:b 65.2 66.0 | H:c 64.8 64.1
I:a 54.8 54.8 | I:b 64.0 64.0 | I:c 57.7 56.8 | J:a 58.3 59.3 | J:b 59.2 59.2 | J:c 58.9 56.6
"""  # batch and cask, and two strengths

DYESTUFF = """
A 1545 1440 1440 1520 1580 | B 1540 1555 1490 1560 1495 | C 1595 1550 1605 1510 1560
D 1445 1440 1595 1465 1545 | E 1595 1630 1515 1635 1625 | F 1520 1455 1450 1480 1445
"""  # a batch and five yields

DYESTUFF_WITHOUT_BATCHES = """
A 7.298 3.846 2.434 9.566 7.990 | B 5.220 6.556 0.608 11.788 -0.892 | C 0.110 10.386 13.434 5.510 8.166
D 2.212 4.852 7.092 9.288 4.980 | E 0.282 9.014 4.458 9.446 7.198 | F 1.722 4.782 8.106 0.758 3.758
"""


def read_table(table: str) -> list[tuple[str, int, float]]:
    """Label of the line, number within it, and value."""
    lines = [line.split() for line in table.replace("|", "\n").strip().splitlines()]
    return [(line[0], number, float(value)) for line in lines for number, value in enumerate(line[1:])]


def read_penicillin() -> Observations:
    """Plates crossed with samples."""
    cells = read_table(PENICILLIN)
    return Observations(
        scores=[value for _, _, value in cells],
        random={"plate": [plate for plate, _, _ in cells], "sample": ["ABCDEF"[n] for _, n, _ in cells]},
    )


def read_pastes() -> Observations:
    """Casks within batches."""
    cells = read_table(PASTES)
    return Observations(
        scores=[value for _, _, value in cells],
        random={"cask": [cask for cask, _, _ in cells], "batch": [cask[0] for cask, _, _ in cells]},
    )


def read_dyestuff(table: str) -> Observations:
    """Batches alone."""
    cells = read_table(table)
    return Observations(
        scores=[value for _, _, value in cells], random={"batch": [batch for batch, _, _ in cells]}
    )


def test_it_reproduces_penicillin() -> None:
    """CP-01: two crossed factors, REML 330.8606."""
    fit = fit_model(read_penicillin())
    assert f"{fit.deviance:.4f}" == "330.8606"
    assert {name: f"{sd:.4f}" for name, sd in fit.sds.items()} == {
        "plate": "0.8467",
        "sample": "1.9316",
        "residual": "0.5499",
    }
    assert f"{fit.mean:.2f}" == "22.97"
    assert [f"{effect:.3f}" for effect in fit.list_effects("sample").values()] == (
        "2.187 -1.010 1.938 -0.097 -0.014 -3.004".split()
    )


def test_it_reproduces_pastes() -> None:
    """CP-01: nested factors are a case of crossed ones, REML 246.9907."""
    fit = fit_model(read_pastes())
    assert f"{fit.deviance:.4f}" == "246.9907"
    assert [f"{sd:.4f}" for sd in fit.sds.values()] == ["2.9041", "1.2874", "0.8234"]
    assert f"{fit.mean:.4f}" == "60.0533"


def test_it_reproduces_dyestuff() -> None:
    """CP-01: one factor, REML 319.6543."""
    fit = fit_model(read_dyestuff(DYESTUFF))
    assert f"{fit.deviance:.4f}" == "319.6543"
    assert [f"{sd:.2f}" for sd in fit.sds.values()] == ["42.00", "49.51"]
    assert f"{fit.mean:.1f}" == "1527.5"


@pytest.mark.parametrize(
    ("observations", "deviance"),
    [(read_penicillin(), "332.1883"), (read_pastes(), "247.9945"), (read_dyestuff(DYESTUFF), "327.3271")],
)
def test_it_reproduces_the_same_by_maximum_likelihood(observations: Observations, deviance: str) -> None:
    """CP-01: ML beside REML."""
    assert f"{fit_model(observations, method='ML').deviance:.4f}" == deviance


def test_it_reproduces_a_variance_of_exactly_zero() -> None:
    """CP-01: batches that do not differ have no variance at all, and everybody gets the mean."""
    fit = fit_model(read_dyestuff(DYESTUFF_WITHOUT_BATCHES))
    assert fit.singular == ("batch",)
    assert fit.sds["batch"] == 0.0
    assert f"{fit.deviance:.4f}" == "161.8283"
    assert f"{fit.sds['residual']:.4f}" == "3.7157"
    assert f"{fit.mean:.4f}" == "5.6656"
    assert set(fit.list_effects("batch").values()) == {0.0}
