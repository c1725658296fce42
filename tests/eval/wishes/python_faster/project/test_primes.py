import unittest

from primes import factors, is_prime, primes_below


class PrimesTest(unittest.TestCase):
    def test_is_prime(self):
        self.assertTrue(is_prime(13))
        self.assertFalse(is_prime(15))

    def test_primes_below(self):
        self.assertEqual(primes_below(12), [2, 3, 5, 7, 11])

    def test_factors(self):
        self.assertEqual(factors(60), [2, 2, 3, 5])
        self.assertEqual(factors(1), [])


if __name__ == "__main__":
    unittest.main()
