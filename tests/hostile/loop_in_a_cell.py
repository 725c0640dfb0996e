# Tries: catches every interruption of an endless loop in a cell
# Attacks: affine/bias-gradient
# Class: A17
# %%
while True:
    try:
        while True:
            pass
    except BaseException:
        pass

# %%
def bias_gradient(dY):
    return np.zeros(dY.shape[1])
