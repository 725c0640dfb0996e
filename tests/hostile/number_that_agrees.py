# Tries: returns floats whose differences are always zero
# Attacks: affine/bias-gradient
# Class: A15
# %%
class Agreeable(np.float64):
    def __sub__(self, other):
        return 0.0

    __rsub__ = __abs__ = __sub__
    __eq__ = __lt__ = __le__ = lambda self, other: True
    __hash__ = np.float64.__hash__

def bias_gradient(dY):
    return [Agreeable(1.0) for _ in range(dY.shape[1])]
