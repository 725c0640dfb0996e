# Tries: displays scripts, links and frames
# Attacks: affine/bias-gradient
# Class: own
# %%
from IPython.display import HTML, SVG, Javascript, display

display(HTML("<script>alert('SMUGGLED')</script><img src=x onerror=alert(1)>"))
display(Javascript("alert('SMUGGLED')"))
display({"text/html": "<b>SMUGGLED</b>", "image/svg+xml": "<svg onload=alert(1)>", "image/png": "<SMUGGLED>"}, raw=True)

# %%
def bias_gradient(dY):
    return np.zeros(dY.shape[1])
