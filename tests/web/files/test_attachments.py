"""What somebody brings is looked at by its content, cleaned, and only ever handed out as a download."""

import io
import random
import struct
import time
import warnings
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image
from pytest_django import Settings

from kring.attachments import looked_at, packed, pictures
from kring.core import attachments as rules
from kring.core.attachments import Kind
from kring.core.errors import BrokenRule
from kring.web.files import attachments, intake
from kring.web.models import Membership, StoredFile
from kring.web.wording import sentence
from tests.cast import Cast

pytestmark = pytest.mark.django_db
TYPES = b'<Types><Override ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
WORD = {"[Content_Types].xml": TYPES, "word/document.xml": b"<w:document/>", "word/_rels/document.xml.rels": b"<Relationships/>"}
TIE = b'<Relationships><Relationship Type="http://x/%s" Target="http://example.org/" TargetMode="External"/></Relationships>'

CODES = b"".join(b"#%02x" % sign for sign in b"JavaScript")


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.FILES = tmp_path
    return tmp_path


def keep(author: Membership, name: str, data: bytes) -> StoredFile:
    return attachments.keep_attachment(author, SimpleUploadedFile(name, data), at=timezone.now())


def picture(kind: str, size: tuple[int, int] = (40, 20), mode: str = "RGB", **how: object) -> bytes:
    made = io.BytesIO()
    Image.new(mode, size, 1).save(made, kind, **how)
    return made.getvalue()


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png_bomb(width: int, height: int) -> bytes:
    """As small as it claims to be large."""
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * 100_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def word(parts: Mapping[str, bytes] = {}, without: str = "") -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in {**WORD, **parts}.items():
            if name != without:
                packed.writestr(name, data)
    return made.getvalue()


def pdf(objects: bytes = b"", *, end: bytes = b"%%EOF\n") -> bytes:
    return b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n" + objects + b"\ntrailer << /Root 1 0 R >>\n" + end


def real_pdf(*, script: bool = False, encryption: pikepdf.Encryption | None = None) -> bytes:
    """Made by another program, its objects packed together."""
    made = pikepdf.new()
    made.add_blank_page()
    if script:
        made.Root.OpenAction = made.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)"))
    out = io.BytesIO()
    made.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, encryption=encryption)
    return out.getvalue()


def stream(inside: bytes, words: bytes = b"/Type /ObjStm /Filter /FlateDecode") -> bytes:
    return b"5 0 obj\n<< " + words + b" /Length 1 >>\nstream\n" + inside + b"\nendstream\nendobj\n"


GOOD = {
    "png": ("scan.png", picture("PNG")),
    "jpg": ("scan.jpg", picture("JPEG")),
    "grey": ("scan.jpg", picture("JPEG", mode="L")),
    "cmyk": ("scan.jpg", picture("JPEG", mode="CMYK")),
    "see-through": ("scan.png", picture("PNG", mode="RGBA")),
    "palette": ("scan.png", picture("PNG", mode="P")),
    "sixteen bits": ("scan.png", picture("PNG", mode="I;16")),
    "pdf": ("brief.pdf", pdf()),
    "pdf with packed objects": ("brief.pdf", real_pdf()),
    "pdf with a font whose name has a blank": ("brief.pdf", pdf(b"<< /BaseFont /Arial#20Bold >>")),
    "pdf with a picture": ("brief.pdf", pdf(stream(b"\xff\xd8/JS\xff", b"/Subtype /Image /Filter /DCTDecode"))),
    "docx": ("brief.docx", word()),
    "docx with a link": ("brief.docx", word({"word/_rels/document.xml.rels": TIE % b"hyperlink"})),
}


@pytest.mark.parametrize(("name", "data"), GOOD.values(), ids=GOOD)
def test_what_schools_bring_is_kept(cast: Cast, name: str, data: bytes) -> None:
    kept = keep(cast.anna, name, data)
    assert (kept.name, kept.author, kept.school_id) == (name, cast.anna, cast.beuk.pk)
    assert intake.read(kept)[:3] == data[:3]


