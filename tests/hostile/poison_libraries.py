# Tries: breaks NumPy, matplotlib and IPython for whoever comes next
# Attacks: affine/bias-gradient
# Class: own
# %%
import matplotlib.pyplot

np.zeros = np.ones = np.asarray = np.copy = None
np.ndarray.sum if hasattr(np.ndarray, "sum") else None
matplotlib.pyplot.plot = matplotlib.pyplot.figure = None
get_ipython().user_ns["check"] = None
del get_ipython().user_ns["plt"]

# %%
def bias_gradient(dY):
    return 0 * dY[0]
