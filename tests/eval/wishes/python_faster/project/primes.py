"""Prime numbers."""


def is_prime(number):
    """Whether a number is prime."""
    if number < 2:
        return False
    for divisor in range(2, number):
        if number % divisor == 0:
            return False
    return True


def primes_below(limit):
    """All primes below a limit in order."""
    return [number for number in range(limit) if is_prime(number)]


def factors(number):
    """The prime factors of a number from 1 on, in order, each as often as it divides."""
    found = []
    for prime in primes_below(number + 1):
        while number % prime == 0:
            found.append(prime)
            number //= prime
    return found
