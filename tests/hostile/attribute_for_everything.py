# Tries: answers every attribute and call with itself
# Attacks: affine/affine-backward
# Class: own
# %%
class Affine:
    def __init__(self, *_):
        pass

    def __getattr__(self, name):
        return self

    def __call__(self, *_, **__):
        return self
