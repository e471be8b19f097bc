"""Puts Ashlar under load for long, looks at it every half minute, and says whether memory stayed flat."""

import argparse
import datetime
import json
import os
import re
import statistics
import subprocess
import sys

import contestants
from figures import machine
from load import MIXED, wrk
from postgres import BENCH, Postgres
from processes import end_in_order

WORKLOADS = ["point", "list", "nested", "insert", "own", *MIXED]
# Growth over the second half that is nothing but the heap's and the allocator's coming and going.
LEEWAY_MB, LEEWAY_PART = 12, 0.04
WARM_UP = 20
HEADER = "| minute | req/s | p50 ms | p99 ms | failed | RSS MB | heap MB | threads | files | connections |\n" + "|---" * 10 + "|"


def arguments():
    parser = argparse.ArgumentParser(prog="bench/soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=60, help="how long (default 60)")
    parser.add_argument("--workload", choices=WORKLOADS, default="mix", help="what is asked (default mix: nine times point, once insert)")
    parser.add_argument("--connections", type=int, default=64, help="connections, new ones every half minute (default 64)")
    parser.add_argument("--every", type=int, default=30, metavar="SECONDS", help="between two looks (default 30)")
    parser.add_argument("--save", metavar="NAME", help="write the figures to bench/results/NAME.md and .json")
    default_home = f"/tmp/ashlar-bench-{os.getuid()}"
    parser.add_argument("--home", default=os.environ.get("BENCH_HOME", default_home), help=f"working folder ({default_home})")
    parser.add_argument("--pg-port", type=int, default=19100, help="where PostgreSQL listens (19100)")
    return parser.parse_args()


class Jvm:
    """What the process holds."""

    def __init__(self, pid):
        self.pid = pid
        self.jcmd = os.path.join(os.path.dirname(os.path.realpath(f"/proc/{pid}/exe")), "jcmd")

    def held(self):
        with open(f"/proc/{self.pid}/status") as file:
            status = dict(re.findall(r"^(\w+):\s+(\d+)", file.read(), re.MULTILINE))
        return {
            "rss_mb": int(status["VmRSS"]) / 1024,
            "threads": int(status["Threads"]),
            "files": len(os.listdir(f"/proc/{self.pid}/fd")),
            "heap_mb": sum(int(kb) for kb in re.findall(r"used (\d+)K", self._heap())) / 1024,
        }

    def _heap(self):
        """The spaces of the heap: the first lines, before what is kept of classes."""
        return self._ask("GC.heap_info").partition("Metaspace")[0]

    def live_mb(self):
        """What a full collection leaves."""
        histogram = self._ask("GC.class_histogram")
        return int(histogram.split("\nTotal")[1].split()[1]) / 1e6

    def _ask(self, command):
        return subprocess.run([self.jcmd, str(self.pid), command], check=True, capture_output=True, text=True).stdout


def slope(minutes, values):
    """Growth a minute, by least squares."""
    middle, mean = statistics.fmean(minutes), statistics.fmean(values)
    spread = sum((minute - middle) ** 2 for minute in minutes)
    return sum((m - middle) * (v - mean) for m, v in zip(minutes, values)) / spread if spread else 0.0


def growth(looks, name):
    """Over the second half: how much by the line through the looks, and how much would be nothing."""
    half = looks[len(looks) // 2 :]
    minutes, values = [look["minute"] for look in half], [look[name] for look in half]
    grown = slope(minutes, values) * (minutes[-1] - minutes[0])
    return grown, max(LEEWAY_MB, LEEWAY_PART * statistics.fmean(values))


def verdict(looks, live):
    """Lines, and whether all is flat."""
    grown, leeway = growth(looks, "rss_mb")
    flat = grown <= leeway
    lines = [f"RSS: {grown:+.1f} MB over the second half (flat up to {leeway:.0f} MB)"]
    # Half of it may be waiting for the next collection: only what one leaves is judged.
    lines.append(f"used heap: {growth(looks, 'heap_mb')[0]:+.1f} MB over the second half, with whatever is not collected yet")
    flat = flat and live[1] - live[0] <= LEEWAY_MB
    lines.append(f"live heap after a full collection: {live[0]:.1f} MB after the first look, {live[1]:.1f} MB at the end")
    for name, title in (("threads", "threads"), ("files", "open files"), ("connections", "connections to the database")):
        values = [look[name] for look in looks[len(looks) // 2 :]]
        lines.append(f"{title} in the second half: {min(values)}..{max(values)}")
    failed = sum(look["failed"] for look in looks)
    lines.append(f"failed requests: {failed}")
    lines.append("Memory stayed flat." if flat else "MEMORY GREW.")
    return lines, flat and not failed


def soak(options, say):
    tokens = os.path.join(options.home, "tokens.txt")
    contestants.write_tokens(tokens)
    postgres = Postgres(options.home, options.pg_port)
    contestant = None
    try:
        postgres.start()
        contestant = contestants.ashlar(options.home, postgres, 0)
        jvm, looks, live = Jvm(contestant.server.pid), [], []
        wrk(contestant, options.workload, WARM_UP, options.connections, 0, tokens, postgres.pid)
        count = max(4, round(options.minutes * 60 / options.every))
        say(HEADER)
        for number in range(1, count + 1):
            done = wrk(contestant, options.workload, options.every, options.connections, number, tokens, postgres.pid)
            look = {"minute": number * options.every / 60, **done, **jvm.held(), "connections": connections(postgres, contestant)}
            looks.append(look)
            say(row(look))
            if number in (1, count):
                live.append(jvm.live_mb())
            # Else the rows of an hour would fill the disk.
            postgres.sql(contestant.database, "truncate messages")
        return looks, live
    finally:
        if contestant:
            contestant.server.stop()
        postgres.stop()


def connections(postgres, contestant):
    mine = "pid <> pg_backend_pid() and backend_type = 'client backend'"
    return int(postgres.sql("postgres", f"select count(*) from pg_stat_activity where datname = '{contestant.database}' and {mine}"))


def row(look):
    cells = [
        f"{look['minute']:.1f}", f"{look['per_second']:,.0f}", f"{look['p50_ms']:.2f}", f"{look['p99_ms']:.2f}", str(look["failed"]),
        f"{look['rss_mb']:.0f}", f"{look['heap_mb']:.0f}", str(look["threads"]), str(look["files"]), str(look["connections"]),
    ]
    return "| " + " | ".join(cells) + " |"


def main():
    options = arguments()
    end_in_order()
    os.makedirs(options.home, exist_ok=True)
    os.chmod(options.home, 0o755)
    lines = []

    def say(text):
        lines.append(text)
        print(text, flush=True)

    when = f"{datetime.datetime.now(datetime.timezone.utc):%Y-%m-%d %H:%M} UTC"
    say(f"{when}, {machine()}; {options.workload}, {options.connections} connections, {options.minutes:g} minutes\n")
    looks, live = soak(options, say)
    said, well = verdict(looks, live)
    say("")
    for line in said:
        say("- " + line)
    if options.save:
        path = os.path.join(BENCH, "results", options.save)
        with open(path + ".md", "w") as file:
            file.write("\n".join(lines) + "\n")
        with open(path + ".json", "w") as file:
            json.dump({"about": {"when": when, "machine": machine()}, "looks": looks, "live_mb": live}, file, indent=1)
            file.write("\n")
    return 0 if well else 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
