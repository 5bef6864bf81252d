"""What the frame of a territory tells the house: its special perimeters can be named by other records."""

from terreau.kernel import facts
from terreau.kernel.facts import Described, Teller
from terreau.territory.models import SpecialPerimeter


def describe_perimeter(perimeter: SpecialPerimeter) -> Described:
    return Described(title=perimeter.name, subtitle=perimeter.scale.name, body=perimeter.description)


facts.register(Teller(SpecialPerimeter, describe_perimeter, prefetch=lambda rows: rows.select_related("scale")))
