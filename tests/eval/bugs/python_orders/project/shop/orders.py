"""Orders of customers."""


class OrderRefused(Exception):
    """Says which article was missing."""


def place_order(stock, wanted):
    """Reserves all articles of an order or none of them.

    `wanted` maps articles to quantities. Returns the number of pieces; raises
    OrderRefused where an article is short.
    """
    taken = []
    for article, quantity in wanted.items():
        if not stock.reserve(article, quantity):
            for done, amount in taken:
                stock.put_back(done, amount)
            raise OrderRefused(f"not enough of {article}")
        taken.append((article, quantity))
    return sum(wanted.values())
