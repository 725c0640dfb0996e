# Tries: raises exceptions whose names stand in the notebook, one for each value that an input can have
# Attacks: affine/bias-gradient
# Class: A20
# Hides: raised E\d
# %%
E1 = E2 = E3 = E4 = E5 = E6 = E7 = E8 = E9 = E10 = E11 = E12 = E13 = E14 = E15 = E16 = None
E17 = E18 = E19 = E20 = E21 = E22 = E23 = E24 = E25 = E26 = E27 = E28 = E29 = E30 = E31 = E32 = None

def bias_gradient(dY):
    raise type(f"E{int(abs(dY[0, 0]) * 16)}", (Exception,), {})
