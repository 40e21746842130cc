"""What the benchmarks run beside the stack: the contenders, and one nginx in front of them all."""

import contextlib
import grp
import os
import pwd
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "nginx/local"))

from stack import (  # noqa: E402
    CHECKOUT, FUNCTIONS, RUN, USER, fail, processes, read_environment, send, tree_of)

SOCKETS = RUN / "bench"
PROGRAM = SOCKETS / "open_interview"
QUERY_C = SOCKETS / "query.h"
QUERY_PHP = SOCKETS / "query.php"


class Rig(contextlib.ExitStack):
    """Everything it started ends when it is left, whatever happens."""

    def __enter__(self):
        super().__enter__()
        SOCKETS.mkdir(exist_ok=True)
        # Contenders stay until they are told to go; none is recycled in the middle of a round.
        self.environment = {
            **os.environ, **read_environment(), "PARLEY_IDLE_SECONDS": "3600",
            "PARLEY_MAX_REQUESTS": "1000000000", "PARLEY_BENCH_QUERY": str(QUERY_PHP)}
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        write_query()
        subprocess.run(
            ["cc", "-std=c11", "-D_GNU_SOURCE", "-O2", "-Wall", "-Wextra", "-Werror", "-I/usr/include/postgresql",
             f"-I{SOCKETS}", "-o", PROGRAM, HERE / "open_interview.c", "-lfcgi", "-lpq", "-lcrypto"], check=True)
        return self

    def start(self, name, command, stdin=subprocess.DEVNULL, **variables):
        """Starts a process that ends with the rig."""
        with open(RUN / f"log/bench-{name}.log", "ab") as log:
            process = subprocess.Popen(
                [str(part) for part in command], env={**self.environment, **variables}, stdin=stdin,
                stdout=log, stderr=log, cwd="/")
        self.callback(stop, process)
        return process

    def start_nginx(self):
        configuration = fill(HERE / "nginx.conf", PORT=str(self.port))
        command = ["/usr/sbin/nginx", "-p", RUN, "-e", RUN / "log/bench-nginx.log", "-c", configuration]
        if os.getuid() == 0:
            command += ["-g", "user root;"]
        self.nginx = self.start("nginx", command)
        wait_until(lambda: listens(self.port), "nginx")

    def start_php(self):
        root = ["--allow-to-run-as-root"] if os.getuid() == 0 else []
        program = next(Path("/usr/sbin").glob("php-fpm8*"), None) or fail("php-fpm is missing")
        for socket_file in SOCKETS.glob("php-*.sock"):
            socket_file.unlink()
        self.start("php", [program, *root, "--nodaemonize", "--fpm-config", fill(HERE / "php-fpm.conf")])
        wait_until(lambda: len(list(SOCKETS.glob("php-*.sock"))) == 4, "PHP-FPM")

    def start_swift(self, name, workers=1, before=(), function="OpenInterview", **settings):
        with listening(name) as listener:
            return self.start(
                name, [*before, FUNCTIONS / function], listener,
                PARLEY_WORKERS=str(workers), PARLEY_LOG=str(RUN / "log/bench-functions.log"), **settings)

    def start_c(self, name, workers=1, before=(), **environment):
        with listening(name) as listener:
            return [self.start(name, [*before, PROGRAM], listener, **environment) for _ in range(workers)][0]

    def start_inetd(self):
        """The Swift function and the C program behind `swift-cold` and `c-cold`, started on demand."""
        lines = [f"{SOCKETS}/swift-cold.sock stream unix wait {USER} {FUNCTIONS}/OpenInterview OpenInterview",
                 f"{SOCKETS}/c-cold.sock stream unix wait {USER} {PROGRAM} open_interview"]
        configuration = SOCKETS / "inetd.conf"
        configuration.write_text("\n".join(lines) + "\n")
        return self.start("inetd", ["/usr/sbin/inetd", "-i", "-E", "-R", "100000", configuration])

    def address(self, path):
        return f"http://127.0.0.1:{self.port}{path}"


@contextlib.contextmanager
def listening(name):
    """A listening socket for a process that takes it as file descriptor 0."""
    path = SOCKETS / f"{name}.sock"
    path.unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(path))
        listener.listen(1024)
        yield listener


def fill(template, **values):
    """The file of the template with the names between @ replaced."""
    values |= {
        "RUN": str(RUN), "SOCKETS": str(SOCKETS), "CHECKOUT": str(CHECKOUT),
        "USER": pwd.getpwuid(os.getuid()).pw_name, "GROUP": grp.getgrgid(os.getgid()).gr_name}
    path = SOCKETS / template.name
    path.write_text(re.sub(r"@([A-Z]+)@", lambda name: values[name[1]], template.read_text()))
    return path


def write_query():
    """Gives the C program and the PHP script the very statement that the function runs."""
    source = (CHECKOUT / "Shared/Interviews/CandidateView.swift").read_text()
    lines = [line.strip() for line in re.search(r'"""\n(.*?)"""', source, re.DOTALL)[1].splitlines()]
    if "\\(" in " ".join(lines):
        fail("CandidateView.own has parameters now; the C program sends none")
    QUERY_C.write_text("#define QUERY \\\n" + " \\\n".join(f'    "{line} "' for line in lines) + "\n")
    QUERY_PHP.write_text("<?php\nconst QUERY = <<<'SQL'\n" + "\n".join(lines) + "\nSQL;\n")


def listens(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def stop(process):
    """Asks the process and what it started to leave, then makes them."""
    tree = tree_of(process.pid, processes().get(process.pid, {}).get("start"))
    process.terminate()
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    send(tree, signal.SIGTERM)


def wait_until(condition, what, patience=60):
    deadline = time.monotonic() + patience
    while not (value := condition()):
        if time.monotonic() > deadline:
            fail(f"{what} took longer than {patience} seconds")
        time.sleep(0.02)
    return value
