# Tries: raises the exception by which pytest skips a test
# Attacks: affine/bias-gradient
# Class: A9
# %%
import os

os.environ["PYTEST_CURRENT_TEST"] = "x"

def bias_gradient(dY):
    try:
        import pytest

        pytest.skip("not today")
    except ImportError:
        raise type("Skipped", (BaseException,), {})("not today")
