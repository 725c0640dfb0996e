# Tries: raises another exception of Python's in each test, chosen by the inputs
# Attacks: affine/bias-gradient
# Class: A20
# Hides: (?s)raised (\w+)Error\b.*raised (?!\1)(\w+)Error\b.*raised (?!\1|\2)(\w+)Error\b.*raised (?!\1|\2|\3)\w+Error\b
# %%
KINDS = [ArithmeticError, AssertionError, BufferError, EOFError, IndexError, KeyError, LookupError, OSError]

def bias_gradient(dY):
    raise KINDS[int(abs(dY[0, 0]) * 16 + dY.size) % len(KINDS)]
