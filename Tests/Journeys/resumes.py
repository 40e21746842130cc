"""Resumes as files, and requests that bring them."""

import io
import uuid
import zipfile

# Names and phrases that stand nowhere else: found in a log, they leaked.
RESUME_CANARIES = ["Wilhelmina Oakenshaw", "Brackwater Instruments", "quillfern-ledger"]

TEXT = """Wilhelmina Oakenshaw
Berlin, Germany
wilhelmina.oakenshaw@candidates.example | +49 30 901820

Summary
Backend engineer who led the quillfern-ledger migration for eleven teams.

Experience
Senior Software Engineer, Brackwater Instruments
March 2019 – Present
- Led the migration of quillfern-ledger from Java to Go, and cut its latency by 40 %
- Mentored four engineers and ran the incident reviews

Software Engineer, Northgate Systems
June 2015 – February 2019
- Built the billing service in Python and PostgreSQL

Education
BSc Computer Science, Technical University of Berlin, 2015

Skills
Go, Python, PostgreSQL, Kubernetes, communication, mentoring

Languages
English, German

Certifications
AWS Certified Solutions Architect
"""


def pdf(text=TEXT, extra=b""):
    """A PDF of one page that shows the lines of a text in Helvetica, as PDF 1.4 has it.

    extra: operators that are drawn after the text.
    """
    lines = text.encode("cp1252").split(b"\n")
    escaped = [line.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)") for line in lines]
    drawn = b"BT /F1 10 Tf 14 TL 56 790 Td " + b" ".join(b"(%s) Tj T*" % line for line in escaped) + b" ET " + extra
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 5 0 R>>>>/Contents 4 0 R>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"]
    body, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(body))
        body += b"%d 0 obj%s\nendobj\n" % (number, content)
    entries = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return body + b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1, entries, len(objects) + 1, len(body))


def blank_scan():
    """A PDF whose only page is covered by a picture with nothing on it."""
    return pdf("", extra=b"q 595 0 0 842 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \xff EI Q")


def docx(text=TEXT):
    """A Word document whose paragraphs are the lines of a text."""
    escaped = [line.replace("&", "&amp;").replace("<", "&lt;") for line in text.split("\n")]
    paragraphs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in escaped)
    parts = {
        "[Content_Types].xml": '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{paragraphs}</w:body></w:document>'}
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


def upload(client, candidate, content, name="resume.pdf", **headers):
    """Sends a file as a browser does."""
    return client.http.post(
        f"{client.base}/api/resume/analyze", data={"candidateId": candidate}, files={"file": (name, content)},
        headers=headers, timeout=120)


def part(name, content, file_name=None, more=b""):
    disposition = f'form-data; name="{name}"' + (f'; filename="{file_name}"' if file_name is not None else "")
    return b"Content-Disposition: " + disposition.encode() + b"\r\n" + more + b"\r\n" + content


def send_form(client, body, boundary="edge", content_type=None):
    """Sends a body as it stands."""
    return client.http.post(
        f"{client.base}/api/resume/analyze", data=body, timeout=120,
        headers={"Content-Type": content_type or f"multipart/form-data; boundary={boundary}"})


def form(*parts, boundary=b"edge"):
    return b"".join(b"--" + boundary + b"\r\n" + each + b"\r\n" for each in parts) + b"--" + boundary + b"--\r\n"


def new_candidate(recruiter, name="Wilhelmina Oakenshaw"):
    mark = uuid.uuid4().hex[:10]
    return recruiter.post("/api/candidates", {"name": name, "email": f"{mark}@candidates.example"})["id"]


def another_hour(database):
    """Lets an hour pass for the uploads so far."""
    database.execute("UPDATE resume SET created_at = created_at - interval '1 hour'")