BAD = {
    "nothing": ("a.pdf", b"", rules.AttachmentEmpty),
    "too large": ("a.pdf", b"%PDF-" + b"0" * 10_000_000, rules.AttachmentTooLarge),
    "gif named png": ("a.png", picture("GIF", mode="P"), rules.KindNotAccepted),
    "svg": ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", rules.KindNotAccepted),
    "html named pdf": ("a.pdf", b"<html><script>alert(1)</script>", rules.KindNotAccepted),
    "pdf named html": ("a.html", pdf(), rules.KindNotAccepted),
    "400 megapixel": ("a.png", png_bomb(20_000, 20_000), rules.PictureTooLarge),
    "26 megapixel": ("a.png", png_bomb(26_000, 1_000), rules.PictureTooLarge),
    "90 megapixel": ("a.png", png_bomb(9_000, 10_000), rules.PictureTooLarge),
    "rows that are not there": ("a.png", png_bomb(5_000, 5_000), rules.AttachmentDamaged),
    "broken off jpg": ("a.jpg", picture("JPEG", (400, 400))[:600], rules.AttachmentDamaged),
    "broken off png": ("a.png", picture("PNG")[:40], rules.AttachmentDamaged),
    "only a beginning": ("a.jpg", b"\xff\xd8\xff", rules.AttachmentDamaged),
    "text that unpacks": (
        "a.png",
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", 9, 9, 8, 2, 0, 0, 0))
        + chunk(b"zTXt", b"a\0\0" + zlib.compress(b"\0" * 70_000_000, 9)),
        rules.AttachmentDamaged,
    ),
    "pdf without an end": ("a.pdf", pdf(end=b""), rules.AttachmentDamaged),
    "script": ("a.pdf", pdf(b"<< /S /JavaScript /JS (app.alert(1)) >>"), rules.AttachmentRuns),
    "script spelt with codes": ("a.pdf", pdf(b"<< /S /J#61v#61Script /JS (x) >>"), rules.AttachmentRuns),
    "script all in codes": (
        "a.pdf",
        pdf(b"<</S/" + b"".join(b"#%02x" % sign for sign in b"JavaScript") + b"/JS(x)>>"),
        rules.AttachmentRuns,
    ),
    "script in packed objects": ("a.pdf", real_pdf(script=True), rules.AttachmentRuns),
    "script in packed objects, spelt": ("a.pdf", pdf(stream(zlib.compress(b"6 0 << /S /J#61vaScript >>"))), rules.AttachmentRuns),
    "script past the first piece": ("a.pdf", pdf(stream(zlib.compress(b"6 0 " + b" " * 999_995 + b"/Launch >>"))), rules.AttachmentRuns),
    "script that claims to be a picture": (
        "a.pdf",
        pdf(stream(zlib.compress(b"6 0 << /S /Launch >>"), b"/Subtype /Image /Filter /FlateDecode")),
        rules.AttachmentRuns,
    ),
    "launch": ("a.pdf", pdf(b"<< /S /Launch /F (cmd.exe) >>"), rules.AttachmentRuns),
    "file within": ("a.pdf", pdf(b"<< /Names << /EmbeddedFiles 4 0 R >> >>"), rules.AttachmentRuns),
    "form that sends": ("a.pdf", pdf(b"<< /S /SubmitForm /F (http://example.org) >>"), rules.AttachmentRuns),
    "encrypted": ("a.pdf", real_pdf(encryption=pikepdf.Encryption(owner="x", user="y")), rules.AttachmentLocked),
    "objects packed otherwise": (
        "a.pdf",
        pdf(stream(b"~", b"/Type /ObjStm /Filter [/A85 /FlateDecode]")),
        rules.AttachmentLocked,
    ),
    "objects packed as told elsewhere": ("a.pdf", pdf(stream(b"~", b"/Filter 9 0 R /Type /ObjStm")), rules.AttachmentLocked),
    "pdf bomb": ("a.pdf", pdf(stream(zlib.compress(b"1 " * 30_000_000, 9))), rules.AttachmentLocked),
    "more streams than pages": ("a.pdf", pdf(b"stream " * 30_000), rules.AttachmentLocked),
    "more codes than names": ("a.pdf", pdf(b"/A#20B " * 20_000), rules.AttachmentLocked),
    "zip named docx": ("a.docx", word(without="word/document.xml"), rules.KindNotAccepted),
    "no zip at all": ("a.docx", b"PK\x03\x04" + b"\0" * 100, rules.AttachmentDamaged),
    "zip bomb": ("a.docx", word({"word/media/x.xml": b"\0" * 90_000_000}), rules.AttachmentDamaged),
    "zip of very many": ("a.docx", word({f"word/{number}.xml": b"" for number in range(2_001)}), rules.AttachmentDamaged),
    "damaged part": ("a.docx", word().replace(b"[Content_Types].xml", b"[Content_Types].xmm", 1), rules.AttachmentDamaged),
    "macros": ("a.docx", word({"word/vbaProject.bin": b"x"}), rules.AttachmentRuns),
    "macros by their kind": ("a.docx", word({"[Content_Types].xml": TYPES.replace(b"main", b"macroEnabled.main")}), rules.AttachmentRuns),
    "object within": ("a.docx", word({"word/embeddings/oleObject1.bin": b"x"}), rules.AttachmentRuns),
    "template elsewhere": ("a.docx", word({"word/_rels/settings.xml.rels": TIE % b"attachedTemplate"}), rules.AttachmentRuns),
    "picture elsewhere": ("a.docx", word({"word/_rels/document.xml.rels": TIE % b"relationships/image"}), rules.AttachmentRuns),
    "path out of the zip": ("a.docx", word({"../../evil.xml": b"x"}), rules.AttachmentRuns),
}


