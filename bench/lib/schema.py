"""What a large schema costs: bench/schema --help."""

import argparse
import datetime
import http.client
import os
import re
import signal
import statistics
import subprocess
import sys
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
REPOSITORY = os.path.dirname(os.path.dirname(HERE))
ROLES = "do $$ begin create role bench_web; exception when duplicate_object then null; end $$"
NO_ROLES = "do $$ begin drop role if exists bench_web; exception when dependent_objects_still_exist then null; end $$"
PROBES = 2
PAUSE = 0.005


class Postgres:
    """A database of this run's own on a server that is there; the address is libpq's."""

    def __init__(self, address):
        self.server = address
        self.database = f"ashlar_bench_{os.getpid()}"
        self.address = re.sub(r"/[^/?]*(\?|$)", rf"/{self.database}\1", address, count=1)
        if self.address == address:
            raise SystemExit("--database must be postgres://user@host:port/name")

    def sql(self, statement, address=None, **settings):
        options = " ".join(f"-c bench.{name}={value}" for name, value in settings.items())
        done = subprocess.run(
            ["psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-d", address or self.address],
            input=statement, check=True, capture_output=True, text=True, env={**os.environ, "PGOPTIONS": options},
        )
        return done.stdout.strip()

    def create(self, tables):
        self.sql(f"create database {self.database}", self.server)
        self.sql(ROLES)
        with open(os.path.join(HERE, "..", "sql", "tables.sql")) as file:
            self.sql(file.read(), tables=tables)
        self.sql("vacuum (analyze)")

    def drop(self):
        self.sql(f"drop database if exists {self.database} with (force)", self.server)
        self.sql(NO_ROLES, self.server)


class Server:
    """`ashlar postgrest` on the database, whose log tells how long each read of the schema took."""

    def __init__(self, command, address, port, log):
        environment = {
            "PGRST_DB_URI": address,
            "PGRST_DB_SCHEMAS": "public",
            "PGRST_DB_ANON_ROLE": "bench_web",
            "PGRST_SERVER_HOST": "127.0.0.1",
            "PGRST_SERVER_PORT": str(port),
            "PGRST_LOG_LEVEL": "debug",
        }
        self.log, self.port = log, port
        with open(log, "w") as output:
            self.process = subprocess.Popen(
                [*command, "postgrest"], env={**os.environ, **environment}, stdin=subprocess.DEVNULL,
                stdout=output, stderr=subprocess.STDOUT, start_new_session=True,
            )

    def reads(self):
        with open(self.log) as file:
            return [int(ms) for ms in re.findall(r"Read the catalog in (\d+) ms", file.read())]

    def await_reads(self, count, limit=180):
        end = time.monotonic() + limit
        while len(self.reads()) < count:
            if time.monotonic() > end or self.process.poll() is not None:
                raise SystemExit(f"The server did not read the schema; see {self.log}")
            time.sleep(0.01)

    def await_answer(self, limit=60):
        """Until the schema is there: before that, reads are refused."""
        end = time.monotonic() + limit
        while True:
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
                connection.request("GET", "/t1?limit=1")
                if connection.getresponse().status == 200:
                    return
            except OSError:
                pass
            if time.monotonic() > end:
                raise SystemExit(f"The server does not answer; see {self.log}")
            time.sleep(0.05)

    def java(self):
        """The JVM: the process itself, or its child."""
        pids = [self.process.pid, *map(int, subprocess.run(
            ["pgrep", "-g", str(self.process.pid)], capture_output=True, text=True).stdout.split())]
        return next(pid for pid in pids if "java" in os.path.basename(os.readlink(f"/proc/{pid}/exe")))

    def rss_mb(self):
        with open(f"/proc/{self.java()}/status") as file:
            return next(int(line.split()[1]) for line in file if line.startswith("VmRSS")) / 1024

    def live_mb(self):
        """What is left of the heap after a full collection."""
        jcmd = os.path.join(os.path.dirname(os.path.realpath(f"/proc/{self.java()}/exe")), "jcmd")
        histogram = subprocess.run(
            [jcmd, str(self.java()), "GC.class_histogram"], check=True, capture_output=True, text=True).stdout
        return int(histogram.split("\nTotal")[1].split()[1]) / 1e6

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)


