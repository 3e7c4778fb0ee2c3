"""The best tree under a given root, for words whose best heads make none (Chu and Liu 1965, Edmonds 1967)."""

from __future__ import annotations

import numpy as np

from rashomon.reader.network import Floats, Ints

_NEVER = np.float32(-1e9)


def best_tree(scored: Floats, root: int) -> Ints:
    """Each word's head, the root's itself; `scored` is (dependents, heads), its diagonal never the best of a row.

    A cycle becomes one word: what enters it is worth what it adds to the cycle less the arc that it takes the place
    of. Each contraction takes a word away at least, so there is an end.
    """
    heads: Ints = scored.argmax(1)
    heads[root] = root
    cycle = _cycle(heads.tolist(), root)
    if not cycle:
        return heads
    ring = np.array(cycle)
    rest = np.setdiff1d(np.arange(len(scored)), ring)
    entering = scored[np.ix_(ring, rest)] - scored[ring, heads[ring]][:, None]
    leaving = scored[np.ix_(rest, ring)]
    smaller = np.full((len(rest) + 1, len(rest) + 1), 2 * _NEVER, dtype=np.float32)
    smaller[:-1, :-1] = scored[np.ix_(rest, rest)]
    smaller[-1, :-1] = entering.max(0)
    smaller[:-1, -1] = leaving.max(1)
    found = best_tree(smaller, int(np.searchsorted(rest, root)))
    by_ring = found[:-1] == len(rest)
    heads[rest] = np.where(by_ring, ring[leaving.argmax(1)], rest[np.minimum(found[:-1], len(rest) - 1)])
    outside = int(found[-1])
    heads[ring[entering[:, outside].argmax()]] = rest[outside]
    heads[root] = root
    return heads


def _cycle(heads: list[int], root: int) -> list[int]:
    """The words of a cycle, if the heads have one."""
    seen = [0] * len(heads)
    seen[root] = len(heads) + 1
    for start in range(len(heads)):
        at = start
        while not seen[at]:
            seen[at] = start + 1
            at = heads[at]
        if seen[at] == start + 1:
            ring = [at]
            while heads[ring[-1]] != at:
                ring.append(heads[ring[-1]])
            return ring
    return []
