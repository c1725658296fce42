"""Counts words of a text in any language."""

import re
from collections import Counter

WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")


def words_of(text):
    """The words of a text in lower case; figures and signs belong to no word."""
    return [word.lower() for word in WORD.findall(text)]


def most_frequent(text, limit=3):
    """The most frequent words with their counts; of equal ones the first in the alphabet."""
    counts = Counter(words_of(text))
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return ranked[:limit]


def longest(text):
    """The longest word, the first of several; None without words."""
    words = words_of(text)
    return max(words, key=len) if words else None
