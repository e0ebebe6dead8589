"""Runs the command line as `python -m elearning`."""

from elearning.cli import main

if __name__ == "__main__":
    main(prog_name="elearning")
