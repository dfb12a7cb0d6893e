"""Settings for all tests: no deadline on a property, because a shared machine stalls now and then."""

from hypothesis import settings

settings.register_profile("briefgen", deadline=None)
settings.load_profile("briefgen")
