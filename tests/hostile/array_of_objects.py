# Tries: returns arrays of objects that agree with everything
# Attacks: affine/bias-gradient
# Class: A15
# %%
class Yes:
    def __eq__(self, other):
        return True

    __sub__ = __rsub__ = __abs__ = lambda self, *_: 0
    __le__ = lambda self, other: True

def bias_gradient(dY):
    return np.array([Yes() for _ in range(dY.shape[1])], dtype=object)
