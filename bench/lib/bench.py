"""Measures Ashlar against what its users would otherwise take, and against the database alone (pgbench).

All share one PostgreSQL and the same data. Answers are checked for being right before anything is timed. Rounds are
interleaved (A B C, A B C, ...), so that whatever else the machine does hits all alike; medians are printed, and written
to bench/results/ with --save.
"""

import argparse
import datetime
import json
import os
import subprocess
import sys

import accounts
import contestants
import drawing
import goals
import peers
import startup
from answers import faults
from figures import at_rest, machine, table
from load import offers, pgbench, wrk
from postgres import BENCH, Postgres
from processes import await_quiet, end_in_order, rss_mb

WORKLOADS = {
    "point": "one post by its key",
    "list": "20 posts of a category and status, newest first",
    "nested": "an author with 10 posts, each with its 3 comments",
    "insert": "one row, committed durably, the row answered",
    "own": "20 rows of the token's bearer; Ashlar, PostGraphile: row-level security; others: WHERE",
    "mix": "nine times point, once insert",
    "bulk": "1,000 rows in one request, committed durably",
}

PEERS = {
    "express": "Express + pg, written by hand, one process",
    "express-x2": "the same with two workers (node:cluster)",
    "postgraphile": "PostGraphile: GraphQL, row-level security",
    "spring-data-rest": "Spring Boot, Data REST and JPA on virtual threads; built with Maven, JDK 25",
}

ACCOUNTS = {
    "verify": "`own` with tokens of a sign-in, signed with ES256; `forgetful` is Ashlar without its memory of them",
    "refresh": "a refresh token for the next one and a new access token",
    "password": "a session for a password: Argon2id, 19 MiB, 2 passes, 1 lane; 8 connections",
}


def arguments():
    parser = argparse.ArgumentParser(
        prog="bench/run",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog=_listed("workloads", {**WORKLOADS, **ACCOUNTS}) + "\n\n" + _listed("peers", PEERS),
    )
    default_home = f"/tmp/ashlar-bench-{os.getuid()}"
    parser.add_argument("--workloads", type=_names({**WORKLOADS, **ACCOUNTS}), default=[*WORKLOADS, *ACCOUNTS], help="comma-separated")
    parser.add_argument(
        "--peers", "--against", type=_peers, default=["express"], metavar="NAMES",
        help="whom to measure beside Ashlar, comma-separated: see below; all; none (default express)",
    )
    parser.add_argument("--no-pgbench", action="store_true", help="leave the database alone out")
    parser.add_argument("--rounds", type=int, default=5, help="rounds of each (default 5)")
    parser.add_argument("--seconds", type=int, default=8, help="length of a round (default 8)")
    parser.add_argument(
        "--warm-up", type=int, default=15, help="seconds before the first round (default 15; Node at most 5, Spring twice that)"
    )
    parser.add_argument("--connections", type=int, default=64, help="kept-alive connections (default 64)")
    parser.add_argument("--quiet", type=int, default=0, help="wait up to so many seconds for an idle machine before a round")
    parser.add_argument("--check", action="store_true", help="only start them and check their answers")
    parser.add_argument("--startup", action="store_true", help="only measure how long Ashlar takes to be ready")
    parser.add_argument("--goals", action="store_true", help="set the figures beside the project's goals")
    parser.add_argument("--from", dest="saved", metavar="NAME", help="measure nothing: show, and draw, the figures saved as NAME")
    parser.add_argument("--save", metavar="NAME", help="write the figures to bench/results/NAME.md and .json, a picture to .svg")
    parser.add_argument("--home", default=os.environ.get("BENCH_HOME", default_home), help=f"working folder ({default_home})")
    parser.add_argument("--pg-port", type=int, default=19100, help="where PostgreSQL listens (19100)")
    return parser.parse_args()


def _listed(title, described):
    return f"{title}:\n" + "\n".join(f"  {name:17}{what}" for name, what in described.items())


def _peers(text):
    if text in ("all", "none"):
        return [*PEERS] if text == "all" else []
    return _names({**PEERS, "ashlar": ""})(text)


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
        picture = drawing.picture(self.figures)
        if picture:
            with open(path + ".svg", "w") as file:
                file.write(picture)


def main():
    options = arguments()
    end_in_order()
    report = Report(options)
    if options.saved:
        again(options, report)
    else:
        os.makedirs(options.home, exist_ok=True)
        os.chmod(options.home, 0o755)
        about = {"when": f"{datetime.datetime.now(datetime.timezone.utc):%Y-%m-%d %H:%M} UTC", "machine": machine()}
        report.figures["about"] = about
        report.say(f"{about['when']}, {about['machine']}\n")
        if options.startup:
            startup.measure(options, report)
        else:
            compare(options, report)
    if options.goals:
        report.say(goals.table(report.figures))
    report.save()


