# Tries: loops where no signal handler of Python's is ever called
# Attacks: affine/bias-gradient
# Class: A17
# Says: used more than 0.6 s of CPU time
# %%
import re

re.match(r"(a+)+$", "a" * 60 + "b")

# %%
def bias_gradient(dY):
    re.match(r"(a+)+$", "a" * 60 + "b")
