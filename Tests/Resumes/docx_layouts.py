"""Puts written resumes into DOCX files, and through LibreOffice into DOC and PDF files."""

import datetime
import pathlib
import subprocess
import tempfile

import docx
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Cm, Pt

from writing import Bullets, Entry, Line


def docx_file(written, random, path):
    document = docx.Document()
    document.core_properties.created = document.core_properties.modified = datetime.datetime(2026, 1, 1)
    style = document.styles["Normal"]
    style.font.name, style.font.size = random.choice(["Calibri", "Arial", "Times New Roman"]), Pt(random.choice([10, 11]))
    styled, in_table, listed = random.random() < 0.6, random.random() < 0.25, random.random() < 0.5
    *over, name = written.name.split("\n")
    for line in over:
        document.add_paragraph(line)
    document.add_paragraph().add_run(name).font.size = Pt(random.choice([16, 20, 24]))
    if written.headline:
        document.add_paragraph(written.headline)
    contact = written.contact if random.random() < 0.5 else [" | ".join(written.contact)]
    for line in contact:
        document.add_paragraph(line)
    for section in written.sections:
        if styled:
            document.add_heading(section.heading, level=1)
        else:
            document.add_paragraph().add_run(section.heading).bold = True
        for block in section.blocks:
            add(document, block, in_table, listed)
    document.save(path)


def add(document, block, in_table, listed):
    if isinstance(block, Entry) and in_table and block.when:
        row = document.add_table(rows=1, cols=2).rows[0].cells
        row[0].text = block.when
        row[1].text = block.rest[0].left
        for line in block.rest[1:]:
            row[1].add_paragraph(line.left)
        for bullets in block.bullets:
            for item in bullets.items:
                row[1].add_paragraph(f"{bullets.mark} {item}")
    elif isinstance(block, Entry):
        for line in block.lines:
            add_line(document, line)
        for bullets in block.bullets:
            add(document, bullets, in_table, listed)
    elif isinstance(block, Bullets):
        for item in block.items:
            document.add_paragraph(item, style="List Bullet") if listed else document.add_paragraph(f"{block.mark} {item}")
    elif isinstance(block, Line):
        add_line(document, block)
    else:
        document.add_paragraph(block.text)


def add_line(document, line):
    paragraph = document.add_paragraph()
    paragraph.add_run(line.left).bold = line.bold
    if line.right:
        paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(16), WD_TAB_ALIGNMENT.RIGHT)
        paragraph.add_run("\t" + line.right)


def convert(paths, kind, folder):
    """Converts files with LibreOffice, all in one run: starting it takes longer than its work."""
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            ["soffice", f"-env:UserInstallation={pathlib.Path(profile).as_uri()}", "--headless", "--convert-to", kind, "--outdir",
             str(folder), *map(str, paths)], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=600)
