"""Public tests of the sample assignment."""

from autograder.checks import check_array, exercise


@exercise("scale", aspect="values")
def test_scale_multiplies(student, draw, expected):
    """Every entry is multiplied by the factor."""
    x = draw(4)
    check_array("scale(x)", student.scale(x), expected(lambda reference: reference.scale(x)))


@exercise("counter", aspect="values")
def test_counter_counts(student):
    """The count grows by what is given."""
    counter = student.Counter(3)
    counter.step()
    assert counter.step(4) == 8, "3 + 1 + 4 is 8"


@exercise("repair", aspect="values")
def test_twice_doubles(student):
    """Twice 4 is 8."""
    assert student.twice(4) == 8, "twice 4 is 8"
