"""Getting the SAML provider of the tests, and saying so when it cannot be had."""

from pathlib import Path

import pytest

from kring.commands import saml_provider


def test_without_php_or_a_package_manager_it_is_missed_loudly(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(saml_provider, "UNPACKED", tmp_path / "unpacked")
    assert not saml_provider.have_saml_provider()
    assert "NO SAML PROVIDER" in saml_provider.missing()
    saml_provider.unpack()
    assert not (tmp_path / "unpacked").exists()


def test_it_is_found_where_it_was_unpacked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "usr/share/simplesamlphp/www").mkdir(parents=True)
    monkeypatch.setattr(saml_provider, "UNPACKED", tmp_path)
    monkeypatch.setattr("kring.commands.saml_provider.shutil.which", lambda name: f"/usr/bin/{name}")
    assert saml_provider.place() is not None
    assert saml_provider.missing() == ""
    assert saml_provider.have_saml_provider()
