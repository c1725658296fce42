"""Figures that sum up a list of numbers."""


def mean(values):
    """The arithmetic mean; ValueError without values."""
    if not values:
        raise ValueError("mean of no values")
    return sum(values) / len(values)


def median(values):
    """The value in the middle, the mean of two where their number is even; ValueError without values."""
    if not values:
        raise ValueError("median of no values")
    ordered = sorted(values)
    half = len(ordered) // 2
    if len(ordered) % 2 == 1:
        return ordered[half]
    return (ordered[half - 1] + ordered[half]) / 2


def spread(values):
    """The distance between the smallest and the largest value; ValueError without values."""
    if not values:
        raise ValueError("spread of no values")
    return max(values) - min(values)
