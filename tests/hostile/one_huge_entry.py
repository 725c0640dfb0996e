# Tries: returns one huge entry, so that an error relative to the largest is small elsewhere
# Attacks: affine/bias-gradient
# Class: own
# %%
def bias_gradient(dY):
    answer = np.zeros(dY.shape[1])
    answer[-1] = 1e300
    return answer
