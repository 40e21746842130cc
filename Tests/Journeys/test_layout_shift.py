"""Nothing moves under the candidate's eyes, from the link to the receipt."""

import pytest

import shifts
from parley import Interview
from test_layout import DESKTOP, PHONE
from test_text_answers import assessment  # noqa: F401


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_nothing_moves_through_the_whole_flow(device, recruiter, candidates, assessment, viewport):  # noqa: F811
    interview = Interview(recruiter, candidates[1], assessment, thinkTimeSeconds=1, timeLimitSeconds=30).send()
    page = device(viewport).new_page()
    page.add_init_script(shifts.OBSERVE)
    page.goto(interview.created["candidateURL"])
    shifts.go_through(page)
    assert shifts.unasked(page) == []
    assert interview.show()["status"] == "SUBMITTED"


def test_a_shift_is_noticed(device, recruiter, candidates, assessment):  # noqa: F811
    interview = Interview(recruiter, candidates[1], assessment).send()
    page = device().new_page()
    page.add_init_script(shifts.OBSERVE)
    page.goto(interview.created["candidateURL"])
    shifts.settle(page)
    page.evaluate("document.querySelector('main').prepend(document.createElement('hr'))")
    page.wait_for_function("() => shifts.length > 0")
    assert shifts.cumulative(page) > 0
