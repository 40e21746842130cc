"""What becomes of an interview whose analysis the courier gives up: it can be reviewed, and it says so."""

import pytest
from playwright.sync_api import expect

from parley import Interview, accepted, eventually
from test_consent import calls_to_review
from test_faults import dead_letters
from test_review import page, review  # noqa: F401 - a fixture
from test_text_answers import TEXT, only_text, write  # noqa: F401 - a fixture


@pytest.fixture
def interview(recruiter, candidates, only_text):  # noqa: F811
    return Interview(recruiter, candidates[1], only_text).send().start()


@pytest.fixture
def refused(interview, database):
    """While it lasts, the database refuses to keep insights of this interview's answers."""
    database.execute(f"""
        CREATE OR REPLACE FUNCTION refuse_insights() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE unique_violation; END $$;
        CREATE TRIGGER refuse_insights BEFORE UPDATE ON video_response FOR EACH ROW
            WHEN (NEW.async_interview_id = '{interview.id}' AND NEW.ai_insights IS NOT NULL) EXECUTE FUNCTION refuse_insights()""")

    def end():
        database.execute("DROP TRIGGER IF EXISTS refuse_insights ON video_response")
    yield end
    end()


def letter(database, interview):
    """The id of the delivery that was given up; None while there is none."""
    found = database.execute("""
        SELECT d.id::text FROM delivery d JOIN event e ON e.id = d.event_id JOIN video_response v ON e.data ->> 'videoResponseId' = v.id::text
        WHERE v.async_interview_id = %s AND d.state = 'dead'""", [interview.id]).fetchone()
    return found and found[0]


def status(interview):
    return interview.show()["aiAnalysisStatus"]


def test_an_analysis_that_is_given_up(interview, refused, recruiter, database, demo, run, page, screens):  # noqa: F811
    accepted(write(interview, TEXT))
    lost = eventually(lambda: letter(database, interview), "giving up")
    assert (status(interview), calls_to_review(database, interview)) == ("pending", 0)
    accepted(interview.submit())
    assert (status(interview), calls_to_review(database, interview)) == ("failed", 1)
    [answer] = interview.show()["videoResponses"]
    assert (answer["transcriptStatus"], answer["analysisStatus"], answer["aiInsights"]) == ("complete", "failed", None)
    missing = recruiter.get("/api/dashboard")["attention"]["failedAnalyses"]["interviews"]
    assert interview.id in [each["id"] for each in missing]
    review(page, interview)
    expect(page.locator("#analysis-given-up")).to_contain_text("judge by the answer itself")
    screens.see(page, "review-given-up")

    refused()
    assert dead_letters(demo, run, "replay", lost) == "1 made due again\n"
    assert interview.wait_until_analysed()["videoResponses"][0]["analysisStatus"] == "complete"
    assert calls_to_review(database, interview) == 1


def test_an_analysis_that_is_given_up_after_the_submission(interview, refused, database, demo, run):
    accepted(write(interview, TEXT))
    lost = eventually(lambda: letter(database, interview), "giving up")
    # As if it were still under way when the candidate submits.
    database.execute("UPDATE delivery SET state = 'ready', run_at = now() + interval '1 hour' WHERE id = %s", [lost])
    accepted(interview.submit())
    assert (status(interview), calls_to_review(database, interview)) == ("processing", 0)
    database.execute("UPDATE delivery SET run_at = now() WHERE id = %s", [lost])
    database.execute("NOTIFY delivery")
    eventually(lambda: status(interview) == "failed", "the failure")
    assert calls_to_review(database, interview) == 1
    refused()
    dead_letters(demo, run, "replay", lost)
    interview.wait_until_analysed()
