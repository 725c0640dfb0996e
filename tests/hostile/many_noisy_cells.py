# Tries: leaves as much output as it may in very many cells
# Attacks: affine/bias-gradient
# Class: A18
# Says: the limit for the output of all cells together is 256 KiB
# %%
print("x" * 16_000)

# %%
print("x" * 16_000)

# %%
print("x" * 16_000)

# %%
print("x" * 16_000)

# %%
print("x" * 16_000)

# %%
print("x" * 16_000)

# %%
print("x" * 16_000)

# %%
print("x" * 16_000)

# %%
print("x" * 16_000)

# %%
print("x" * 16_000)

# %%
print("x" * 16_000)

# %%
print("x" * 16_000)

# %%
print("x" * 16_000)

# %%
print("x" * 16_000)

# %%
print("x" * 16_000)

# %%
print("x" * 16_000)

# %%
print("x" * 16_000)

# %%
print("x" * 16_000)

# %%
print("x" * 16_000)

# %%
print("x" * 16_000)

# %%
print("x" * 16_000)

# %%
print("x" * 16_000)

# %%
print("x" * 16_000)

# %%
print("x" * 16_000)

# %%
print("x" * 16_000)

# %%
print("x" * 16_000)

# %%
print("x" * 16_000)

# %%
print("x" * 16_000)

# %%
print("x" * 16_000)

# %%
print("x" * 16_000)

# %%
def bias_gradient(dY):
    return np.zeros(dY.shape[1])
