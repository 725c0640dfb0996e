# Tries: adds a hundred thousand keys to params
# Attacks: optimizers/momentum
# Class: own
# %%
class Momentum:
    def __init__(self, lr=0.01, momentum=0.9):
        self.lr, self.momentum, self.v = lr, momentum, None

    def update(self, params, grads):

        for number in range(100_000):
            params[number] = 0.0
