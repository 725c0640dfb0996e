# Tries: fills its folder with links out of it, unreadable folders and odd names, for whoever cleans up
# Attacks: affine/bias-gradient
# Class: own
# %%
import os

os.symlink("/", "root")
os.symlink("..", "up")
os.symlink("/kit/worker", "worker")
os.symlink("loop", "loop")
os.makedirs("closed/inner")
open("closed/inner/file", "w").close()
os.chmod("closed/inner", 0)
os.chmod("closed", 0)
os.makedirs("-rf")
open("\n", "w").close()
open(b"\xff\xfe", "w").close()
os.chmod(".", 0)

# %%
def bias_gradient(dY):
    return np.zeros(dY.shape[1])
