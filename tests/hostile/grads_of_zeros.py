# Tries: sets the gradients to zero, so that standing still is right
# Attacks: optimizers/momentum
# Class: own
# %%
class Momentum:
    def __init__(self, lr=0.01, momentum=0.9):
        self.lr, self.momentum, self.v = lr, momentum, None

    def update(self, params, grads):

        for each in grads.values():
            each[...] = 0.0
