# Tries: prints without end, to streams, displays and descriptors
# Attacks: affine/bias-gradient
# Class: A18
# Says: the limit for the output of a cell is 16 KiB
# %%
import os
import sys

for _ in range(300):
    print("x" * 99_999)
    print("y" * 99_999, file=sys.stderr)
    display("z" * 9_999)
    os.write(1, b"w" * 99_999)

# %%
def bias_gradient(dY):
    return np.zeros(dY.shape[1])
