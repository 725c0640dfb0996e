"""The only code that shares a process with student code.

Nothing here knows of suites, references or points, and nothing here is believed: what leaves this folder is
an observation (an array, a number, the text of an exception), never a verdict. It imports the standard
library, NumPy and IPython and no other room; `autograder.worker.wire` is the one module that both sides use.
"""
