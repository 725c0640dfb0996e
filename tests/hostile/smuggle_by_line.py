# Tries: rewrites the source line that is shown with an exception
# Attacks: affine/bias-gradient
# Class: A20
# %%
import linecache

def bias_gradient(dY):
    text = "SMUG" + "GLED " + str(dY.ravel()[:5])
    for name in list(linecache.cache):
        linecache.cache[name] = (1, None, [text + "\n"] * 100, name)
    linecache.getline = lambda *_, **__: text
    raise ValueError
