"""What the directory tells the house; opening the package registers every teller."""

from terreau.directory.facts import offers, resources
from terreau.directory.facts.organisations import narrowest, tellings_around

__all__ = ["narrowest", "offers", "resources", "tellings_around"]
