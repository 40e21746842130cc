#!/usr/bin/env python3
"""Measures how well resumes are read, on synthetic ones.

    evaluate.py                 200 resumes; prints a table for the held-back half and one for the other
    evaluate.py --check         a sample without LibreOffice, against what is expected of each resume of it
    evaluate.py --accept        writes down what the sample gives now

Needs a built checkout: ReadResume and ReadDocument in .build/release. Look at the development half only when
you change the engine: the other half tells whether the change holds for resumes that nobody looked at."""

import argparse
import concurrent.futures
import json
import pathlib
import subprocess
import sys
import tempfile

import score

HERE = pathlib.Path(__file__).parent
BUILT = HERE.parent.parent / ".build/release"
EXPECTED = HERE / "expected.json"
# DOC files and right-to-left PDFs need LibreOffice; recognizing characters takes long.
SAMPLE = [("one-column,two-columns,sidebar,tables,docx,dates,dense", "0,1,2"), ("right-to-left", "0,2"), ("scanned", "3")]


def generate(folder, *options):
    subprocess.run([sys.executable, HERE / "generate.py", folder, *options], check=True)
    return json.loads((folder / "truth.json").read_text())


def read(path):
    """What ReadResume says of one file, as an operator would run it."""
    done = subprocess.run([BUILT / "ReadResume", "--today", "2026-11", path], stdout=subprocess.PIPE)
    return json.loads(done.stdout)


def measured(folder, truths):
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda truth: read(folder / truth["file"]), truths))
    results = []
    for truth, answer in zip(truths, answers):
        if not answer["reading"]:
            print(f"{truth['file']}: {answer['problem']}", file=sys.stderr)
        resume = answer["reading"]["resume"] if answer["reading"] else EMPTY
        results.append({"name": truth["name"], "layout": truth["layout"], "half": truth["half"], "file": truth["file"],
                        "counts": score.facts(truth, resume), "flags": len(answer["reading"]["flags"]) if answer["reading"] else 0})
    return results


EMPTY = {"fullName": None, "email": None, "phone": None, "location": None, "currentTitle": None, "totalYearsExperience": None,
         "experience": [], "education": [], "skills": [], "languages": [], "certifications": []}


def sample():
    results = []
    for layouts, numbers in SAMPLE:
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            results += measured(folder, generate(folder, "--layouts", layouts, "--numbers", numbers))
    return {result["name"]: {**{measure: list(counts) for measure, counts in result["counts"].items()}, "flags": result["flags"]}
            for result in results}


def check():
    found, expected = sample(), json.loads(EXPECTED.read_text())
    wrong = [f"{name}, {measure}: {found.get(name, {}).get(measure)} instead of {value} (right, read, true)"
             for name, measures in expected.items() for measure, value in measures.items() if found.get(name, {}).get(measure) != value]
    print("\n".join(wrong) or f"The {len(expected)} resumes of the sample are read as expected")
    return 1 if wrong or found.keys() != expected.keys() else 0


def three_pages(folder, truths):
    """The time from text to answer for a text of three pages, in milliseconds: the median and the longest of 25 runs."""
    dense = [truth for truth in truths if truth["layout"] == "dense"][:8]
    texts = []
    for truth in dense:
        done = subprocess.run(["pdftotext", folder / truth["file"], "-"], stdout=subprocess.PIPE, check=True, text=True)
        texts.append(done.stdout)
    # A page of a resume holds up to 3,500 characters.
    text = "\n\n".join(texts)[:10_500]
    path = folder / "three-pages.txt"
    path.write_text(text)
    times = sorted(read(path)["milliseconds"] for _ in range(25))
    return len(text), times[len(times) // 2], times[-1]


def evaluate():
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        truths = generate(folder)
        results = measured(folder, truths)
        layouts = list(dict.fromkeys(result["layout"] for result in results))
        held = [result for result in results if result["half"] == "held-back"]
        other = [result for result in results if result["half"] != "held-back"]
        print("\n".join(score.table(held, "held-back half", layouts)), end="\n\n")
        print("\n".join(score.table(other, "development half", layouts)), end="\n\n")
        print(f"Passages wrongly taken for instructions to a machine: {sum(result['flags'] for result in results)} in {len(results)} resumes.")
        length, median, longest = three_pages(folder, truths)
        print(f"From text to answer for three pages ({length:,} characters): {median:.0f} ms, at most {longest:.0f} ms of 25 runs.")
    missed = [measure for measure, goal in score.GOALS.items() if score.rate([result["counts"][measure] for result in held]) < goal]
    if missed:
        print(f"Below their goal on the held-back half: {', '.join(missed)}", file=sys.stderr)
    return 1 if missed or longest > 300 else 0


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--accept", action="store_true")
    options = parser.parse_args()
    if options.accept:
        EXPECTED.write_text(json.dumps(sample(), indent=1) + "\n")
        return 0
    return check() if options.check else evaluate()


if __name__ == "__main__":
    sys.exit(main())
