"""What a browser calls itself, in the words of the person who sits at it."""

from django.utils.translation import gettext as _

BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
"""In this order: most of them also name the ones after them."""
MACHINES = "iPad", "iPhone", "Android", "CrOS", "Windows", "Mac", "Linux"
SAID_AS = {"CrOS": "Chromebook"}


def device_words(user_agent: str) -> str:
    """“Firefox op Windows”; what is not known is not guessed.

    >>> device_words("Mozilla/5.0 (X11; CrOS x86_64) Chrome/140.0 Safari/537.36")
    'Chrome op Chromebook'
    """
    browser = next((name for sign, name in BROWSERS if sign in user_agent), "")
    sign = next((sign for sign in MACHINES if sign in user_agent), "")
    device = SAID_AS.get(sign, sign)
    if browser and device:
        return _("%(browser)s op %(device)s") % {"browser": browser, "device": device}
    return browser or device or _("een onbekend apparaat")
