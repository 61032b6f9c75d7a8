"""Tests mirror the package; helpers are imported as `tests.…`, never from the tests of an installed library."""
