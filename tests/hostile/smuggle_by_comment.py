# Tries: raises messages that stand in a comment, a table of all values that an input can have
# Attacks: affine/bias-gradient
# Class: A20
# Hides: raised ValueError: [\d.]+
# %%
# 0.0625 0.125 0.1875 0.25 0.3125 0.375 0.4375 0.5 0.5625 0.625 0.6875 0.75 0.8125 0.875 0.9375 1.0 1.0625 1.125
# 1.1875 1.25 1.3125 1.375 1.4375 1.5 1.5625 1.625 1.6875 1.75 1.8125 1.875 1.9375 2.0
def bias_gradient(dY):
    raise ValueError(str(abs(dY[0, 0])))
