# Tries: has a command print without end
# Attacks: affine/bias-gradient
# Class: A18
# %%
!head -c 100000000 /dev/zero | tr "\0" x

# %%
def bias_gradient(dY):
    return np.zeros(dY.shape[1])
