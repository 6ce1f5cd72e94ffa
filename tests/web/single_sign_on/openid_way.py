"""The way there and back at the OpenID provider of the tests."""

import re
from typing import Any
from urllib.parse import urljoin

import requests
from django.test import Client
from django.urls import reverse

from kring.web.models import Person
from tests.web.single_sign_on.openid_provider import PASSWORD, PEOPLE

HERE = "http://testserver"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


def subject_of(person: str) -> str:
    """What the provider calls somebody: the number of the row."""
    return str(PEOPLE.index(person) + 1)


def leave(client: Client, route: str = "sign_on", **data: str) -> str:
    answer = client.post(reverse(route, args=["bestuur"]), data)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.headers["Location"])


def log_in_there(address: str, person: str) -> str:
    """What somebody does at the provider, until they are sent back: the address of the way back, with its code."""
    with requests.Session() as browser:
        page = browser.get(address, timeout=10)
        token = TOKEN.search(page.text)
        assert token, page.text
        form = {"login": person, "password": PASSWORD, "csrfmiddlewaretoken": token[1]}
        answer = browser.post(page.url, form, timeout=10, allow_redirects=False, headers={"Referer": page.url})
        while not (back := answer.headers["Location"]).startswith(HERE):
            answer = browser.get(urljoin(answer.url, back), timeout=10, allow_redirects=False)
    return str(back.removeprefix(HERE))


def come_in(client: Client, person: str, **data: str) -> Any:
    return client.get(log_in_there(leave(client, **data), person))


def who_is_in(client: Client) -> Person | None:
    key = client.session.get("_auth_user_id")
    return Person.objects.get(pk=key) if key else None
