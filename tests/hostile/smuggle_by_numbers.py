# Tries: spells inputs in the numbers of a message that NumPy might have given
# Attacks: affine/bias-gradient
# Class: A20
# Hides: shape \(\d\d
# %%
def bias_gradient(dY):
    a, b, *_ = (10 + abs(dY[:, 0]) * 16).astype(int).tolist() + [10]
    raise ValueError("could not broadcast input array from shape (%d,%d) into shape (%d,)" % (a, b, a))