def again(options, report):
    """What was saved, once more."""
    path = os.path.join(BENCH, "results", options.saved + ".json")
    if not os.path.exists(path):
        raise SystemExit(f"There is no {path}.")
    with open(path) as file:
        report.figures = json.load(file)
    about = report.figures.get("about", {"when": options.saved, "machine": "machine not recorded"})
    report.say(f"{about['when']}, {about['machine']}\n")
    for workload in (*WORKLOADS, *ACCOUNTS):
        if workload in report.figures:
            report.say(table(workload, report.figures[workload]) + "\n")
    if "rest" in about:
        report.say(at_rest(about["rest"]) + "\n")


def compare(options, report):
    tokens = os.path.join(options.home, "tokens.txt")
    contestants.write_tokens(tokens)
    postgres = Postgres(options.home, options.pg_port)
    try:
        postgres.start()
        for part in (Data(tokens, postgres), Accounts(options.home, postgres)):
            compare_part(options, report, part, postgres)
    finally:
        postgres.stop()


class Data:
    """The data API."""

    workloads = WORKLOADS
    contestants = peers.ALL
    faults = staticmethod(faults)

    def __init__(self, tokens, postgres):
        self.tokens = tokens
        self.postgres = postgres

    def load(self, contestant, workload, seconds, connections, seed):
        return wrk(contestant, workload, seconds, connections, seed, self.tokens, self.postgres.pid)


class Accounts:
    """Sign-in, and the tokens that it gives."""

    workloads = ACCOUNTS
    contestants = accounts.ALL
    faults = staticmethod(accounts.faults)

    def __init__(self, home, postgres):
        self.home = home
        self.postgres = postgres

    def load(self, contestant, workload, seconds, connections, seed):
        return accounts.load(contestant, workload, seconds, connections, seed, self.home, self.postgres.pid)


def compare_part(options, report, part, postgres):
    workloads = [name for name in options.workloads if name in part.workloads]
    started = []
    try:
        for name, start in part.contestants.items() if workloads else ():
            if name == "ashlar" or name in options.peers or (name == "forgetful" and "verify" in workloads):
                start_one(options, report, postgres, name, start, started)
        right = checked(options, report, part, workloads, started)
        if not options.check:
            for workload in workloads:
                measure(options, report, part, workload, right[workload], postgres)
            rest = {each.name: each.rss_at_rest for each in started}
            report.figures["about"].setdefault("rest", rest)
            report.say(at_rest(rest) + "\n")
    finally:
        for each in started:
            each.server.stop()


def start_one(options, report, postgres, name, start, started):
    """A peer that does not run on this machine is left out; Ashlar must."""
    try:
        contestant = start(options.home, postgres, options.warm_up)
    except (RuntimeError, OSError, subprocess.CalledProcessError) as e:
        if name not in PEERS:
            raise
        report.say(f"{name} does not run here and is left out: {e}")
        return
    started.append(contestant)
    contestant.rss_at_rest = rss_mb(contestant.server.pid)


def checked(options, report, part, workloads, started):
    """Who answers each workload rightly."""
    right = {}
    for workload in workloads:
        asked = [each for each in started if each.name != "forgetful" or workload == "verify"]
        unable = [each.name for each in asked if not offers(each, workload)]
        if unable:
            report.say(f"{workload}: nothing of the kind in {', '.join(unable)}")
        asked = [each for each in asked if offers(each, workload)]
        found = {each.name: part.faults(each, workload) for each in asked}
        right[workload] = [each for each in asked if not found[each.name]]
        for name, wrong in found.items():
            if wrong:
                report.say(f"{workload}: {name} answers wrongly and is not timed: {'; '.join(wrong)}")
    if options.check and right:
        report.say("Right: " + "; ".join(f"{w}: {', '.join(c.name for c in cs)}" for w, cs in right.items()))
    return right


def measure(options, report, part, workload, right, postgres):
    def load(contestant, seconds, seed):
        return part.load(contestant, workload, seconds, options.connections, seed)

    alone = "bench_pgbench"
    with_pgbench = workload in WORKLOADS and not options.no_pgbench
    if with_pgbench:
        postgres.copy_seed(alone)
    rounds = {each.name: [] for each in right}
    for each in right:
        load(each, each.warm_up, 0)
    for number in range(1, options.rounds + 1):
        for each in right:
            await_quiet(options.quiet)
            rounds[each.name].append(load(each, options.seconds, number))
        if with_pgbench:
            await_quiet(options.quiet)
            rounds.setdefault("pgbench", []).append(pgbench(workload, options.seconds, postgres, alone))
    if workload in ("insert", "mix", "bulk"):
        for each in right:
            postgres.sql(each.database, "truncate messages")
    report.figures[workload] = rounds
    report.say(table(workload, rounds) + "\n")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
