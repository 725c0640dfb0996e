"""The reference of the sample assignment."""

import numpy as np

FACTOR = 2.0


def scale(x, *, factor=FACTOR):
    """Return factor * x."""
    # A comment before the first statement.
    secret_product = np.multiply(x, factor)  # and one behind it

    return np.asarray(secret_product)


class Counter:
    """Counts calls."""

    def __init__(self, start=0):
        self.count = start

    def step(self, by=1):
        """Add `by`, return the count."""
        by = int(by)
        if by:
            # an indented comment
            self.count += by
        return self.count


def twice(x):
    """Return two times x."""
    return 2 * x
