# Tries: counts steps in a class attribute over all instances and tests
# Attacks: optimizers/adagrad
# Class: own
# %%
class AdaGrad:
    steps = []

    def __init__(self, lr=0.01):
        self.lr = lr

    def update(self, params, grads):
        AdaGrad.steps.append(grads)
        for key in params:
            params[key] -= self.lr * grads[key] / (1 + len(AdaGrad.steps))
