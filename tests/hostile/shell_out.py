# Tries: runs commands to look around and to reach the network
# Attacks: affine/bias-gradient
# Class: A1, A4
# %%
!cat /etc/passwd /etc/hostname
out = !ls -la / /home /root /work 2>/dev/null

# %%
def bias_gradient(dY):
    return np.zeros(dY.shape[1])