class Probes:
    """Small reads, one after the other on each connection, and how long each took."""

    def __init__(self, port):
        self.port, self.taken, self.ended = port, [], threading.Event()
        self.threads = [threading.Thread(target=self._ask, daemon=True) for _ in range(PROBES)]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.ended.set()
        for thread in self.threads:
            thread.join()

    def _ask(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        while not self.ended.is_set():
            began = time.monotonic()
            connection.request("GET", "/t1?select=id,name&id=eq.1")
            answer = connection.getresponse()
            body = answer.read()
            self.taken.append((time.monotonic() - began) * 1000)
            if answer.status != 200 or b"one" not in body:
                raise SystemExit(f"{answer.status} {body!r}")
            time.sleep(PAUSE)


def measure(server, database, reloads):
    server.await_reads(1)
    first = server.reads()[0]
    live = server.live_mb()
    with Probes(server.port) as calm:
        time.sleep(5)
    calm.taken = calm.taken[len(calm.taken) // 2:]
    changes = [f"alter table t{i % 100 + 2} add column new{i} integer" for i in range(reloads)]
    # Whatever is named with its schema may be named otherwise now.
    renames = [f"alter schema apart{i} rename to apart{i + 1}" for i in range((reloads + 3) // 4)]
    database.sql("create schema apart0")
    return {
        "first load ms": first,
        "live heap MB": round(live),
        **summary("request ms, at rest", calm.taken),
        **reloaded(server, database, "reload of one table", changes),
        **reloaded(server, database, "reload of all", renames),
        "live heap MB after reloads": round(server.live_mb()),
        "RSS MB": round(server.rss_mb()),
    }


def reloaded(server, database, name, changes):
    """Makes each change with a NOTIFY, and awaits the reload, while requests go on."""
    before = len(server.reads())
    with Probes(server.port) as probes:
        for change in changes:
            count = len(server.reads())
            database.sql(f"{change}; notify pgrst")
            server.await_reads(count + 1)
            time.sleep(0.2)
    return {**summary(f"{name}, ms", server.reads()[before:]), **summary("    request ms meanwhile", probes.taken, name)}


def summary(title, taken, of=""):
    return {(of, f"{title}, {word}"): round(figure, 1)
            for word, figure in (("median", statistics.median(taken)), ("worst", max(taken)))}


def main():
    parser = argparse.ArgumentParser(
        prog="bench/schema", description="Creates a database with many tables on a PostgreSQL, serves it, changes a table"
        " again and again, and prints what reading the schema takes and what requests feel of it. Drops the database.")
    parser.add_argument("--database", required=True, help="postgres://superuser@host:port/any of a PostgreSQL 14 or later")
    parser.add_argument("--tables", type=int, default=10_000)
    parser.add_argument("--reloads", type=int, default=20)
    parser.add_argument("--port", type=int, default=13000)
    parser.add_argument("--log", default="/tmp/ashlar-bench-schema.log")
    parser.add_argument("--ashlar", nargs="+", default=[os.path.join(REPOSITORY, "ashlar")], help=argparse.SUPPRESS)
    asked = parser.parse_args()
    database = Postgres(asked.database)
    server = None
    try:
        database.create(asked.tables)
        server = Server(asked.ashlar, database.address, asked.port, asked.log)
        figures = measure(server, database, asked.reloads)
    finally:
        if server:
            server.stop()
        database.drop()
    print(f"{datetime.date.today()}, {asked.tables} tables, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    for name, value in figures.items():
        print(f"{name if isinstance(name, str) else name[1]:36} {value:>10,}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
