"""What the file does to the settings: buttons, where forms may lead, and no start with a file that is wrong."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from kring.identity_providers import IdentityProvider, Protocol
from kring.web.checks import all_routes

ENTRY = {
    "key": "bestuur",
    "name": "Bestuur",
    "preset": "openid",
    "issuer": "https://login.idp.nl/x",
    "client_id": "k",
    "secret_file": "secret",
}
ASK = "from kring import settings; print(settings.CONTENT_SECURITY_POLICY['DIRECTIVES']['form-action'], len(settings.SSO))"


def start(folder: Path, mode: str, **changed: str) -> subprocess.CompletedProcess[str]:
    (folder / "secret").write_text("geheim")
    (folder / "sso.yaml").write_text(yaml.safe_dump({"providers": [ENTRY | changed]}))
    needed = {"KRING_MODE": mode, "KRING_SSO": str(folder / "sso.yaml"), "KRING_SECRET": "x" * 50, "KRING_HOSTS": "kring.nl"}
    environment = {**os.environ, "PYTHONPATH": "src", **needed}
    return subprocess.run([sys.executable, "-c", ASK], capture_output=True, text=True, env=environment, check=False, timeout=60)


def test_forms_may_lead_to_the_provider_and_nowhere_else(tmp_path: Path) -> None:
    assert start(tmp_path, "production").stdout.strip() == """["'self'", 'https://login.idp.nl'] 1"""


def test_kring_does_not_start_with_a_file_that_is_wrong(tmp_path: Path) -> None:
    wrong = start(tmp_path, "production", issuer="http://login.idp.nl", colour="red")
    assert wrong.returncode != 0
    assert "sso.yaml, aanbieder “bestuur”, regel" in wrong.stderr
    assert "gaat over http" in wrong.stderr
    assert "Het veld “colour” bestaat hier niet" in wrong.stderr
    assert start(tmp_path, "demo", issuer="http://login.idp.nl").returncode == 0


@pytest.mark.django_db
def test_the_login_page_shows_a_button_for_every_provider(client: Client, settings: Settings) -> None:
    settings.SSO = ()
    assert "Inloggen via" not in client.get(reverse("account_login")).content.decode()
    settings.SSO = (IdentityProvider("bestuur", "Stichting Tweeluik", Protocol.OPENID, "https://idp.nl", frozenset()),)
    page = client.get(reverse("account_login"), {"next": "/account/identities/"}).content.decode()
    assert "Inloggen via Stichting Tweeluik" in page
    form = page.partition(reverse("sign_on", args=["bestuur"]))[2].partition("</form>")[0]
    assert 'name="next" value="/account/identities/"' in form


def test_no_route_of_allauth_itself_logs_in_by_a_provider() -> None:
    modules = {getattr(route.callback, "__module__", "") for _, route in all_routes()}
    assert not any("socialaccount" in module for module in modules)
