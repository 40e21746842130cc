#!/usr/bin/python3
"""Starts Parley on this machine, or brings what runs in step with the checkout.

State lives in $PARLEY_RUN (.run), the address is 127.0.0.1:$PARLEY_PORT (8080),
the functions come from $PARLEY_FUNCTIONS (.build/release).
"""

import base64
import fcntl
import json
import os
import re
import secrets
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from urllib.parse import urlsplit

from stack import (
    CHECKOUT, DATABASE, DATABASE_SOCKET, FUNCTIONS, LOCAL, PORT, POSTGRES, RUN, USER,
    Process, as_database_user, fail, say)

NGINX = "/usr/sbin/nginx"
INETD = "/usr/sbin/inetd"
GENERATED = CHECKOUT / "nginx/generated"
LONGEST_SOCKET = 107  # sun_path, less its final NUL


def main():
    os.umask(0o077)
    check_machine()
    make_folders()
    with open(RUN / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        print(f"Starting Parley in {RUN}")
        check_port()
        make_secrets()
        settings = basic_settings()
        store_origins = check_store({**os.environ, **settings})
        start_postgres()
        start_mailbox(settings)
        settings["PARLEY_SMTP"] = os.environ.get("PARLEY_SMTP") or local_smtp()
        write_environment(settings)
        environment = {**os.environ, **settings}
        check_providers(environment)
        migrate(environment)
        start_functions(environment)
        start_courier(environment)
        start_nginx(environment, store_origins)
        wait_until_healthy()
    print(f"Parley is up at {settings['PARLEY_BASE_URL']}")


# ---- Before anything is started ------------------------------------------------

def check_machine():
    for path in (RUN, CHECKOUT, FUNCTIONS):
        if not re.fullmatch(r"[\w./+~-]+", str(path)):
            fail(f"the path {path} has a character that nginx or inetd would not take as it is")
    for program in (NGINX, INETD, POSTGRES / "initdb", "/usr/bin/setpriv"):
        if not os.access(program, os.X_OK):
            fail(f"{program} is missing; run nginx/local/packages.sh")
    for line in activation():
        path, program = line.split()[0], line.split()[5]
        if len(path.encode()) > LONGEST_SOCKET:
            fail(f"the socket {path} would be longer than {LONGEST_SOCKET} bytes; "
                 "choose a shorter PARLEY_RUN")
        if not os.access(program, os.X_OK):
            fail(f"{program} is missing; run make build")


def check_port():
    if Process("nginx").pid() and f"127.0.0.1:{PORT};" in (RUN / "nginx.conf").read_text():
        return
    Process("nginx").stop()
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", PORT))
        except OSError as error:
            fail(f"127.0.0.1:{PORT} cannot be used ({error.strerror}); "
                 "set PARLEY_PORT to a free port")


# ---- State ---------------------------------------------------------------------

def make_folders():
    RUN.mkdir(parents=True, exist_ok=True)
    # As root, PostgreSQL runs as its own user and has to pass through.
    RUN.chmod(0o711 if os.getuid() == 0 else 0o700)
    for name in ("pids", "log", "sockets", "tmp", "blobs", "blobs/objects", "blobs/parts", "blobs/.spool"):
        (RUN / name).mkdir(exist_ok=True)
    for name in ("data", "socket"):
        folder = RUN / "postgres" / name
        folder.mkdir(parents=True, exist_ok=True)
        if os.getuid() == 0:
            shutil.chown(folder.parent, "postgres", "postgres")
            shutil.chown(folder, "postgres", "postgres")


def make_secrets():
    for name in ("secret", "playback-secret", "resend-secret"):
        if not (RUN / name).exists():
            write_whole(RUN / name, secrets.token_hex(32) + "\n")


def resend_settings():
    """Mail goes by Resend when it is given a key; its reports can be tried in any case."""
    own = base64.b64encode(bytes.fromhex((RUN / "resend-secret").read_text())).decode()
    settings = {name: os.environ.get(name) for name in ("PARLEY_RESEND_KEY", "PARLEY_RESEND_URL")}
    settings["PARLEY_RESEND_WEBHOOK_SECRET"] = os.environ.get("PARLEY_RESEND_WEBHOOK_SECRET") or f"whsec_{own}"
    return {name: value for name, value in settings.items() if value}


def blob_settings():
    """Recordings stay here unless PARLEY_BLOB names another store."""
    names = ("PARLEY_BLOB", "PARLEY_BLOB_CREDENTIALS_FILE", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN",
             "AZURE_STORAGE_KEY")
    given = {name: os.environ[name] for name in names if os.environ.get(name)}
    return given if "PARLEY_BLOB" in given else {"PARLEY_BLOB": f"file://{RUN}/blobs"}


def basic_settings():
    base = os.environ.get("PARLEY_BASE_URL") or f"http://127.0.0.1:{PORT}"
    return {
        "PARLEY_RUN": str(RUN),
        "PARLEY_BASE_URL": base,
        "PARLEY_DATABASE": DATABASE,
        "PARLEY_SECRET_FILE": str(RUN / "secret"),
        "PARLEY_PLAYBACK_SECRET_FILE": str(RUN / "playback-secret"),
        **blob_settings(),
        "PARLEY_LOG": str(RUN / "log/functions.log"),
        "PARLEY_TEMPORARY": str(RUN / "tmp"),
        "PARLEY_MAIL_FROM": os.environ.get("PARLEY_MAIL_FROM") or "interviews@parley.example",
        "PARLEY_IDLE_SECONDS": os.environ.get("PARLEY_IDLE_SECONDS") or "10",
        **resend_settings(),
        # The providers of engines: what the operator says, else the file in the state folder if there is one.
        "PARLEY_AI": os.environ.get("PARLEY_AI") or (str(RUN / "providers.json") if (RUN / "providers.json").exists() else ""),
        # "allow" only for tests: whether webhooks may be sent to http addresses on this machine.
        "PARLEY_WEBHOOK_LOOPBACK": os.environ.get("PARLEY_WEBHOOK_LOOPBACK") or "",
    }


def check_providers(environment):
    result = subprocess.run([FUNCTIONS / "CheckProviders"], env=environment, capture_output=True, text=True)
    if result.returncode != 0:
        fail(f"the providers of engines are not declared rightly:\n{result.stderr}")


def check_store(environment):
    """Has the store's addresses signed. Returns where else than here pages may send recordings to and play them from."""
    orders = "".join(f'{{"method": "{method}", "key": "recording"}}\n' for method in ("GET", "PUT"))
    result = subprocess.run([FUNCTIONS / "Presign"], env=environment, input=orders, capture_output=True, text=True)
    if result.returncode != 0:
        fail(f"the store of recordings is not declared rightly:\n{result.stderr}")
    origins = {f"{parts.scheme}://{parts.netloc}" for parts in map(urlsplit, result.stdout.split())}
    return " ".join(sorted(origins - {environment["PARLEY_BASE_URL"]}))


def write_environment(settings):
    write_whole(RUN / "environment", "".join(f"{k}={v}\n" for k, v in settings.items()))


def filled(template, **values):
    """The template with the names between @ replaced."""
    values |= {
        "RUN": str(RUN), "PORT": str(PORT), "USER": USER, "CHECKOUT": str(CHECKOUT),
        "FUNCTIONS": str(FUNCTIONS),
    }
    if "@PLAYBACK_SECRET@" in template:
        values["PLAYBACK_SECRET"] = (RUN / "playback-secret").read_text().strip()
    return re.sub(r"@([A-Z_]+)@", lambda name: values[name[1]], template)


def activation():
    """One inetd line per function."""
    text = filled((GENERATED / "activation.conf").read_text())
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def write_whole(path, text):
    """Writes the file so that a reader finds the old text or the new one."""
    draft = path.with_name(path.name + ".part")
    draft.write_text(text)
    draft.rename(path)


# ---- Components ------------------------------------------------------------------

def start_postgres():
    data = RUN / "postgres/data"
    if not (data / "PG_VERSION").exists():
        run_quietly(as_database_user([
            POSTGRES / "initdb", "--pgdata", data, "--username=parley_admin",
            "--auth-local=trust", "--auth-host=reject",
            "--encoding=UTF8", "--locale=C.UTF-8"]))
    settings = {
        "listen_addresses": "", "unix_socket_directories": DATABASE_SOCKET,
        "max_connections": 200, "timezone": "UTC", "log_timezone": "UTC",
        # Statements and the messages of failed ones hold what people wrote.
        # The functions log the SQLSTATE.
        "log_min_messages": "log", "log_min_error_statement": "panic",
    }
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    Process("postgres").ensure(
        as_database_user([POSTGRES / "postgres", "-D", data, *options]),
        {"PATH": "/usr/bin:/bin"})
    server = ["-h", DATABASE_SOCKET, "-U", "parley_admin", "-d", "postgres"]

    def accepts():
        if not Process("postgres").pid():
            fail(f"PostgreSQL ended; {RUN}/log/postgres.log says why")
        return succeeds(POSTGRES / "pg_isready", *server)
    wait_for("the database", accepts)
    psql = [POSTGRES / "psql", *server]
    exists = "SELECT 1 FROM pg_database WHERE datname = 'parley'"
    if not run_quietly([*psql, "-XAtc", exists]):
        run_quietly([*psql, "-Xqc", "CREATE DATABASE parley"])


def start_mailbox(settings):
    port = RUN / "smtp.port"
    if not Process("mailbox").pid():
        port.unlink(missing_ok=True)
    # The system's Python: aiosmtpd is a Debian package.
    Process("mailbox").ensure(
        ["/usr/bin/python3", LOCAL / "mailbox.py"],
        {"PATH": "/usr/bin:/bin", "PARLEY_RUN": settings["PARLEY_RUN"]}, [LOCAL / "mailbox.py"])
    wait_for("the mailbox", port.exists)


def local_smtp():
    return f"smtp://127.0.0.1:{(RUN / 'smtp.port').read_text().strip()}"


def migrate(environment):
    result = subprocess.run(
        [FUNCTIONS / "Migrate", CHECKOUT / "Shared/Schema", GENERATED / "subscriptions.sql"],
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if result.returncode != 0:
        fail(f"the schema could not be brought up to date:\n{result.stdout}")
    say("schema", "is up to date")


def start_functions(environment):
    write_whole(RUN / "inetd.conf", "\n".join(activation()) + "\n")
    # -E keeps the environment, -R lifts the limit on starts in a minute,
    # -q is the queue of connections that wait while a function starts.
    Process("inetd").ensure(
        [INETD, "-i", "-E", "-R", "100000", "-q", "1024", RUN / "inetd.conf"],
        environment, [RUN / "inetd.conf"])


def start_courier(environment):
    courier = FUNCTIONS / "Courier"
    Process("courier").ensure([LOCAL / "keep.sh", courier], environment, [courier])


def start_nginx(environment, store_origins):
    configuration = RUN / "nginx.conf"
    template = (CHECKOUT / "nginx/nginx.conf").read_text()
    write_whole(configuration, filled(template, STORES=store_origins))
    command = [NGINX, "-p", RUN, "-e", RUN / "log/nginx.log", "-c", configuration]
    if os.getuid() == 0:
        # The functions run as root here and have to read what nginx spools.
        command += ["-g", "user root;"]
    if not Process("nginx").pid():
        # What an upload left that a killed nginx could not clear away.
        for spooled in (RUN / "blobs/.spool").iterdir():
            spooled.unlink()
    Process("nginx").ensure(
        command, environment,
        [configuration, CHECKOUT / "nginx/parameters.conf", GENERATED / "routes.conf"])


# ---- Waiting -----------------------------------------------------------------------

def wait_until_healthy():
    def healthy():
        if not Process("nginx").pid():
            fail(f"nginx ended; {RUN}/log/nginx.log says why")
        status, answer = health()
        healthy.answer = answer
        return status == 200
    healthy.answer = ""
    wait_for("every part", healthy, lambda: f"\n{healthy.answer}")
    checks = json.loads(healthy.answer).get("checks", [])
    say("health", ", ".join(f"{check['name']} {check['status']}" for check in checks) or "ok")


def health():
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{PORT}/health", timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()
    except OSError as error:
        return 0, str(error)


def wait_for(what, ready, explain=lambda: "", patience=60):
    deadline = time.monotonic() + patience
    while not ready():
        if time.monotonic() > deadline:
            fail(f"{what} did not get ready; the logs are in {RUN}/log{explain()}")
        time.sleep(0.1)


def succeeds(*command):
    return subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0


def run_quietly(command):
    """Runs the command to its end and returns what it printed."""
    result = subprocess.run(command, cwd="/", capture_output=True, text=True)
    if result.returncode != 0:
        fail(f"{command[0]} failed:\n{result.stderr or result.stdout}")
    return result.stdout.strip()


main()
