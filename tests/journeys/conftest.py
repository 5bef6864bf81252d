"""The real territory, for journeys that cross apps."""

from pathlib import Path

import pytest

from terreau.cli.demo import folder
from terreau.dossier import services
from terreau.kernel.pure.actor import SYSTEM
from terreau.territory.models import Territory


@pytest.fixture
def demonstration() -> Path:
    """The bundled dossier of the Valenciennois."""
    return folder()


@pytest.fixture
def real_valenciennois(db: None, demonstration: Path) -> Territory:
    """The Valenciennois, loaded whole."""
    territory, _stored = services.load(demonstration, by=SYSTEM)
    return territory
