# Tries: raises from given code, whose exceptions are told in another way
# Attacks: affine/affine-backward
# Class: A20
# %%
class Affine:
    def __init__(self, W, b):
        self.W, self.b = W, b
        self.x = self.dW = self.db = None

    def forward(self, x):
        raise ValueError("SMUG" + "GLED " + str(x))

    def backward(self, dout):

        return dout
