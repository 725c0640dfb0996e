# Tries: remembers in files, globals and the environment what earlier tests passed
# Attacks: affine/bias-gradient
# Class: own
# %%
import os
import pickle

def bias_gradient(dY):
    earlier = []
    if os.path.exists("state"):
        with open("state", "rb") as file:
            earlier = pickle.load(file)
    earlier.append(dY)
    with open("state", "wb") as file:
        pickle.dump(earlier, file)
    os.environ["STATE"] = str(len(earlier))
    return np.mean([each.sum() for each in earlier]) * np.ones(dY.shape[1])
