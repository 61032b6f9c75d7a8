"""The command line: one file a verb, each a thin cover over the public Python calls."""
