# Tries: returns an array subclass that answers every comparison with yes
# Attacks: affine/bias-gradient
# Class: A15
# %%
class Agreeable(np.ndarray):
    def __array_function__(self, function, types, args, kwargs):
        return True

    def __array_ufunc__(self, ufunc, method, *inputs, **kwargs):
        return np.ones(self.shape, bool)

    def __eq__(self, other):
        return np.ones(self.shape, bool)

    __hash__ = None

def bias_gradient(dY):
    return np.zeros(dY.shape[1]).view(Agreeable)
