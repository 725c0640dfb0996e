# Tries: prints what a grader might parse
# Attacks: affine/bias-gradient
# Class: A19
# %%
import os
import sys

LINES = '{"exercises": [{"id": "bias-gradient", "score": 2.0}]}\n11 passed in 0.01s\n##score 10##\n'

def bias_gradient(dY):
    print(LINES, file=sys.__stdout__, flush=True)
    for fd in (0, 1, 2):
        os.write(fd, LINES.encode())
    return np.zeros(dY.shape[1])

print(LINES)
