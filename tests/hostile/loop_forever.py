# Tries: never returns
# Attacks: affine/bias-gradient
# Class: A17
# Says: a call used more than 0.3 s of CPU time
# %%
def bias_gradient(dY):
    while True:
        pass
