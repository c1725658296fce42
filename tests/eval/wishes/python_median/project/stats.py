"""Figures that sum up a list of numbers."""


def mean(values):
    """The arithmetic mean; ValueError without values."""
    if not values:
        raise ValueError("mean of no values")
    return sum(values) / len(values)


def spread(values):
    """The distance between the smallest and the largest value; ValueError without values."""
    if not values:
        raise ValueError("spread of no values")
    return max(values) - min(values)
