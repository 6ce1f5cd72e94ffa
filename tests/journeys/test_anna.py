"""Anna teaches 6A: from the front page to her group, the sociogram, one pupil, and the paper she takes to a meeting."""

from tests.journeys.visitor import Visitor


def test_anna_logs_in_by_the_form_and_sees_her_own_beginning(visitor: Visitor) -> None:
    visitor.open("/")
    visitor.look("front", "dark", "contrast", "phone")
    visitor.open("/login/")
    visitor.look("login", "dark", "phone")
    visitor.log_in("anna")
    visitor.look("anna-home", "dark", "phone")
    visitor.page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Groepen").click()
    visitor.look("anna-groups", "phone")
    visitor.follow("6A")
    visitor.look("anna-group", "dark", "contrast", "phone", "paper")
