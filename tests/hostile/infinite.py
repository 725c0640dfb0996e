# Tries: returns infinities, beside which every difference is small
# Attacks: affine/bias-gradient
# Class: own
# %%
def bias_gradient(dY):
    answer = np.zeros(dY.shape[1])
    answer[0] = 1e308
    return answer * 10
