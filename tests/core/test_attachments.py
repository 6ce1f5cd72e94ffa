"""Which files may be brought, and by which name they go on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core import attachments as rules
from kring.core.attachments import Kind

PDF, PNG, JPEG, ZIP = b"%PDF-1.7", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"PK\x03\x04"


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [("a.pdf", PDF, Kind.PDF), ("a.PNG", PNG, Kind.PNG), ("a.png", JPEG, Kind.JPEG), ("a.jpeg", PNG, Kind.PNG), ("a.docx", ZIP, Kind.DOCX)],
)
def test_the_content_says_the_kind(name: str, data: bytes, kind: Kind) -> None:
    assert rules.kind_of(name, data) is kind


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.png", b"GIF89a"),
        ("a.svg", b"<svg>"),
        ("a.html", PDF),
        ("a.pdf", PNG),
        ("a.png", PDF),
        ("a.docm", ZIP),
        ("a.zip", ZIP),
        ("a", PDF),
        (".pdf", PDF),
        ("a.pdf", b" %PDF-1.7"),
        ("", b""),
    ],
)
def test_any_other_content_or_name_is_refused(name: str, data: bytes) -> None:
    with pytest.raises(rules.KindNotAccepted):
        rules.kind_of(name, data)


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("/etc/passwd.pdf", "passwd.pdf"),
        ("..\\..\\toestemming.pdf", "toestemming.pdf"),
        ("brief\u202efdp.exe.pdf", "brieffdp.exe.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "a Set-Cookie x.pdf"),
        ("\x00\u200b.pdf", "bestand.pdf"),
        ("CON.pdf", "bestand.pdf"),
        ("... .pdf", "bestand.pdf"),
        ("Zoë\u0308  van 't Hof.pdf", "Zoë̈ van 't Hof.pdf"),
        ("x" * 300 + ".pdf", "x" * 100 + ".pdf"),
        ("geen punt", "geen punt.pdf"),
    ],
)
def test_a_name_is_cleaned(name: str, clean: str) -> None:
    assert rules.clean_name(name, Kind.PDF) == clean


@given(st.text(max_size=150))
def test_no_name_holds_a_path_or_a_mark_that_nobody_sees(name: str) -> None:
    clean = rules.clean_name(name, Kind.PNG)
    assert clean.endswith(".png")
    assert len(clean) > 4
    assert not set(clean) & set('/\\<>:"|?*\r\n\0\u202e\u2066')


def test_sizes() -> None:
    rules.refuse_size(rules.MOST_BYTES)
    rules.refuse_pixels(5000, 5000)
    rules.refuse_overflow(rules.MOST_KEPT - 1, 1)
    with pytest.raises(rules.AttachmentEmpty):
        rules.refuse_size(0)
    with pytest.raises(rules.AttachmentTooLarge):
        rules.refuse_size(rules.MOST_BYTES + 1)
    with pytest.raises(rules.PictureTooLarge):
        rules.refuse_pixels(5000, 5001)
    with pytest.raises(rules.StorageFull):
        rules.refuse_overflow(rules.MOST_KEPT, 1)
