# Tries: raises an exception whose text never ends, or is no text
# Attacks: affine/bias-gradient
# Class: own
# %%
class Trap(Exception):
    def __str__(self):
        while True:
            pass

    __repr__ = __str__

def bias_gradient(dY):
    raise Trap
