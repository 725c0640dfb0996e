# Tries: raises an exception whose text is a megabyte of markup and terminal controls
# Attacks: affine/bias-gradient
# Class: own
# %%
def bias_gradient(dY):
    raise ValueError("\x1b[2J\x1b]0;owned\x07<script>" "SMUG" "GLED</script>=cmd|' /C calc'!A0\u202e" * 20_000)
