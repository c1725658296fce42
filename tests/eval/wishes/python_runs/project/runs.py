"""Finds runs of equal characters."""

from itertools import groupby


def runs(text):
    """Pairs of character and how often it stands in a row."""
    return [(character, len(list(group))) for character, group in groupby(text)]


def longest(text):
    """The longest run, the first of several; None for an empty text."""
    return max(runs(text), key=lambda run: run[1], default=None)
