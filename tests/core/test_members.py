from dashboard.core.members import member


def test_a_member_is_named_by_its_rule_and_what_it_is_of() -> None:
    assert member("club", "apple") == "club-apple"
    assert member("club", "苹果").startswith("club-")
    assert member("club", "苹果") != member("club", "梨")


def test_two_long_rules_that_begin_alike_share_no_members() -> None:
    long = "a" * 40
    keys = {member(rule, of) for rule in (long, f"{long}b", f"{long}c") for of in ("x", "苹果")}
    assert len(keys) == 6
    assert max(map(len, keys)) <= 64
