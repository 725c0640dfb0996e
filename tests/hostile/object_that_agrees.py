# Tries: returns an object that claims to be an array and to equal everything
# Attacks: affine/bias-gradient
# Class: A15
# %%
class Agreeable:
    __class__ = np.ndarray
    dtype, ndim, size = np.dtype(float), 1, 3
    __eq__ = __le__ = __ge__ = lambda self, other: True
    __array__ = lambda self, *_, **__: np.zeros(3)
    __getattr__ = lambda self, name: self
    __call__ = lambda self, *_, **__: self

def bias_gradient(dY):
    return Agreeable()
