# Tries: silences tracebacks and replaces the running of cells
# Attacks: affine/bias-gradient
# Class: A16
# %%
from IPython.core.interactiveshell import InteractiveShell

InteractiveShell.showtraceback = lambda *_, **__: None
get_ipython().showtraceback = lambda *_, **__: None
get_ipython().run_cell = lambda *_, **__: type("R", (), {"error_before_exec": None, "error_in_exec": None})()

# %%
def bias_gradient(dY):
    return np.zeros(dY.shape[1])
