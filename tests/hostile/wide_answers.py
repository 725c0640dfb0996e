# Tries: answers with arrays of so many axes that to print one takes minutes
# Attacks: affine/bias-gradient
# Class: own
# %%
ANSWER = np.random.rand(6, 6, 6, 6, 6, 6, 6, 6)

def bias_gradient(dY):
    return ANSWER
