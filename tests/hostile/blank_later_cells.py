# Tries: registers an input transformer that empties the cells that follow
# Attacks: affine/bias-gradient
# Class: A30
# %%
get_ipython().input_transformers_cleanup.append(lambda lines: ["def bias_gradient(dY): return 0 * dY[0]\n"])

# %%
def bias_gradient(dY):
    return np.zeros(dY.shape[1])
