#!/usr/bin/env python3
"""Writes synthetic resumes and what is true of them.

    generate.py FOLDER [--each 20] [--layouts one-column,docx,…] [--numbers 0,3]

Writes FOLDER/<name>.pdf, .docx or .doc and FOLDER/truth.json. The same arguments give the same resumes.
DOC files and some right-to-left ones need LibreOffice."""

import argparse
import json
import pathlib

import docx_layouts
import pdf_layouts
import scans
import truth
import writing

PDF = {"one-column": pdf_layouts.one_column, "two-columns": pdf_layouts.two_columns, "sidebar": pdf_layouts.sidebar,
       "tables": pdf_layouts.tables, "dates": pdf_layouts.one_column, "dense": pdf_layouts.dense, "scanned": pdf_layouts.one_column}


def render(person, written, folder):
    """Writes one resume; the name of its file, and what LibreOffice is to make of that."""
    name, layout, random = person.name, person.layout, person.random
    if layout in PDF:
        PDF[layout](written, random, str(folder / f"{name}.pdf"))
        if layout == "scanned":
            scans.scan(str(folder / f"{name}.pdf"), random)
        return f"{name}.pdf", None
    docx_layouts.docx_file(written, random, str(folder / f"{name}.docx"))
    if layout == "doc":
        return f"{name}.docx", "doc"
    # Every other name from right to left stands in a PDF, where letters are joined and ordered by LibreOffice.
    return f"{name}.docx", "pdf" if layout == "right-to-left" and int(name[-2:]) % 2 else None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--each", type=int, default=20)
    parser.add_argument("--layouts", default=",".join(truth.LAYOUTS))
    parser.add_argument("--numbers", help="only these of each layout")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    numbers = options.numbers and {int(number) for number in options.numbers.split(",")}
    truths, conversions = [], {"doc": [], "pdf": []}
    for person in truth.people(options.each):
        if person.layout not in options.layouts.split(",") or (numbers and int(person.name[-2:]) not in numbers):
            continue
        written, true = writing.Writer(person).write()
        true["file"], kind = render(person, written, options.folder)
        if kind:
            conversions[kind].append(options.folder / true["file"])
            true["file"] = str(pathlib.Path(true["file"]).with_suffix(f".{kind}"))
        truths.append(true)
    for kind, files in conversions.items():
        if files:
            docx_layouts.convert(files, kind, options.folder)
            for file in files:
                file.unlink()
    (options.folder / "truth.json").write_text(json.dumps(truths, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
