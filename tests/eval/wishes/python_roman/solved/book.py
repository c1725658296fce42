"""A book and its chapters."""

from roman import to_roman


def chapter_title(number, title):
    """The line above a chapter, its number in Roman numerals."""
    return f"Chapter {to_roman(number)}: {title}"


def contents(titles, width=40):
    """A line for each chapter: its number, dots, and its title on the right."""
    lines = []
    for number, title in enumerate(titles, start=1):
        dots = "." * max(3, width - len(str(number)) - len(title) - 2)
        lines.append(f"{number} {dots} {title}")
    return lines