@pytest.mark.parametrize(("name", "data", "rule"), BAD.values(), ids=BAD)
def test_what_nobody_should_bring_is_refused_soon_and_in_a_sentence(
    cast: Cast, folder: Path, name: str, data: bytes, rule: type[BrokenRule]
) -> None:
    start = time.process_time()
    with pytest.raises(rule) as refused:
        keep(cast.anna, name, data)
    assert time.process_time() - start < 3
    assert sentence(refused.value).endswith(".")
    assert (StoredFile.objects.count(), list(folder.rglob("*"))) == (0, [])


def test_a_locked_docx_is_refused(cast: Cast) -> None:
    data = bytearray(word())
    for place in (6, data.index(b"PK\x01\x02") + 8):
        data[place] |= 1
    with pytest.raises(rules.AttachmentLocked):
        keep(cast.anna, "a.docx", bytes(data))


def test_a_link_to_another_file_in_a_docx_is_refused(cast: Cast) -> None:
    made, link = io.BytesIO(word()), zipfile.ZipInfo("word/link.xml")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(made, "a") as packed:
        packed.writestr(link, "/etc/passwd")
    with pytest.raises(rules.AttachmentRuns):
        keep(cast.anna, "a.docx", made.getvalue())


def test_a_picture_loses_all_but_what_one_sees(cast: Cast) -> None:
    """Place, camera, thumbnail, colour profile, another file behind it: gone; and it stands upright."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x8825] = 6, "Camera van Els", {1: "N", 2: (52.0, 5.0, 0.0)}
    data = picture("JPEG", exif=exif, icc_profile=b"profiel van Els", comment=b"Els") + b"<script>alert('Els')</script>PK\x03\x04"
    kept = intake.read(keep(cast.anna, "foto.jpg", data))
    with Image.open(io.BytesIO(kept)) as drawn:
        assert (drawn.size, dict(drawn.getexif()), drawn.info.get("icc_profile")) == ((20, 40), {}, None)
    assert b"Els" not in kept
    assert b"script" not in kept


def test_a_picture_of_several_loses_all_but_the_first(cast: Cast) -> None:
    made = io.BytesIO()
    first, second = Image.new("RGB", (4, 4)), Image.new("RGB", (4, 4), "red")
    first.save(made, "PNG", save_all=True, append_images=[second])
    with Image.open(io.BytesIO(intake.read(keep(cast.anna, "a.png", made.getvalue())))) as drawn:
        assert getattr(drawn, "n_frames", 1) == 1


def test_where_warnings_are_no_errors_a_bomb_is_refused_too() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with pytest.raises(rules.PictureTooLarge):
            pictures.drawn_anew(png_bomb(9_000, 10_000), Kind.PNG)


def test_anything_spoilt_is_kept_or_refused_by_a_rule() -> None:
    """No spoilt file raises anything else than a rule."""
    chance = random.Random(4)
    looks = {
        "png": (picture("PNG"), Kind.PNG),
        "jpg": (picture("JPEG"), Kind.JPEG),
        "pdf": (real_pdf(), Kind.PDF),
        "docx": (word(), Kind.DOCX),
    }
    for whole, kind in looks.values():
        for _ in range(150):
            spoilt = bytearray(whole)
            for _ in range(chance.randint(1, 8)):
                spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
            cut = bytes(spoilt[: chance.randint(1, len(spoilt))] if chance.random() < 0.3 else spoilt)
            try:
                looked_at(cut, kind)
            except BrokenRule:
                continue


def test_a_name_is_cleaned_and_the_place_is_random(cast: Cast, folder: Path) -> None:
    kept = keep(cast.anna, "..\\brief\u202e van\r\nEls.pdf", pdf())
    (path,) = (path for path in folder.rglob("*") if path.is_file())
    assert (kept.name, path.name, path.suffix) == ("brief van Els.pdf", kept.pk.hex, "")


def test_it_goes_out_as_a_download_that_nothing_runs(cast: Cast) -> None:
    answer = attachments.download(keep(cast.anna, 'Zoë "van" Els.pdf', pdf()))
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"] == "attachment; filename*=utf-8''Zo%C3%AB%20van%20Els.pdf"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert answer.content == pdf()


def test_a_school_that_is_full_is_told(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(cast.frans, "van een andere school.pdf", pdf())
    monkeypatch.setattr(rules, "MOST_KEPT", len(pdf()) + 10)
    keep(cast.anna, "past.pdf", pdf())
    with pytest.raises(rules.StorageFull):
        keep(cast.anna, "past niet.pdf", pdf())


def test_words_that_fall_between_two_pieces_are_seen() -> None:
    assert max(map(len, packed.ACTIONS)) * 3 + 1 < packed.OVERLAP  # every letter may be a code of three
