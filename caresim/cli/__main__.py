"""Let `python -m caresim.cli` do what `caresim` does."""

from caresim.cli.app import main

if __name__ == "__main__":
    main()
