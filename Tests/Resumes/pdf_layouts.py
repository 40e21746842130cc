"""Puts written resumes on the pages of PDF files."""

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, LETTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (BaseDocTemplate, Frame, FrameBreak, HRFlowable, NextPageTemplate, PageTemplate, Paragraph, Spacer,
                                Table, TableStyle)
from xml.sax.saxutils import escape

from writing import Bullets, Entry, Line

FONTS = {"DejaVuSans": "/usr/share/fonts/truetype/dejavu/DejaVuSans", "DejaVuSerif": "/usr/share/fonts/truetype/dejavu/DejaVuSerif",
         "NotoSans": "/usr/share/fonts/truetype/noto/NotoSans", "NotoSerif": "/usr/share/fonts/truetype/noto/NotoSerif"}
for font, path in FONTS.items():
    plain, bold = ("", "-Bold") if font.startswith("DejaVu") else ("-Regular", "-Bold")
    pdfmetrics.registerFont(TTFont(font, f"{path}{plain}.ttf"))
    pdfmetrics.registerFont(TTFont(f"{font}-Bold", f"{path}{bold}.ttf"))
    pdfmetrics.registerFontFamily(font, normal=font, bold=f"{font}-Bold", italic=font, boldItalic=f"{font}-Bold")


class Page:
    """The choices that make one PDF look unlike another, and what draws its parts."""

    def __init__(self, random, size=None):
        self.random = random
        self.font = random.choice(sorted(FONTS))
        # The Noto fonts lack some of the marks.
        self.bullet_font = "DejaVuSans"
        self.size = size or random.choice([9, 9.5, 10, 10.5, 11])
        self.paper = random.choice([A4, LETTER])
        self.margin = random.choice([14, 18, 22]) * mm
        self.ruled = random.random() < 0.4
        self.accent = random.choice([colors.black, colors.HexColor("#1f4e79"), colors.HexColor("#7a1f3d"), colors.HexColor("#2d6a4f")])
        self.centered = random.random() < 0.3

    def style(self, size=None, bold=False, color=colors.black, **more):
        size = size or self.size
        return ParagraphStyle("x", fontName=self.font + ("-Bold" if bold else ""), fontSize=size, leading=size * 1.28, textColor=color, **more)

    def text(self, text, **style):
        return Paragraph(escape(text), self.style(**style))

    def head(self, written, contact=True, color=colors.black):
        parts = []
        align = {"alignment": 1} if self.centered else {}
        *over, name = written.name.split("\n")
        parts += [self.text(line, size=self.size + 1, color=color, **align) for line in over]
        parts.append(self.text(name, size=self.size + self.random.choice([6, 9, 12]), bold=self.random.random() < 0.7, color=color, **align))
        if written.headline:
            parts.append(self.text(written.headline, size=self.size + 1.5, color=color, **align))
        if contact:
            separator = self.random.choice(["  |  ", " • ", " · ", "\n"])
            lines = written.contact if separator == "\n" else [separator.join(written.contact)]
            parts += [self.text(line, size=self.size - 0.5, **align) for line in lines]
        return parts + [Spacer(1, 6)]

    def section(self, section, width, color=None, blocks=None):
        color = color or self.accent
        parts = [Spacer(1, self.size * 0.8), self.text(section.heading, size=self.size + 2, bold=True, color=color)]
        if self.ruled:
            parts.append(HRFlowable(width="100%", thickness=0.7, color=color, spaceBefore=1, spaceAfter=3))
        return parts + [part for block in section.blocks for part in self.block(block, width, blocks)]

    def block(self, block, width, color=None):
        color = color or colors.black
        if isinstance(block, Entry):
            parts = [self.line(line, width, color) for line in block.lines]
            return parts + [part for inner in block.bullets for part in self.block(inner, width, color)] + [Spacer(1, self.size * 0.5)]
        if isinstance(block, Bullets):
            style = dict(leftIndent=12, bulletIndent=2, bulletFontName=self.bullet_font, bulletFontSize=self.size, color=color)
            return [Paragraph(escape(item), self.style(**style), bulletText=block.mark) for item in block.items]
        if isinstance(block, Line):
            return [self.line(block, width, color)]
        return [self.text(block.text, color=color)]

    def line(self, line, width, color):
        left = self.text(line.left, bold=line.bold, color=color)
        if not line.right:
            return left
        taken = min(width * 0.45, pdfmetrics.stringWidth(line.right, self.font, self.size) + 8)
        table = Table([[left, self.text(line.right, color=color, alignment=2)]], colWidths=[width - taken, taken])
        table.setStyle(TableStyle([("LEFTPADDING", (0, 0), (-1, -1), 0), ("RIGHTPADDING", (0, 0), (-1, -1), 0),
                                   ("TOPPADDING", (0, 0), (-1, -1), 0), ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
                                   ("VALIGN", (0, 0), (-1, -1), "TOP")]))
        return table

    def document(self, path, templates):
        return BaseDocTemplate(path, pagesize=self.paper, pageTemplates=templates, invariant=1, title="", author="")


