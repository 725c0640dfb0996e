# Tries: gives another answer each time that an attribute is read
# Attacks: affine/affine-backward
# Class: own
# %%
class Affine:
    def __init__(self, W, b):
        self.W, self.b = W, b
        self.x = self.dW = self.db = None

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, dout):

        type(self).turn = property(lambda self: np.random.rand())
        return dout * self.turn

    dW = property(lambda self: np.random.rand(*self.W.shape) * 0, lambda self, value: None)
    db = property(lambda self: np.zeros(self.W.shape[1] + np.random.randint(2)), lambda self, value: None)
