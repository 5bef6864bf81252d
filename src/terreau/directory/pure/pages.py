"""Pages of a source, in the order in which they are bound."""

import re

NUMBER = re.compile(r"\d+")
BEYOND = 10**6


def page_rank(locator: str) -> tuple[int, str]:
    """Give what sorts pages: cover first, then by first number (« 15-16 » is 15); back cover and words last."""
    number = NUMBER.search(locator)
    if "couverture" in locator:
        return (BEYOND if number else 0), locator
    return (int(number[0]) if number else BEYOND), locator
