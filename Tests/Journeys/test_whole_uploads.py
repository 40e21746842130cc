"""Recordings that come in one piece: cut, too long, or too late."""

from urllib.parse import urlsplit

from parley import Interview, accepted, eventually, is_problem
from test_uploads import LARGEST, connection, upload  # noqa: F401 - a fixture


def put_head(grant, length):
    place = urlsplit(grant["uploadUrl"])
    return (f"PUT {place.path}?{place.query} HTTP/1.1\r\nHost: {place.netloc}\r\n"
            f"Content-Type: {grant['headers']['Content-Type']}\r\nContent-Length: {length}\r\n\r\n").encode()


def test_a_whole_recording_that_is_cut_in_the_middle(upload, recording):  # noqa: F811
    interview, question, content = upload.interview, upload.question, recording.read_bytes()
    grant = interview.grant(question, recording)
    with connection(grant["uploadUrl"]) as line:
        line.sendall(put_head(grant, len(content)) + content[:len(content) // 2])
    is_problem(interview.save(question, grant), "CONFLICT")
    assert interview.put(grant, content).status_code == 201
    accepted(interview.save(question, grant))


def test_a_whole_recording_of_a_byte_too_many(upload):  # noqa: F811
    query = {"questionId": upload.question, "mimeType": "video/webm"}
    grant = upload.interview.candidate.get(f"{upload.interview.path}/upload-url", **query)
    assert grant["maxBytes"] == LARGEST
    with connection(grant["uploadUrl"]) as line:
        line.sendall(put_head(grant, LARGEST + 1))
        assert line.recv(65536).startswith(b"HTTP/1.1 413")


def test_what_was_given_up_does_not_come_back(recruiter, candidates, one_question, recording, run, database):
    """The permission for a take whose place another one took is still good for minutes."""
    interview = Interview(recruiter, candidates[1], one_question).send().start()
    question, content = interview.questions[0], recording.read_bytes()
    earlier = interview.grant(question, recording)
    interview.answer(question, recording)
    given_up = "SELECT 1 FROM recording WHERE video_key = %s AND status = 'TERMINATED'"
    eventually(lambda: database.execute(given_up, [earlier["videoKey"]]).fetchone(), "the end of the earlier one")
    is_problem(interview.put(earlier, content), "GONE")
    assert not (run / "blobs/objects" / earlier["videoKey"]).exists()
    assert database.execute("SELECT count(*) FROM blob WHERE key = %s", [earlier["videoKey"]]).fetchone() == (0,)
