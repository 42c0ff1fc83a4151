"""`python -m evals.mutations`."""

from evals.mutations.command import main

if __name__ == "__main__":
    main()
