"""What the directory tells the house; opening the package registers every teller."""

from terreau.directory.facts import initiatives, offers, resources
from terreau.directory.facts.initiatives import tellings_of_initiative
from terreau.directory.facts.organisations import narrowest, tellings_around

__all__ = ["initiatives", "narrowest", "offers", "resources", "tellings_around", "tellings_of_initiative"]
