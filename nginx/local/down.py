#!/usr/bin/python3
"""Stops what up.py started for this state folder, and nothing else."""

from stack import COMPONENTS, RUN, Process


def main():
    print(f"Stopping Parley in {RUN}")
    stopped = [Process(name).stop() for name in reversed(COMPONENTS)]
    if not any(stopped):
        print("  nothing was running")


main()
