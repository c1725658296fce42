"""Accounts and transfers between them."""

from decimal import Decimal


class BankError(Exception):
    """A transfer that is not carried out."""


class Account:
    """A named account whose balance never falls below zero."""

    def __init__(self, name, balance="0"):
        self.name = name
        self.balance = Decimal(balance)


def transfer(source, target, amount):
    """Moves an amount; BankError where it is not positive or not there."""
    amount = Decimal(amount)
    if amount <= 0:
        raise BankError("the amount must be positive")
    if amount > source.balance:
        raise BankError(f"not enough money on {source.name}: {amount:.2f} wanted, {source.balance:.2f} there")
    source.balance -= amount
    target.balance += amount
