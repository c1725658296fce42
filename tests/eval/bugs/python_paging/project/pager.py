"""Splits long lists into numbered pages."""


class Pager:
    """Pages of a list, numbered from 1."""

    def __init__(self, items, size=10):
        if size < 1:
            raise ValueError("a page holds at least one item")
        self.items = list(items)
        self.size = size

    @property
    def count(self):
        """The number of pages; an empty list has one empty page."""
        return max(1, (len(self.items) + self.size) // self.size)

    def page(self, number):
        """The items of page `number`; IndexError where there is no such page."""
        if not 1 <= number <= self.count:
            raise IndexError(f"no page {number}, there are {self.count}")
        start = (number - 1) * self.size
        return self.items[start:start + self.size]

    def neighbours(self, number):
        """The numbers of the pages before and after `number`, None where there is none."""
        before = number - 1 if number > 1 else None
        after = number + 1 if number < self.count else None
        return before, after
