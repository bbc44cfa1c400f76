"""A label for a device: store, enrolment code in letters and as a QR code, version and day, as a PDF page of 62 × 40 mm.

It is in no language, and its code is worth nothing once the device has used it.
"""
import subprocess

WIDTH, HEIGHT, QR, MARGIN = 62.0, 40.0, 33.0, 3.0  # mm; the QR code with its quiet zone
QUIET = 4  # modules; ISO/IEC 18004, section 6.3.8
POINTS = 72 / 25.4
LETTER = 0.6  # each letter of Courier is as wide, in heights of the type


def modules_of(text):
    """The rows of a QR code, True where it is dark, without its quiet zone. The text stands in no list of commands."""
    made = subprocess.run(["qrencode", "-8", "-l", "M", "-m", "0", "-t", "ASCII", "-o", "-"], input=text, capture_output=True, text=True, check=True)
    return [[row[at] == "#" for at in range(0, len(row), 2)] for row in made.stdout.splitlines()]


def drawing(rows, lines):
    """What stands on the page, in PDF's words. Lines are (points, text) from the top; one that is too long is set smaller."""
    size = QR / (len(rows) + 2 * QUIET) * POINTS
    left, top = MARGIN * POINTS + QUIET * size, (HEIGHT + QR) / 2 * POINTS - QUIET * size
    words = ["0 g"]
    for y, row in enumerate(rows):
        x = 0
        while x < len(row):  # what is dark side by side is one rectangle: no printer leaves a gap in it
            end = x
            while end < len(row) and row[end]:
                end += 1
            if end > x:
                words.append(f"{left + x * size:.3f} {top - (y + 1) * size:.3f} {(end - x) * size:.3f} {size:.3f} re")
            x = max(end, x + 1)
    words.append("f")
    height = (HEIGHT - MARGIN) * POINTS
    room = (WIDTH - 2 * MARGIN - QR) * POINTS
    for points, text in lines:
        points = min(points, room / (LETTER * len(text)))
        height -= 1.35 * points
        plain = text.encode("cp1252", "replace").decode("latin-1").replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        words.append(f"BT /F1 {points:.2f} Tf {(MARGIN + QR) * POINTS:.3f} {height:.3f} Td ({plain}) Tj ET")
    return "\n".join(words).encode("latin-1")


def pdf(text, lines):
    """The page as bytes: the same for the same words."""
    content = drawing(modules_of(text), lines)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH * POINTS:.3f} {HEIGHT * POINTS:.3f}] /Contents 4 0 R"
        " /Resources << /Font << /F1 5 0 R >> >> >>".encode(),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        # Its widths are told, so that they hold where another type stands in for it.
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier-Bold /Encoding /WinAnsiEncoding /FirstChar 32 /LastChar 255"
        b" /Widths [%s] /FontDescriptor 6 0 R >>" % b" ".join([b"%d" % (1000 * LETTER)] * 224),
        b"<< /Type /FontDescriptor /FontName /Courier-Bold /Flags 33 /FontBBox [-113 -250 749 801] /ItalicAngle 0"
        b" /Ascent 629 /Descent -157 /CapHeight 562 /StemV 106 >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1, table, len(objects) + 1, len(out))
