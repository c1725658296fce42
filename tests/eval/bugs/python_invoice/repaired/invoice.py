"""Invoices with value added tax."""

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


def to_cents(amount):
    """Rounds an amount to cents, half a cent upwards as merchants do."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


@dataclass
class Line:
    text: str
    price: Decimal
    quantity: int = 1

    @property
    def net(self):
        return self.price * self.quantity


@dataclass
class Invoice:
    """The lines of one invoice and the rate of tax, such as Decimal("0.19")."""

    rate: Decimal
    lines: list = field(default_factory=list)

    def add(self, text, price, quantity=1):
        self.lines.append(Line(text, Decimal(price), quantity))

    @property
    def net(self):
        return sum((line.net for line in self.lines), Decimal(0))

    @property
    def tax(self):
        """The tax on the sum of all lines, rounded once."""
        return to_cents(self.net * self.rate)

    @property
    def total(self):
        return to_cents(self.net) + self.tax
