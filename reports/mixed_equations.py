"""Henderson's mixed model equations: effects, variances and likelihood for given ratios of sds.

The unknowns are scaled by theta, the sd of each random factor divided by the residual sd. So a variance of
zero is an ordinary case in which nothing is divided by zero: its effects are exactly zero.
"""

from dataclasses import dataclass
from functools import cached_property
from math import log, pi
from typing import Final, Literal

import numpy as np
from scipy.linalg import cho_solve, cholesky
from scipy.sparse import csc_array, diags_array

from reports.crossed_design import Design, Floats, Integers
from reports.elimination import (
    Factorisation,
    Plan,
    Sparse,
    factorise,
    plan_elimination,
)
from reports.selected_inverse import SelectedInverse, select_inverse

Method = Literal["REML", "ML"]
BASES_AT_ONCE: Final = 64
LEAST_RESIDUAL: Final = 1e-14  # share of the sum of squares that arithmetic can still tell from nothing


@dataclass(frozen=True)
class Equations:
    """The sums of products of a design, with the order in which the unknowns are eliminated."""

    design: Design
    method: Method
    plan: Plan
    products: Sparse | Floats  # incidence' incidence, in the plan's order
    to_fixed: Floats  # incidence' [fixed, scores]
    among_fixed: Floats  # [fixed, scores]' [fixed, scores]

    def expand(self, theta: Floats) -> Floats:
        """Return the ratio of each column of the random factors."""
        sizes = [len(factor.levels) for factor in self.design.factors.values()]
        return np.repeat(theta, sizes)

    @property
    def divisor(self) -> int:
        """What the residual sum of squares is divided by."""
        return self.design.freedom if self.method == "REML" else len(self.design.scores)

    def deviance(self, theta: Floats) -> float:
        """Return the profiled deviance (REML criterion, or -2 log likelihood) at these ratios."""
        factorisation, half = self._absorb(theta)
        return self._sum_up(factorisation, self._reduce(half))

    def solve(self, theta: Floats) -> "Solution":
        """Solve for everything at these ratios."""
        scales = self.expand(theta)
        factorisation, half = self._absorb(theta)
        triangle = self._reduce(half)
        fixed_triangle = triangle[:-1, :-1]
        residual = float(triangle[-1, -1])
        width = len(fixed_triangle)
        fixed = np.asarray(np.linalg.solve(fixed_triangle.T, triangle[-1, :-1]), dtype=np.float64)
        solved = factorisation.solve(scales[:, None] * self.to_fixed)
        return Solution(
            design=self.design,
            theta=theta,
            scales=scales,
            deviance=self._sum_up(factorisation, triangle),
            variance=residual**2 / self.divisor,
            fixed=fixed,
            random=scales * (solved[:, -1] - solved[:, :-1] @ fixed),
            factorisation=factorisation,
            fixed_half=half[:, :-1],
            leverage=scales[:, None] * solved[:, :-1],
            fixed_covariance=cho_solve((fixed_triangle, True), np.eye(width)),
        )

    def _absorb(self, theta: Floats) -> tuple[Factorisation, Floats]:
        scales = self.expand(theta)
        factorisation = factorise(self.products, scales[self.plan.order], self.plan)
        return factorisation, factorisation.halve(scales[:, None] * self.to_fixed)

    def _reduce(self, half: Floats) -> Floats:
        """Return the triangle left for fixed effects and scores; its last entry is the residual."""
        left = self.among_fixed - half.T @ half
        left[-1, -1] = max(left[-1, -1], 0.0)
        triangle = np.zeros_like(left)
        fixed = cholesky(left[:-1, :-1], lower=True)
        triangle[:-1, :-1] = fixed
        triangle[-1, :-1] = np.linalg.solve(fixed, left[:-1, -1])
        squares = left[-1, -1] - triangle[-1, :-1] @ triangle[-1, :-1]
        triangle[-1, -1] = np.sqrt(max(squares, LEAST_RESIDUAL * self.among_fixed[-1, -1]))
        return triangle

    def _sum_up(self, factorisation: Factorisation, triangle: Floats) -> float:
        squares = float(triangle[-1, -1]) ** 2
        deviance = factorisation.log_determinant + self.divisor * (1 + log(2 * pi * squares / self.divisor))
        if self.method == "REML":
            deviance += 2 * float(np.log(np.diagonal(triangle)[:-1]).sum())
        return deviance


