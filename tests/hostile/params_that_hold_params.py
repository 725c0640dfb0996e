# Tries: puts params into params
# Attacks: optimizers/momentum
# Class: own
# %%
class Momentum:
    def __init__(self, lr=0.01, momentum=0.9):
        self.lr, self.momentum, self.v = lr, momentum, None

    def update(self, params, grads):

        for key in list(params):
            params[key] = params
