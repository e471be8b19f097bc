"""Puts load on a contestant, or on the database alone, and gives the figures of that round."""

import glob
import os
import re
import resource
import subprocess
import tempfile
import threading
import time

from postgres import BENCH
from processes import cpu_seconds, machine_cpu_seconds, rss_mb

MILLISECONDS = {"us": 0.001, "ms": 1, "s": 1_000, "m": 60_000}


class Watch:
    """What a server and the database use between start and stop, per 1,000 requests."""

    def __init__(self, server_pid, database_pid):
        self.pids = (server_pid, database_pid)
        self.most_rss = 0.0
        self.done = threading.Event()
        self.sampler = threading.Thread(target=self._sample, daemon=True)

    def __enter__(self):
        self.at_start = self._now()
        self.sampler.start()
        return self

    def __exit__(self, *_):
        self.at_end = self._now()
        self.done.set()
        self.sampler.join()

    def figures(self, requests):
        server, database, load, machine, clock = (b - a for a, b in zip(self.at_start, self.at_end))
        per_thousand = 1000 / max(requests, 1)
        return {
            "server_cpu": server * per_thousand,
            "database_cpu": database * per_thousand,
            "load_cpu": load * per_thousand,
            "others_cores": max(0.0, machine - server - database - load) / clock,
            "rss_mb": self.most_rss,
        }

    def _now(self):
        server, database = (cpu_seconds(pid) if pid else 0.0 for pid in self.pids)
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return server, database, used.ru_utime + used.ru_stime, machine_cpu_seconds(), time.monotonic()

    def _sample(self):
        while self.pids[0] and not self.done.wait(0.5):
            self.most_rss = max(self.most_rss, rss_mb(self.pids[0]))


# A workload of two requests: each tenth is the second.
MIXED = {"mix": ("point", "insert")}


def offers(contestant, workload):
    return all(part in contestant.requests for part in MIXED.get(workload, (workload,)))


def wrk(contestant, workload, seconds, connections, seed, tokens, database_pid, script="load.lua"):
    usual, *tenth = (contestant.requests[part] for part in MIXED.get(workload, (workload,)))
    environment = {**os.environ, **_variables("", usual), "TOKENS": tokens, "SEED": str(seed)}
    for request in tenth:
        environment |= _variables("TENTH_", request)
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency"]
    command += ["-s", os.path.join(BENCH, script), contestant.base]
    with Watch(contestant.server.pid, database_pid) as watch:
        done = subprocess.run(command, env=environment, capture_output=True, text=True)
    said = done.stdout
    count = re.search(r"(\d+) requests in", said)
    if not count:
        raise RuntimeError(f"wrk failed: {said}{done.stderr}")
    failed = sum(map(int, re.findall(r"Non-2xx or 3xx responses: (\d+)", said)))
    failed += sum(map(int, re.findall(r"(?:connect|read|write|timeout) (\d+)", said)))
    return {
        "per_second": float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1]),
        "p50_ms": _percentile(said, "50"),
        "p99_ms": _percentile(said, "99"),
        "failed": failed,
        **watch.figures(int(count[1])),
    }


def _variables(prefix, request):
    return {
        prefix + "METHOD": request.method,
        prefix + "PATH_TEMPLATE": request.path,
        prefix + "BODY": request.body,
        prefix + "HEADERS": "\n".join(f"{name}: {value}" for name, value in request.headers.items()),
    }


def _percentile(said, percent):
    found = re.search(rf"^\s+{percent}%\s+([\d.]+)(us|ms|s|m)\s*$", said, re.MULTILINE)
    if not found:
        raise RuntimeError(f"wrk tells no percentiles:\n{said}")
    return float(found[1]) * MILLISECONDS[found[2]]


def pgbench(workload, seconds, postgres, database):
    """The same statement without any server, prepared, by 8 clients."""
    usual, *tenth = (os.path.join(BENCH, "sql", "pgbench", part + ".sql") for part in MIXED.get(workload, (workload,)))
    scripts = ["-f", f"{usual}@9", "-f", f"{tenth[0]}@1"] if tenth else ["-f", usual]
    with tempfile.TemporaryDirectory() as folder:
        command = ["pgbench", "-n", "-M", "prepared", "-c", "8", "-j", "1", "-T", str(seconds)]
        command += ["--log", "--sampling-rate=0.05", "--log-prefix=" + os.path.join(folder, "log")]
        command += [*postgres.connection_arguments(), *scripts, database]
        with Watch(0, postgres.pid) as watch:
            done = subprocess.run(command, check=True, capture_output=True, text=True)
        microseconds = []
        for path in glob.glob(os.path.join(folder, "log*")):
            with open(path) as file:
                microseconds += [int(line.split()[2]) for line in file]
    microseconds.sort()
    return {
        "per_second": float(re.search(r"tps = ([\d.]+)", done.stdout)[1]),
        "p50_ms": microseconds[len(microseconds) // 2] / 1000,
        "p99_ms": microseconds[len(microseconds) * 99 // 100] / 1000,
        "failed": int(re.search(r"number of failed transactions: (\d+)", done.stdout)[1]),
        **watch.figures(int(re.search(r"actually processed: (\d+)", done.stdout)[1])),
    }
