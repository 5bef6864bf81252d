"""Files whose shape is known: each says which keys it reads, which it leaves on purpose, and why."""

from terreau.opendata.pure.connectors.inclusion import INCLUSION
from terreau.opendata.pure.connectors.maps import MAPS
from terreau.opendata.pure.connectors.registers import REGISTERS
from terreau.opendata.pure.connectors.shape import Connector

CONNECTORS = (*REGISTERS, *INCLUSION, *MAPS)
BY_KEY = {connector.key: connector for connector in CONNECTORS}

__all__ = ["BY_KEY", "CONNECTORS", "Connector", "recognise"]


def recognise(columns: tuple[str, ...]) -> Connector | None:
    """Give the connector whose needed columns are all there, the most demanding first; None for a local spreadsheet."""
    there = set(columns)
    fitting = [connector for connector in CONNECTORS if connector.needs <= there and not connector.never & there]
    return max(fitting, key=lambda connector: len(connector.needs), default=None)
