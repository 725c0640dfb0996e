# Tries: replaces the code of the worker that it shares a process with
# Attacks: affine/bias-gradient
# Class: A14
# %%
import sys

for name, module in list(sys.modules.items()):
    if name.startswith("worker"):
        for attribute in ("_state", "describe_exception", "student_line", "refuse_input"):
            if hasattr(module, attribute):
                setattr(module, attribute, lambda *_, **__: "ok")
        if name == "worker.objects":
            module.ObjectServer.answer = lambda self, message: ("passed", 1.0)

# %%
def bias_gradient(dY):
    return np.zeros(dY.shape[1])
