#!/usr/bin/python3
"""Rules that no compiler checks: one line per rule, exit 1 when one is broken."""

import re
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
BUILT = CHECKOUT / ".build/release"


def declared_functions():
    """(area, name) of every function in the package's manifest."""
    manifest = (CHECKOUT / "Package.swift").read_text()
    return set(re.findall(r'^\s+function\("(\w+)", "(\w+)"', manifest, re.MULTILINE))


def functions_match_the_manifest():
    files = {(path.parent.name, path.stem) for path in (CHECKOUT / "Functions").glob("*/*.swift")}
    declared = declared_functions()
    yield from (f"Functions/{area}/{name}.swift is not in Package.swift" for area, name in files - declared)
    yield from (f"Package.swift names {area}/{name}, which has no file" for area, name in declared - files)


def sources_import_no_foundation():
    """FoundationEssentials starts a third faster and has what is needed."""
    rule = re.compile(r"^\s*(@\w+ )*((public|package|internal|private) )?import Foundation\b", re.MULTILINE)
    for folder in ("Functions", "Shared"):
        for path in (CHECKOUT / folder).rglob("*.swift"):
            if rule.search(path.read_text()):
                yield f"{path.relative_to(CHECKOUT)} imports Foundation"


def executables_link_no_foundation():
    for _, name in declared_functions():
        needed = subprocess.run(
            ["readelf", "--dynamic", "--wide", BUILT / name], check=True, capture_output=True, text=True).stdout
        if re.search(r"\[libFoundation\.so\]", needed):
            yield f"{name} links libFoundation.so"


GATES = [functions_match_the_manifest, sources_import_no_foundation, executables_link_no_foundation]


def main():
    broken = False
    for gate in GATES:
        problems = sorted(gate())
        broken = broken or bool(problems)
        print(f"  {gate.__name__.replace('_', ' '):<34}{'broken' if problems else 'ok'}")
        for problem in problems:
            print(f"    {problem}")
    sys.exit(1 if broken else 0)


print("Checking the rules")
main()
