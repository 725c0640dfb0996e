# Tries: sets W, b, x and dout to zero, so that all gradients are zero
# Attacks: affine/affine-backward
# Class: own
# %%
class Affine:
    def __init__(self, W, b):
        self.W, self.b = W, b
        W[...] = b[...] = 0.0

    def forward(self, x):
        x[...] = 0.0
        self.x = x
        return x @ self.W + self.b

    def backward(self, dout):
        dout[...] = 0.0
        self.dW, self.db = np.zeros_like(self.W), np.zeros_like(self.b)
        return np.zeros_like(self.x)
