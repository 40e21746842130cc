"""What granting an upload costs, beside a function that does nothing but the same work in the database."""

import json
import subprocess

from measures import get
from stack import POSTGRES, RUN

# So few that no question has too many grants.
GRANTS = 40
STORES = {
    "local store": {},
    "S3": {"PARLEY_BLOB": "s3://answers?region=eu-central-1", "AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE",
           "AWS_SECRET_ACCESS_KEY": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"}}


def query(statement):
    database = json.loads((RUN / "demo.json").read_text())["databaseURL"]
    return subprocess.run(
        [POSTGRES / "psql", database, "-XAtqc", statement], check=True, stdout=subprocess.PIPE, text=True).stdout.split()


class Grants:
    """Contenders behind the rig, each with the database connection that is its own."""

    def __init__(self, rig, path, question):
        self.rig = rig
        self.address = f"{path}/upload-url?questionId={question}&mimeType=video/webm&size=1048576"
        self.question = question
        self.processes = {}

    def add(self, host, function, **settings):
        before = self.connections()
        process = self.rig.start_swift(host, function=function, **settings)
        get(self.rig.port, self.address, host)
        self.processes[host] = [process.pid, *(self.connections() - before)]

    def connections(self):
        return set(query("SELECT pid FROM pg_stat_activity WHERE usename = 'parley_candidate'"))

    def cost(self, host):
        """Microseconds of processor time that one grant takes, the function's and the database's."""
        query(f"DELETE FROM recording WHERE question_id = '{self.question}'")
        before = self.used(host)
        for _ in range(GRANTS):
            get(self.rig.port, self.address, host)
        return (self.used(host) - before) / GRANTS / 1000

    def used(self, host):
        """Nanoseconds (proc(5), schedstat), which ticks of a hundredth of a second are too coarse for."""
        total = 0
        for pid in self.processes[host]:
            with open(f"/proc/{pid}/schedstat") as file:
                total += int(file.read().split()[0])
        return total
