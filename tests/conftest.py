"""What all tests share: examples made up by hypothesis may take as long as a busy machine needs; what is timed is timed in benchmarks/."""

from hypothesis import HealthCheck, settings

settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")
