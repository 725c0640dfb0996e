# Tries: catches every interruption of an endless loop in a call, and resets the timers
# Attacks: affine/bias-gradient
# Class: own
# Says: within [\d.]+ s
# %%
import resource
import signal

def bias_gradient(dY):
    for number in (signal.SIGPROF, signal.SIGXCPU, signal.SIGALRM, signal.SIGVTALRM):
        signal.signal(number, signal.SIG_IGN)
    signal.setitimer(signal.ITIMER_PROF, 0)
    while True:
        pass
