"""Regressions over sparse rows, by L-BFGS: convex problems, so the same rows give the same weights."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def softmax(rows: Any, labels: NDArray[np.intp], classes: int, *, strength: float, steps: int) -> tuple[Floats, Floats]:
    """Weights (one line a class) and biases; `rows` is a sparse matrix, `strength` of the pull towards zero."""
    from scipy.optimize import minimize

    wide = rows.shape[1]
    wanted = np.eye(classes)[labels]

    def loss(flat: Floats) -> tuple[float, Floats]:
        weight, bias = flat[: classes * wide].reshape(classes, wide), flat[classes * wide :]
        scores = rows @ weight.T + bias
        scores -= scores.max(1, keepdims=True)
        powers = np.exp(scores)
        chances = powers / powers.sum(1, keepdims=True)
        off = chances - wanted
        value = -np.log(np.maximum((chances * wanted).sum(1), 1e-12)).sum() + strength / 2 * float((weight**2).sum())
        slope = (rows.T @ off).T + strength * weight
        return value, np.concatenate([slope.ravel(), off.sum(0)])

    found = minimize(loss, np.zeros(classes * (wide + 1)), jac=True, method="L-BFGS-B", options={"maxiter": steps}).x
    return found[: classes * wide].reshape(classes, wide), found[classes * wide :]


def logistic(rows: Any, labels: NDArray[np.bool_], *, strength: float, steps: int) -> Floats:
    """Weights and, last, the base; `rows` is a sparse matrix, `strength` of what is told against the pull to zero."""
    from scipy.optimize import minimize

    turned = rows.T.tocsr()
    signs = np.where(labels, 1.0, -1.0)

    def loss(weights: Floats) -> tuple[float, Floats]:
        margins = signs * (rows @ weights[:-1] + weights[-1])
        back = -signs * strength / (1 + np.exp(margins))
        total = np.logaddexp(0, -margins).sum() * strength + 0.5 * weights[:-1] @ weights[:-1]
        return float(total), np.append(turned @ back + weights[:-1], back.sum())

    begin = np.zeros(rows.shape[1] + 1)
    found = minimize(loss, begin, jac=True, method="L-BFGS-B", options={"maxiter": steps, "maxcor": 8})
    return np.asarray(found.x)
