"""Headers of a message, whose names have no case."""


class Headers:
    """A list of names and values in the order in which they came."""

    def __init__(self, pairs=()):
        self._pairs = []
        for name, value in pairs:
            self.add(name, value)

    def add(self, name, value):
        """Adds a value beside others of the same name."""
        self._pairs.append((name, value))

    def get(self, name, default=None):
        """The first value of a name, upper or lower case."""
        for known, value in self._pairs:
            if known == name:
                return value
        return default

    def remove(self, name):
        """Removes all values of a name, upper or lower case; returns how many there were."""
        before = len(self._pairs)
        self._pairs = [(known, value) for known, value in self._pairs if known != name]
        return before - len(self._pairs)

    def lines(self):
        """Lines such as `Content-Type: text/plain`, names as they were given."""
        return [f"{name}: {value}" for name, value in self._pairs]
