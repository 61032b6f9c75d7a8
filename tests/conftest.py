"""What holds for all tests: nothing is timed, and hypothesis tries the same examples every time."""

from hypothesis import settings

settings.register_profile("caresim", deadline=None, derandomize=True)
settings.load_profile("caresim")
