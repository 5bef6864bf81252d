"""Successions between organisations never turn in a circle."""

from collections.abc import Hashable, Iterable
from graphlib import CycleError, TopologicalSorter
from typing import TypeVar

Node = TypeVar("Node", bound=Hashable)


def cycle_in(edges: Iterable[tuple[Node, Node]]) -> tuple[Node, ...]:
    """Find one cycle among directed edges: its nodes in order, the first one again at the end; empty without any."""
    sorter: TopologicalSorter[Node] = TopologicalSorter()
    for before, after in edges:
        sorter.add(after, before)
    try:
        sorter.prepare()
    except CycleError as error:
        return tuple(error.args[1])
    return ()
