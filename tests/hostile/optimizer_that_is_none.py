# Tries: binds its class to a number, and `update` to another
# Attacks: optimizers/adagrad
# Class: own
# %%
class AdaGrad:
    def __init__(self, lr=0.01):
        self.update = 3
