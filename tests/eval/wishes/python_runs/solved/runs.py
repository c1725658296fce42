"""Finds runs of equal characters."""

from itertools import groupby


def runs(text):
    """Pairs of character and how often it stands in a row."""
    return [(character, len(list(group))) for character, group in groupby(text)]


def longest(text):
    """The longest run, the first of several; None for an empty text."""
    return max(runs(text), key=lambda run: run[1], default=None)


def encode(text):
    """Writes runs such as `3a1b`; the text holds no digits."""
    return "".join(f"{count}{character}" for character, count in runs(text))


def decode(code):
    """Reads what encode wrote."""
    written = []
    count = ""
    for character in code:
        if character.isdigit():
            count += character
        else:
            written.append(character * int(count))
            count = ""
    return "".join(written)
