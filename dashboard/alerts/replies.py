"""What a service says in the body of a 200: errors there are told as those of a status are."""

from collections.abc import Collection, Mapping

from dashboard.alerts.web import Answer, Later, Refused, Unknown

# Of a service's text, shown to staff.
_MOST = 200


def check_code(
    answer: Answer,
    code_at: str,
    said_at: str,
    later: Mapping[int, int],
    perhaps_done: Collection[int] = (),
) -> None:
    """Return where the code in an answer is 0, and raise what any other means.

    `later`: the codes that say "not now", each with the seconds to wait; `perhaps_done`: those
    after which nobody can say. Rubbish is `Unknown` too, or `Later` where nothing could be seen.
    """
    code = answer.at(code_at)
    if code == 0:
        return
    if not isinstance(code, int):
        raise _nobody_knows(answer, f"{code_at} is no number")
    if code in later:
        raise Later(f"{code_at} {code}", later[code])
    if code in perhaps_done:
        raise _nobody_knows(answer, f"{code_at} {code}")
    raise refused(f"{code_at} {code}", answer.json().get(said_at, ""))


def refused(code: object, said: object) -> Refused:
    """Return the exception for an error that a service names by `code` and in words."""
    text = "".join(char if char.isprintable() else " " for char in f"{code} {said}")
    return Refused(text[:_MOST].strip())


def _nobody_knows(answer: Answer, reason: str) -> Exception:
    return Unknown(reason) if answer.seen else Later(reason)
