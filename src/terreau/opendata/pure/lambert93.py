"""From Lambert 93, the projection of French public data, to degrees."""

from math import atan, atan2, degrees, exp, hypot, log, pi, radians, sin, sqrt

# IGN, « Transformation de coordonnées », NT/G 71, and constants of RGF93 / Lambert-93 (EPSG 2154).
N = 0.7256077650532670
C = 11754255.426096
X_POLE, Y_POLE = 700000.0, 12655612.049876
FIRST_MERIDIAN = radians(3)
ECCENTRICITY = 0.08181919106
METRES_EAST = (0.0, 1_300_000.0)
METRES_NORTH = (6_000_000.0, 7_200_000.0)


def to_degrees(x: float, y: float) -> tuple[float, float] | None:
    """Give longitude and latitude (degrees, WGS 84, 6 decimals) of metres in Lambert 93; None outside of France."""
    if not (METRES_EAST[0] < x < METRES_EAST[1] and METRES_NORTH[0] < y < METRES_NORTH[1]):
        return None
    radius, angle = hypot(x - X_POLE, y - Y_POLE), atan2(x - X_POLE, Y_POLE - y)
    isometric = -log(radius / C) / N
    latitude = 2 * atan(exp(isometric)) - pi / 2
    for _turn in range(8):
        sine = ECCENTRICITY * sin(latitude)
        latitude = 2 * atan(exp(isometric) * sqrt((1 + sine) / (1 - sine)) ** ECCENTRICITY) - pi / 2
    return round(degrees(FIRST_MERIDIAN + angle / N), 6), round(degrees(latitude), 6)