@dataclass(frozen=True)
class Solution:
    """The model at given ratios: effects, and what their variances and covariances are made from."""

    design: Design
    theta: Floats
    scales: Floats  # theta, once for each level
    deviance: float
    variance: float  # of the residual
    fixed: Floats
    random: Floats  # best linear unbiased predictions of the effects of all levels
    factorisation: Factorisation
    fixed_half: Floats
    leverage: Floats
    fixed_covariance: Floats  # in units of the residual variance

    def predict(self, fixed: Floats, random: Sparse) -> Floats:
        """Return the value of each contrast, a column of weights on fixed and random effects."""
        return np.asarray(fixed.T @ self.fixed + random.T @ self.random)

    @cached_property
    def _selected(self) -> SelectedInverse:
        """Computed once, however many figures are asked for."""
        return select_inverse(self.factorisation)

    def find_covariance(self, fixed: Floats, random: Sparse) -> Floats:
        """Return the covariance matrix of the prediction errors of contrasts."""
        half = self.factorisation.halve(self.scales[:, None] * random.toarray())
        apart = fixed - self.fixed_half.T @ half
        return np.asarray(self.variance * (half.T @ half + apart.T @ self.fixed_covariance @ apart))

    def find_variances(
        self, fixed: Floats, random: Sparse, bases: tuple[Floats, Sparse], own: Integers
    ) -> Floats:
        """Return the variances alone of many contrasts, to each of which its `own` one of the bases is added.

        Levels of one contrast must meet in visits (else KeyError); those of a base need not.
        """
        if not self.factorisation.plan.stages:  # few columns: plain arrays are far quicker
            half = self.factorisation.halve(
                self.scales[:, None] * (random.toarray() + bases[1].toarray()[:, own])
            )
            apart = fixed + bases[0][:, own] - self.fixed_half.T @ half
            spread = np.einsum("ic,ij,jc->c", apart, self.fixed_covariance, apart)
            return np.asarray(self.variance * ((half**2).sum(axis=0) + spread))
        scaled = csc_array(diags_array(self.scales) @ random)
        inner = self._selected.form_variances(scaled) + self._form_with_bases(scaled, bases[1], own)
        apart = fixed - (random.T @ self.leverage).T + (bases[0] - (bases[1].T @ self.leverage).T)[:, own]
        spread = np.einsum("ic,ij,jc->c", apart, self.fixed_covariance, apart)
        return np.asarray(self.variance * (inner + spread))

    def _form_with_bases(self, scaled: Sparse, bases: Sparse, own: Integers) -> Floats:
        """Return what bases add to the form: twice the product with the contrast, and their own square.

        Some bases are solved for at a time, since their solutions have an entry for every level.
        """
        added = np.zeros(len(own))
        for start in range(0, int(bases.shape[1]), BASES_AT_ONCE):
            here = np.flatnonzero((own >= start) & (own < start + BASES_AT_ONCE))
            some = self.scales[:, None] * bases[:, start : start + BASES_AT_ONCE].toarray()
            solved = self.factorisation.solve(some)
            number = own[here] - start
            crossed = (scaled[:, here].T @ solved)[np.arange(len(here)), number]
            added[here] = 2 * crossed + np.einsum("ib,ib->b", some, solved)[number]
        return added


def set_up_equations(design: Design, *, method: Method) -> Equations:
    """Form the sums of products of a design, once for all ratios that will be tried."""
    incidence = design.incidence
    largest = max(design.factors.values(), key=lambda factor: len(factor.levels))
    plan = plan_elimination(
        csc_array(incidence.T @ incidence), np.arange(largest.columns.start, largest.columns.stop)
    )
    moved = csc_array(incidence[:, plan.order])
    ordered = csc_array(moved.T @ moved)
    ordered.sort_indices()
    known = np.column_stack([design.fixed, design.scores])
    return Equations(
        design=design,
        method=method,
        plan=plan,
        products=ordered if plan.stages else ordered.toarray(),
        to_fixed=np.asarray(incidence.T @ known),
        among_fixed=known.T @ known,
    )
