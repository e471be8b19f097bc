"""Measures Ashlar against a hand-written Express + pg server and against the database alone (pgbench).

All share one PostgreSQL and the same data. Answers are checked for being right before anything is timed. Rounds are
interleaved (A B C, A B C, ...), so that whatever else the machine does hits all alike; medians are printed, and written
to bench/results/ with --save.
"""

import argparse
import datetime
import json
import os
import sys

import contestants
import startup
from answers import faults
from figures import machine, table
from load import pgbench, wrk
from postgres import BENCH, Postgres
from processes import await_quiet, rss_mb

WORKLOADS = {
    "point": "one post by its key",
    "list": "20 posts of a category and status, newest first",
    "insert": "one row, committed durably, the row answered",
    "own": "20 rows of the token's bearer; Ashlar: row-level security, Express: WHERE",
    "bulk": "1,000 rows in one request, committed durably",
    "nested": "an author with 10 posts, each with its 3 comments",
}


def arguments():
    parser = argparse.ArgumentParser(
        prog="bench/run",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="workloads:\n" + "\n".join(f"  {name:8}{what}" for name, what in WORKLOADS.items()),
    )
    default_home = f"/tmp/ashlar-bench-{os.getuid()}"
    parser.add_argument("--workloads", type=_names(WORKLOADS), default=list(WORKLOADS), help="comma-separated")
    parser.add_argument(
        "--against", type=_names(contestants.ALL), default=list(contestants.ALL), help="ashlar,express (both)"
    )
    parser.add_argument("--no-pgbench", action="store_true", help="leave the database alone out")
    parser.add_argument("--rounds", type=int, default=5, help="rounds of each (default 5)")
    parser.add_argument("--seconds", type=int, default=8, help="length of a round (default 8)")
    parser.add_argument("--warm-up", type=int, default=15, help="seconds before the first round (default 15; Node: 5)")
    parser.add_argument("--connections", type=int, default=64, help="kept-alive connections (default 64)")
    parser.add_argument("--quiet", type=int, default=0, help="wait up to so many seconds for an idle machine before a round")
    parser.add_argument("--check", action="store_true", help="only start them and check their answers")
    parser.add_argument("--startup", action="store_true", help="only measure how long Ashlar takes to be ready")
    parser.add_argument("--save", metavar="NAME", help="write the figures to bench/results/NAME.md and .json")
    parser.add_argument("--home", default=os.environ.get("BENCH_HOME", default_home), help=f"working folder ({default_home})")
    parser.add_argument("--pg-port", type=int, default=19100, help="where PostgreSQL listens (19100)")
    return parser.parse_args()


def _names(known):
    def parse(text):
        names = text.split(",")
        for name in names:
            if name not in known:
                raise argparse.ArgumentTypeError(f"no {name!r}; there are {', '.join(known)}")
        return names

    return parse


class Report:
    """Says lines at once and keeps them."""

    def __init__(self, options):
        self.options = options
        self.lines = []
        self.figures = {}

    def say(self, text):
        self.lines.append(text)
        print(text, flush=True)

    def save(self):
        if not self.options.save:
            return
        path = os.path.join(BENCH, "results", self.options.save)
        with open(path + ".md", "w") as file:
            file.write("\n".join(self.lines) + "\n")
        with open(path + ".json", "w") as file:
            json.dump(self.figures, file, indent=1)
            file.write("\n")


def main():
    options = arguments()
    os.makedirs(options.home, exist_ok=True)
    os.chmod(options.home, 0o755)
    report = Report(options)
    report.say(f"{datetime.datetime.now(datetime.timezone.utc):%Y-%m-%d %H:%M} UTC, {machine()}\n")
    if options.startup:
        startup.measure(options, report)
    else:
        compare(options, report)
    report.save()


def compare(options, report):
    tokens = os.path.join(options.home, "tokens.txt")
    contestants.write_tokens(tokens)
    postgres = Postgres(options.home, options.pg_port)
    started = []
    try:
        postgres.start()
        for name in options.against:
            started.append(contestants.ALL[name](options.home, postgres, options.warm_up))
            started[-1].rss_at_rest = rss_mb(started[-1].server.pid)
        right = checked(options, report, started)
        if not options.check:
            for workload in options.workloads:
                measure(options, report, workload, right[workload], postgres, tokens)
            for each in started:
                report.say(f"{each.name}: {each.rss_at_rest:.0f} MB RSS before any load")
    finally:
        for each in started:
            each.server.stop()
        postgres.stop()


def checked(options, report, started):
    """Who answers each workload rightly."""
    right = {}
    for workload in options.workloads:
        found = {each.name: faults(each, workload) for each in started}
        right[workload] = [each for each in started if not found[each.name]]
        for name, wrong in found.items():
            if wrong:
                report.say(f"{workload}: {name} answers wrongly and is not timed: {'; '.join(wrong)}")
    if options.check:
        report.say("Right: " + "; ".join(f"{w}: {', '.join(c.name for c in cs)}" for w, cs in right.items()))
    return right


def measure(options, report, workload, right, postgres, tokens):
    def load(contestant, seconds, seed):
        return wrk(contestant, workload, seconds, options.connections, seed, tokens, postgres.pid)

    alone = "bench_pgbench"
    if not options.no_pgbench:
        postgres.copy_seed(alone)
    rounds = {each.name: [] for each in right}
    for each in right:
        load(each, each.warm_up, 0)
    for number in range(1, options.rounds + 1):
        for each in right:
            await_quiet(options.quiet)
            rounds[each.name].append(load(each, options.seconds, number))
        if not options.no_pgbench:
            await_quiet(options.quiet)
            rounds.setdefault("pgbench", []).append(pgbench(workload, options.seconds, postgres, alone))
    if workload in ("insert", "bulk"):
        for each in right:
            postgres.sql(each.database, "truncate messages")
    report.figures[workload] = rounds
    report.say(table(workload, rounds) + "\n")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