def frame(x, y, width, height):
    return Frame(x, y, width, height, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)


def one_column(written, random, path, size=None, margin=None):
    page = Page(random, size)
    page.margin = margin or page.margin
    width, height = page.paper
    inner = width - 2 * page.margin
    template = PageTemplate("all", [frame(page.margin, page.margin, inner, height - 2 * page.margin)])
    parts = page.head(written)
    for section in written.sections:
        parts += page.section(section, inner)
    page.document(path, [template]).build(parts)


def dense(written, random, path):
    one_column(written, random, path, size=random.choice([7, 7.5, 8]), margin=11 * mm)


def two_columns(written, random, path):
    """A head over the whole width, then work on one side and the rest on the other."""
    page = Page(random, random.choice([8.5, 9, 9.5]))
    width, height = page.paper
    margin, gap = 15 * mm, 8 * mm
    left = (width - 2 * margin - gap) * random.choice([0.5, 0.58, 0.62])
    right = width - 2 * margin - gap - left
    top = 42 * mm
    first = PageTemplate("first", [
        frame(margin, height - margin - top, width - 2 * margin, top), frame(margin, margin, left, height - 2 * margin - top),
        frame(margin + left + gap, margin, right, height - 2 * margin - top)])
    later = PageTemplate("later", [frame(margin, margin, width - 2 * margin, height - 2 * margin)])
    is_main = lambda section: section.kind in ("experience", "summary")
    parts = page.head(written) + [NextPageTemplate("later"), FrameBreak()]
    for section in filter(is_main, written.sections):
        parts += page.section(section, left)
    parts.append(FrameBreak())
    for section in written.sections:
        if not is_main(section):
            parts += page.section(section, right)
    page.document(path, [first, later]).build(parts)


def sidebar(written, random, path):
    """A coloured bar with who and what, and the story beside it."""
    page = Page(random, random.choice([8.5, 9, 9.5]))
    width, height = page.paper
    bar, pad = 62 * mm, 7 * mm
    dark = random.random() < 0.5
    fill = colors.HexColor("#22313f") if dark else colors.HexColor("#e8eef2")
    ink = colors.white if dark else colors.black
    on_right = random.random() < 0.3
    bar_x, main_x = (width - bar, pad * 2) if on_right else (0, bar + pad)
    main_width = width - bar - 3 * pad

    def paint(canvas, _):
        canvas.setFillColor(fill)
        canvas.rect(bar_x, 0, bar, height, stroke=0, fill=1)

    side = frame(bar_x + pad, pad, bar - 2 * pad, height - 2 * pad)
    main = frame(main_x, pad * 2, main_width, height - 4 * pad)
    first = PageTemplate("first", [side, main], onPage=paint)
    later = PageTemplate("later", [main], onPage=paint)
    page.centered = False
    name_in_bar = random.random() < 0.5
    in_bar = lambda section: section.kind not in ("experience", "summary", "education", "references")
    heading = page.section(contact_section(written), bar - 2 * pad, ink, ink) if not name_in_bar else [
        page.text(line, size=page.size - 0.5, color=ink) for line in written.contact]
    parts = (page.head(written, contact=False, color=ink) if name_in_bar else []) + heading
    for section in filter(in_bar, written.sections):
        parts += page.section(section, bar - 2 * pad, ink, ink)
    parts += [NextPageTemplate("later"), FrameBreak()] + ([] if name_in_bar else page.head(written, contact=False))
    for section in written.sections:
        if not in_bar(section):
            parts += page.section(section, main_width)
    page.document(path, [first, later]).build(parts)


def contact_section(written):
    from words import HEADINGS
    from writing import Section
    return Section("contact", HEADINGS[written.language]["contact"][0], [Line(part) for part in written.contact])


def tables(written, random, path):
    """Dates in a column of their own, as European forms have it."""
    page = Page(random)
    width, height = page.paper
    inner = width - 2 * page.margin
    dates_width = 42 * mm
    style = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 2), ("BOTTOMPADDING", (0, 0), (-1, -1), 3)]
    if random.random() < 0.5:
        style.append(("GRID", (0, 0), (-1, -1), 0.4, colors.grey))
    parts = page.head(written)
    for section in written.sections:
        rows = [block for block in section.blocks if isinstance(block, Entry) and block.when]
        if not rows:
            parts += page.section(section, inner)
            continue
        parts += page.section(type(section)(section.kind, section.heading, []), inner)
        cells = [[page.text(entry.when), [page.line(line, inner - dates_width, colors.black) for line in entry.rest]
                  + [part for block in entry.bullets for part in page.block(block, inner - dates_width)]] for entry in rows]
        parts.append(Table(cells, colWidths=[dates_width, inner - dates_width], style=TableStyle(style)))
    template = PageTemplate("all", [frame(page.margin, page.margin, inner, height - 2 * page.margin)])
    page.document(path, [template]).build(parts)
