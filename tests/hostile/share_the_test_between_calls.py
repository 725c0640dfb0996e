# Tries: notes hidden inputs in pipes and files for the processes of later exercises
# Attacks: optimizers/momentum
# Class: own
# %%
import os

INTO, OUT_OF = os.pipe()
NOTE = os.path.abspath("note")

class Momentum:
    def __init__(self, lr=0.01, momentum=0.9):
        self.lr = lr

    def update(self, params, grads):
        with open(NOTE, "a") as file:
            file.write("SMUG" + "GLED" + str(grads))
        os.write(OUT_OF, b"x")
        raise ValueError(open(NOTE).read())
