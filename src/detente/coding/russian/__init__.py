"""Russian behind the coder's interface: the same documents in, the same claims and silences out, from tables in data/russian.

The models of natasha (slovnet, navec) are loaded by the first Russian document and not before, so that English never pays for them.
"""
