"""Files that are broken or mean harm, for corpus.py, which writes them beside the others."""

import io
import struct
import zipfile
import zlib
from pathlib import Path

import pikepdf

CORPUS = Path(__file__).parent / "Corpus"


def pdf(objects, trailer="", tail=""):
    """A PDF of numbered objects, from 1; object 1 is the catalogue."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + (body if isinstance(body, bytes) else body.encode()) + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    out += f"trailer\n<< /Size {len(places) + 1} /Root 1 0 R {trailer.format(start=start)} >>\nstartxref\n{start}\n%%EOF\n{tail}".encode()
    return bytes(out)


def stream(data, entries=""):
    return f"<< /Length {len(data)} {entries} >>\nstream\n".encode() + data + b"\nendstream"


def squeezed(data, times):
    for _ in range(times):
        data = zlib.compress(data, 9)
    return data


def zeros(megabytes, byte=b" "):
    """A zlib stream of so many equal bytes, without holding them."""
    press = zlib.compressobj(9)
    block = byte * (2**20 // len(byte))
    return b"".join(press.compress(block) for _ in range(megabytes)) + press.flush()


def page(content="4 0 R", more="", box="0 0 595 842"):
    return f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] /Contents {content} /Resources << /Font << /F 5 0 R >> {more} >> >>"


CATALOG, PAGES = "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
FONT = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
HELLO = stream(b"BT /F 12 Tf 60 700 Td (Maria Example, engineer at Acme from 2019 to 2023) Tj ET")


def documents():
    write = lambda name, data: (CORPUS / name).write_bytes(data)
    write("empty.pdf", b"")
    write("zeros.pdf", bytes(4096))
    whole = pdf([CATALOG, PAGES, page(), HELLO, FONT])
    write("truncated.pdf", (CORPUS / "sidebar.pdf").read_bytes()[:700])
    nested = squeezed(zeros(1024), 2)
    write("nested-flate.pdf", pdf([CATALOG, PAGES, page(), stream(nested, "/Filter [/FlateDecode /FlateDecode /FlateDecode]"), FONT]))
    operators = squeezed(zeros(128, b"q 1 0 0 1 0 0 cm 0 0 9 9 re f Q "), 1)
    write("drawing-bomb.pdf", pdf([CATALOG, PAGES, page(), stream(operators, "/Filter [/FlateDecode /FlateDecode]"), FONT]))
    image = stream(squeezed(zeros(1250, b"\0"), 1), "/Type /XObject /Subtype /Image /Width 100000 /Height 100000 /BitsPerComponent 1 /ColorSpace /DeviceGray /Filter [/FlateDecode /FlateDecode]")
    write("image-bomb.pdf", pdf([CATALOG, PAGES, page(more="/XObject << /I 6 0 R >>"), stream(b"500 0 0 800 0 0 cm /I Do"), FONT, image]))
    # Bombs that look like a scan: one under a picture of the whole page, a picture drawn without end, lines without end.
    scan = stream(squeezed(bytes(200 * 283), 1), "/Type /XObject /Subtype /Image /Width 200 /Height 283 /BitsPerComponent 8 /ColorSpace /DeviceGray /Filter /FlateDecode")
    cover = b"q 595 0 0 842 0 0 cm /I Do Q "
    draws = {"scanned-bomb.pdf": zeros(128, b"q 1 0 0 1 0 0 cm 0 0 595 842 re f Q "), "picture-bomb.pdf": zeros(16, cover + b" " * (32 - len(cover)))}
    for name, operators in draws.items():
        parts = [stream(cover), stream(squeezed(operators, 1), "/Filter [/FlateDecode /FlateDecode]")]
        write(name, pdf([CATALOG, PAGES, page("[4 0 R 7 0 R]", "/XObject << /I 6 0 R >>"), parts[0], FONT, scan, parts[1]]))
    rows = b"".join(b"40 %03d 500 2 re f " % (line * 8) for line in range(99)).ljust(2048)
    write("lines-bomb.pdf", pdf([CATALOG, PAGES, page(), stream(squeezed(zeros(256, rows), 1), "/Filter [/FlateDecode /FlateDecode]"), FONT]))
    write("huge-page.pdf", pdf([CATALOG, PAGES, page(box="0 0 2000000000 2000000000"), HELLO, FONT]))
    write("cyclic-pages.pdf", pdf([CATALOG, "<< /Type /Pages /Kids [3 0 R 2 0 R] /Count 3 >>", page(), HELLO, FONT]))
    write("cyclic-xref.pdf", pdf([CATALOG, PAGES, page(), HELLO, FONT], "/Prev {start}"))
    form = lambda other: stream(f"/A Do /B Do".encode(), f"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /A {other} 0 R /B {other} 0 R >> >>")
    write("form-bomb.pdf", pdf([CATALOG, PAGES, page(more="/XObject << /A 6 0 R >>"), stream(b"/A Do"), FONT] + [form(number) for number in range(7, 40)] + [HELLO]))
    write("object-stream-bomb.pdf", object_stream_bomb())
    strange = "<< /Type /Font /Subtype /Type1 /BaseFont /Strange /FirstChar 1 /LastChar 9 /Widths [600 600 600 600 600 600 600 600 600] /Encoding << /Type /Encoding /Differences [1 /g1 /g2 /g3 /g4 /g5 /g6 /g7 /g8 /g9] >> >>"
    write("no-mapping.pdf", pdf([CATALOG, PAGES, page(), stream(b"BT /F 12 Tf 60 700 Td <" + b"010203040506070809" * 8 + b"> Tj ET"), strange]))
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as parts:
        parts.writestr(part("[Content_Types].xml"), "<Types/>")
        parts.writestr(part("word/document.xml"), office("Another resume"))
    write("polyglot.pdf", whole + archive.getvalue())
    write("picture-and.pdf", b"\xff\xd8\xff\xe0" + whole)
    with pikepdf.open(io.BytesIO(whole)) as file:
        file.save(CORPUS / "password.pdf", encryption=pikepdf.Encryption(owner="owner", user="user"), static_id=True)
        denied = pikepdf.Permissions(extract=False, print_highres=False)
        file.save(CORPUS / "owner-password.pdf", encryption=pikepdf.Encryption(owner="owner", user="", allow=denied), static_id=True)


def object_stream_bomb():
    """The catalogue lies in an object stream that unpacks to a gigabyte."""
    out = bytearray(b"%PDF-1.7\n")
    packed = squeezed(zeros(1024), 1)
    places = {3: len(out)}
    out += b"3 0 obj\n" + stream(packed, "/Type /ObjStm /N 2 /First 1000000000 /Filter [/FlateDecode /FlateDecode]") + b"\nendobj\n"
    table = struct.pack(">BIH", 0, 0, 65535) + struct.pack(">BIH", 2, 3, 0) + struct.pack(">BIH", 2, 3, 1)
    table += struct.pack(">BIH", 1, places[3], 0) + struct.pack(">BIH", 1, len(out), 0)
    start = len(out)
    out += b"4 0 obj\n" + stream(table, "/Type /XRef /Size 5 /W [1 4 2] /Root 1 0 R") + b"\nendobj\n"
    return bytes(out) + f"startxref\n{start}\n%%EOF\n".encode()


def part(name):
    """An entry whose date is always the same."""
    return zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))


def office(text, head=""):
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return f'<?xml version="1.0"?>{head}<w:document xmlns:w="{space}"><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>'


def archives():
    def write(name, document, others=()):
        with zipfile.ZipFile(CORPUS / name, "w", zipfile.ZIP_DEFLATED) as parts:
            for path, content in [("[Content_Types].xml", "<Types/>"), *others, ("word/document.xml", document)]:
                parts.writestr(part(path), content, zipfile.ZIP_DEFLATED)

    entities = '<!ENTITY a0 "lol">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    write("billion-laughs.docx", office("&a9;", f"<!DOCTYPE w [{entities}]>"))
    write("external-entity.docx", office("&e;", '<!DOCTYPE w [<!ENTITY e SYSTEM "file:///etc/passwd">]>'))
    write("traversal.docx", office("Maria Example, engineer"), [("../../../../tmp/parley-was-here", "x"), ("/tmp/parley-was-here", "x")])
    write("deep.docx", office("<w:a>" * 100_000 + "</w:a>" * 100_000))
    write("workbook.docx", "")
    with zipfile.ZipFile(CORPUS / "workbook.docx", "w") as parts:
        parts.writestr(part("[Content_Types].xml"), "<Types/>")
        parts.writestr(part("xl/workbook.xml"), "<workbook/>")
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr(part("[Content_Types].xml"), "<Types/>")
        entry = part("word/document.xml")
        entry.compress_type = zipfile.ZIP_DEFLATED
        with parts.open(entry, "w") as entry:
            for _ in range(64):
                entry.write(bytes(2**20))
    (CORPUS / "zip-bomb.docx").write_bytes(bomb.getvalue())
    whole = (CORPUS / "word.docx").read_bytes()
    (CORPUS / "truncated.docx").write_bytes(whole[: len(whole) // 2])
    whole = (CORPUS / "word.doc").read_bytes()
    (CORPUS / "truncated.doc").write_bytes(whole[:3000])
    (CORPUS / "doc-named.pdf").write_bytes(whole)
