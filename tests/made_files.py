"""Files as they come from outside, made in code: Word, PDF with and without text, pages in old encodings."""

import io
import zipfile
from collections.abc import Sequence

import docx

LAW_LINES = (
    "示例渡口条例",
    "（2020年3月1日国务院公布）",
    "第一章 总则",
    "第一条 为了规范渡口经营，保障旅客安全，制定本条例。",
    "第二条 渡口每日六时开放。违反前款规定的，处五百元罚款。",
    "第三条 本条例自2020年5月1日起施行。",
)
LAW_TEXT = "\n".join(LAW_LINES) + "\n"
LAW_MARKDOWN = """# 中华人民共和国渡口条例

2001年1月1日 国务院令第1号公布

2019年3月2日 《国务院关于修改部分行政法规的决定》修订

<!-- INFO END -->

## 第一章 总 则

第一条 为了规范渡口，制定本条例。

第二条 渡口每日六时开放。

第三条 本条例自2001年2月1日起施行。
"""


def docx_of(lines: Sequence[str]) -> bytes:
    """A Word file with these paragraphs."""
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def html_of(lines: Sequence[str], *, declared: str = "gb2312", encoding: str = "gb18030") -> bytes:
    """A page of a government site: navigation around the block that holds the text."""
    paragraphs = "".join(f"<p>　　{line}</p>" for line in lines[1:])
    page = (
        f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={declared}">'
        f'<meta name="ArticleTitle" content="{lines[0]}"><meta name="ContentSource" content="国务院">'
        "<title>示例网</title><script>var a='<p>不要</p>';</script></head><body>"
        "<nav><a href='/'>首页</a><a href='/x'>网站地图</a></nav>"
        f'<div id="UCAP-CONTENT"><h1>{lines[0]}</h1>{paragraphs}</div>'
        "<footer>版权所有</footer></body></html>"
    )
    return page.encode(encoding)


def pdf_of(pages: Sequence[Sequence[str]]) -> bytes:
    """A PDF whose pages hold these lines as text; a page without lines is blank, like a scan to a reader."""
    characters = sorted({char for lines in pages for line in lines for char in line})
    codes = {char: number for number, char in enumerate(characters, 1)}
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", *_font(codes)]
    kids = []
    for lines in pages:
        content = _content(lines, codes)
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 2000 800] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    return _written(objects)


def zip_of(files: dict[str, bytes]) -> bytes:
    """A zip archive of files by name."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def _content(lines: Sequence[str], codes: dict[str, int]) -> bytes:
    shown = [
        b"1 0 0 1 50 %d Tm <%s> Tj" % (750 - 30 * row, "".join(f"{codes[c]:04x}" for c in line).encode())
        for row, line in enumerate(lines)
    ]
    return b"BT /F1 12 Tf\n" + b"\n".join(shown) + b"\nET" if shown else b""


def _font(codes: dict[str, int]) -> list[bytes]:
    pairs = "\n".join(f"<{code:04x}> <{ord(char):04x}>" for char, code in codes.items())
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{len(codes)} beginbfchar\n{pairs}\nendbfchar endcmap end end"
    ).encode()
    return [
        (
            b"<< /Type /Font /Subtype /Type0 /BaseFont /Made /Encoding /Identity-H "
            b"/DescendantFonts [4 0 R] /ToUnicode 5 0 R >>"
        ),
        (
            b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Made "
            b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 1000 >>"
        ),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(cmap), cmap),
    ]


def _written(objects: Sequence[bytes]) -> bytes:
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    trailer = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (size, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table) + trailer
