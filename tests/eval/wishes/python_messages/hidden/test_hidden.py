import unittest

from bank import Account, BankError, transfer


class HiddenTest(unittest.TestCase):
    def refused(self, source, amount):
        with self.assertRaises(BankError) as caught:
            transfer(source, Account("other"), amount)
        return str(caught.exception)

    def test_tells_what_is_missing(self):
        message = self.refused(Account("Ada", "12.5"), "30")
        self.assertEqual(message, "not enough money on Ada: 30.00 wanted, 12.50 there")

    def test_tells_an_empty_account(self):
        message = self.refused(Account("Bo"), "0.05")
        self.assertEqual(message, "not enough money on Bo: 0.05 wanted, 0.00 there")

    def test_other_message_stays(self):
        self.assertEqual(self.refused(Account("Ada", "5"), "-1"), "the amount must be positive")

    def test_all_of_it_may_go(self):
        source, target = Account("Ada", "5"), Account("Bo")
        transfer(source, target, "5")
        self.assertEqual((source.balance, target.balance), (0, 5))
