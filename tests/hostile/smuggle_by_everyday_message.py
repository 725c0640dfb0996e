# Tries: hides the inputs in messages that look like those of Python
# Attacks: affine/bias-gradient
# Class: A20
# %%
def bias_gradient(dY):
    words = "".join(chr(97 + int(abs(16 * each)) % 26) for each in dY.ravel())
    raise NameError(f"name 'SMUG{'GLED'}_{words}' is not defined")
