"""Answers by rules, chosen by the prompt's name.

A file here defines functions that take an `Asked` (see below) and return the value to answer with, and names them:

    RESPONDERS = {"rate-answer": rate}
"""

import importlib
import pkgutil
import re
from dataclasses import dataclass

import ai_schema


@dataclass
class Asked:
    """What a model is asked, whichever protocol it came by."""
    name: str
    version: int
    #: Our instructions.
    system: str
    #: What others wrote, as it was before it was encoded.
    material: object
    #: Our task.
    task: str
    #: Empty where the server was not told it.
    schema: dict
    #: How often the answer was sent back with what is wrong with it.
    repairs: int


def respond(asked):
    """The value to answer with."""
    responder = RESPONDERS.get(asked.name)
    return responder(asked) if responder else ai_schema.example(asked.schema)


def prompt_of(system):
    """Name and version, which stand at the end of the instructions."""
    found = re.search(r"\bPrompt ([\w-]+), version (\d+)\.", system)
    return (found[1], int(found[2])) if found else ("", 0)


RESPONDERS = {}
for module in pkgutil.iter_modules(__path__):
    RESPONDERS.update(importlib.import_module(f"{__name__}.{module.name}").RESPONDERS)
