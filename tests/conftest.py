"""What all tests share: examples made up by hypothesis may take as long as a busy machine needs; what is timed is timed in benchmarks/.

The suite draws the same examples every time, so that a red run means that something was changed. `make fuzz` draws new ones.
"""

import os

from hypothesis import HealthCheck, settings

ROUNDS = int(os.environ.get("DETENTE_FUZZ", "0"))
"""How many times as many examples as usual, newly drawn; 0: the usual ones, the same every time."""

settings.register_profile("same", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
settings.register_profile("new", deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=100 * max(ROUNDS, 1))
settings.load_profile("new" if ROUNDS else "same")
