# Tries: binds the name to a number, so that the suite itself would raise
# Attacks: affine/bias-gradient
# Class: own
# %%
bias_gradient = 5
