"""How soon an event reaches the function that it is for, and how many a second do.

The events are such as come twice in real life: a recording that the store tells of again, a deadline
that is not the planned one any more. So the functions look, note the receipt and change nothing else.
"""

import json
import subprocess
from statistics import median, quantiles

from stack import POSTGRES, RUN, fail

from uploads import put

SIZE = 1 << 20
# From the moment that the event's transaction began to the one in which the function's did.
HOPS = """SELECT extract(epoch FROM r.received_at - e.created_at) * 1000 FROM event e JOIN delivery d ON d.event_id = e.id
    JOIN receipt r ON r.webhook_id = d.id::text WHERE e.created_at >= '{since}' AND e.topic = 'interview.deadline-passed'"""
RATE = """SELECT count(*) / extract(epoch FROM max(d.finished_at) - '{since}') FROM event e JOIN delivery d ON d.event_id = e.id
    WHERE d.state = 'done' AND e.id > '{last}'"""


class Events:
    """Of one interview and one recording, both of the sample organisation."""

    def __init__(self, person, path):
        """path: where the requests of an interview's candidate begin"""
        question = person.get(path)["questions"][0]["id"]
        person.post(f"{path}/start")
        grant = person.get(f"{path}/upload-url", questionId=question, mimeType="video/webm", size=SIZE)
        put(grant["uploadUrl"], SIZE, grant["headers"])
        key = grant["videoKey"]
        self.organization, interview, _ = key.split("/")
        self.stored = f"'blob.stored', '{json.dumps({'key': key, 'size': SIZE, 'contentType': 'video/webm'})}'"
        passed = {"interviewId": interview, "planId": interview, "deadlineAt": "2030-01-01T00:00:00Z"}
        self.passed = f"'interview.deadline-passed', '{json.dumps(passed)}'"
        settle()

    def hops(self, count, pause):
        """Milliseconds to the function of each of so many events, with so many seconds between two."""
        one = f"{self.on_behalf()} SELECT emit({self.passed}); SELECT pg_sleep({pause});"
        since = query("SELECT clock_timestamp()")
        query(one * count)
        settle()
        return [float(line) for line in query(HOPS.format(since=since)).split()]

    def rate(self, count):
        """Deliveries a second of so many events that are there at once, for two functions."""
        last = query("SELECT max(id::text) FROM event")
        query(f"""BEGIN; {self.on_behalf()} SELECT emit({self.stored}), emit({self.passed}) FROM generate_series(1, {count // 2});
            COMMIT""")
        since = query("SELECT clock_timestamp()")
        settle()
        return float(query(RATE.format(since=since, last=last)))

    def on_behalf(self):
        return f"SELECT set_config('app.organization', '{self.organization}', false);"


def settle():
    """Waits until everything that is due was delivered. A lease ends within 15 seconds."""
    query("""DO $$ BEGIN
        WHILE EXISTS (SELECT FROM delivery WHERE state = 'ready' AND run_at <= clock_timestamp() + interval '15 seconds') LOOP
            PERFORM pg_sleep(0.1);
        END LOOP;
    END $$""")


def summary(hops):
    """(median, 95th percentile)"""
    return median(hops), quantiles(hops, n=20)[-1]


def query(sql):
    command = [POSTGRES / "psql", json.loads((RUN / "demo.json").read_text())["databaseURL"], "-XAtq", "--set=ON_ERROR_STOP=1"]
    result = subprocess.run(command, input=sql, capture_output=True, text=True)
    if result.returncode != 0:
        fail(result.stderr)
    return result.stdout.strip()
