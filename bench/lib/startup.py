"""How long Ashlar takes, from the command to the first 200 of /readyz, with the PostgreSQL that it brings along."""

import os
import shutil
import statistics
import time

from contestants import PROGRAM
from processes import Server, await_quiet, cpu_seconds, tree

PORT = 19103
EXAMPLE = "interview-trainer"


def measure(options, report):
    data = os.path.join(options.home, "startup-data")
    shutil.rmtree(data, ignore_errors=True)
    first = start(options, data)["seconds"]
    report.say(f"first start (new cluster, all migrations): {first:.2f} s")
    runs = []
    for _ in range(options.rounds):
        await_quiet(options.quiet)
        runs.append(start(options, data))
    seconds = [run["seconds"] for run in runs]
    report.say(
        f"start on an existing data directory: {statistics.median(seconds):.2f} s"
        f" (median of {len(seconds)}, {min(seconds):.2f}..{max(seconds):.2f}),"
        f" {statistics.median(run['cpu'] for run in runs):.2f} CPU-s"
    )
    rest = {name: statistics.median(run[name] for run in runs) for name in ("jvm", "postgres")}
    report.say(f"RSS at rest: JVM {rest['jvm']:.0f} MB, PostgreSQL's processes {rest['postgres']:.0f} MB, shared pages counted in each")
    report.figures["startup"] = {"first_seconds": first, "runs": runs}


def start(options, data):
    """Time and CPU time until ready, and the memory a little later."""
    command = [PROGRAM, "serve", "--example", EXAMPLE]
    server = Server(
        [*command, "--port", str(PORT), "--data", data], "/", {}, os.path.join(options.home, "startup.log")
    )
    base = f"http://127.0.0.1:{PORT}"
    try:
        seconds = server.await_ready(base + "/readyz")
        cpu = cpu_seconds(server.pid)
        time.sleep(3)
        return {"seconds": seconds, "cpu": cpu, **resident(server.pid)}
    finally:
        server.stop()


def resident(root):
    """The launcher becomes the JVM; whatever it started is the database."""
    found = {"jvm": 0.0, "postgres": 0.0}
    for pid in tree(root):
        with open(f"/proc/{pid}/status") as file:
            mine = sum(int(line.split()[1]) for line in file if line.startswith("VmRSS")) / 1024
        found["jvm" if pid == root else "postgres"] += mine
    return found
