"""Counts words: python3 tally.py [--min-length N] FILE"""

import argparse
import re
import sys
from collections import Counter


def tally(text, min_length=1):
    """Pairs of word and count, the most frequent first, equal ones by alphabet."""
    words = [word for word in re.findall(r"\w+", text.lower()) if len(word) >= min_length]
    return sorted(Counter(words).items(), key=lambda pair: (-pair[1], pair[0]))


def main(arguments=None):
    """Runs the command and returns its exit code."""
    parser = argparse.ArgumentParser(prog="tally", description="Counts the words of a file.")
    parser.add_argument("file")
    parser.add_argument("--min-length", type=int, default=1, help="leaves out shorter words")
    options = parser.parse_args(arguments)
    with open(options.file, encoding="utf-8") as source:
        pairs = tally(source.read(), options.min_length)
    for word, count in pairs:
        print(f"{count} {word}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
