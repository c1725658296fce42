"""What lies on the shelves."""


class Stock:
    """Pieces of each article."""

    def __init__(self, pieces):
        self._pieces = dict(pieces)

    def available(self, article):
        """The number of pieces that may still be reserved."""
        return self._pieces.get(article, 0)

    def reserve(self, article, quantity):
        """Takes pieces off the shelf; says whether there were enough."""
        if self.available(article) < quantity:
            return False
        self._pieces[article] -= quantity
        return True

    def put_back(self, article, quantity):
        """Returns pieces to the shelf."""
        self._pieces[article] = self.available(article) + quantity
