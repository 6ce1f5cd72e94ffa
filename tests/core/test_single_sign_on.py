"""Whose identity it is and what it proves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.single_sign_on import (
    LastWayIn,
    NotLinkedYet,
    NotOfThisSchool,
    check_a_way_in_stays,
    check_belongs,
    check_may_be_new,
    fingerprint_of,
    proved_second_factor,
)

TEXT = st.text(max_size=12)


@given(TEXT, TEXT, TEXT, TEXT)
def test_only_the_same_subject_at_the_same_issuer_is_the_same_person(issuer: str, subject: str, other: str, else_: str) -> None:
    same = (issuer, subject) == (other, else_)
    assert (fingerprint_of(issuer, subject) == fingerprint_of(other, else_)) is same


def test_a_boundary_that_moves_makes_another_person() -> None:
    assert fingerprint_of("https://a", "bc") != fingerprint_of("https://ab", "c")


@pytest.mark.parametrize(
    ("said", "accepted", "proved"),
    [
        (["pwd", "mfa"], {"mfa"}, True),
        (["pwd"], {"mfa"}, False),
        ([], {"mfa"}, False),
        (["mfa"], set(), False),
        (["MFA"], {"mfa"}, False),
        (["https://refeds.org/profile/mfa"], {"mfa", "https://refeds.org/profile/mfa"}, True),
    ],
)
def test_a_second_factor_is_proved_in_the_words_the_school_accepts(said: list[str], accepted: set[str], proved: bool) -> None:
    assert proved_second_factor(said=said, accepted=frozenset(accepted)) is proved


def test_an_identity_belongs_when_every_claim_fits() -> None:
    wanted = {"hd": frozenset({"school.nl"}), "eduPersonAffiliation": frozenset({"employee", "staff"})}
    check_belongs({"hd": ("School.nl",), "eduPersonAffiliation": ("student", "employee")}, wanted)
    check_belongs({}, {})


@pytest.mark.parametrize(
    ("claims", "claim"),
    [({}, "hd"), ({"hd": ()}, "hd"), ({"hd": ("elders.nl",)}, "hd"), ({"hd": ("school.nl",), "kind": ("student",)}, "kind")],
)
def test_another_organisation_or_kind_stays_outside(claims: dict[str, tuple[str, ...]], claim: str) -> None:
    with pytest.raises(NotOfThisSchool) as refused:
        check_belongs(claims, {"hd": frozenset({"school.nl"}), "kind": frozenset({"staff"})})
    assert refused.value.claim == claim


@pytest.mark.parametrize(
    ("password", "passkeys", "others", "refused"),
    [(True, 0, 0, False), (False, 1, 0, False), (False, 0, 1, False), (False, 0, 0, True)],
)
def test_the_last_way_in_stays(password: bool, passkeys: int, others: int, refused: bool) -> None:
    if not refused:
        return check_a_way_in_stays(has_password=password, passkeys=passkeys, other_identities=others)
    with pytest.raises(LastWayIn):
        check_a_way_in_stays(has_password=password, passkeys=passkeys, other_identities=others)
    return None


def test_a_stranger_comes_in_where_accounts_are_made() -> None:
    check_may_be_new(makes_accounts=True)
    with pytest.raises(NotLinkedYet):
        check_may_be_new(makes_accounts=False)
