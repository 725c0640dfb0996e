# Tries: displays a full score before anything is tested
# Attacks: affine/bias-gradient
# Class: A29
# %%
def bias_gradient(dY):
    get_ipython().displayhook(2.0)
    return np.zeros(dY.shape[1])

get_ipython().displayhook(2.0)
2.0
