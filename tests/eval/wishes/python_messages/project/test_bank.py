import unittest
from decimal import Decimal

from bank import Account, BankError, transfer


class BankTest(unittest.TestCase):
    def setUp(self):
        self.ada = Account("Ada", "50")
        self.bo = Account("Bo")

    def test_moves_money(self):
        transfer(self.ada, self.bo, "20.50")
        self.assertEqual((self.ada.balance, self.bo.balance), (Decimal("29.50"), Decimal("20.50")))

    def test_refuses_more_than_there_is(self):
        with self.assertRaisesRegex(BankError, "not enough money"):
            transfer(self.bo, self.ada, "1")
        self.assertEqual(self.ada.balance, 50)

    def test_refuses_nothing(self):
        with self.assertRaisesRegex(BankError, "positive"):
            transfer(self.ada, self.bo, 0)


if __name__ == "__main__":
    unittest.main()
