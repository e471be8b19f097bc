"""What the project wants to be, beside what was measured."""

from figures import median

# Workload: requests per second, times those of Express + pg in one process, and times those of pgbench.
SPEED = {
    "point": (4.0, 1.2),
    "list": (2.7, 0.7),
    "nested": (3.0, 1.2),
    "insert": (1.7, 0.85),
    "own": (4.0, 0.7),
    "mix": (3.0, 0.9),
}
# Of server and database together, times that of Express + pg and its database.
POINT_CPU = 0.3
REST_MB, LOAD_MB = 250, 350
READY_SECONDS = 1.0


def table(figures):
    lines = ["| goal | wanted | measured | |", "|---|---|---|---|"]
    lines += [_line(*goal) for goal in _goals(figures)]
    return "\n".join(lines)


def _goals(figures):
    """Name, sign, wanted, measured (None where nothing was measured), unit."""
    for workload, (express, pgbench) in SPEED.items():
        rounds = figures.get(workload, {})
        yield f"{workload}: requests/s, × express", "≥", express, _ratio(rounds, "express", "per_second"), ""
        yield f"{workload}: requests/s, × pgbench", "≥", pgbench, _ratio(rounds, "pgbench", "per_second"), ""
        yield f"{workload}: p99, × express", "≤", 1.0, _ratio(rounds, "express", "p99_ms"), ""
    both = [_cpu(figures.get("point", {}), name) for name in ("ashlar", "express")]
    yield "point: CPU of server and database, × express", "≤", POINT_CPU, both[0] / both[1] if all(both) else None, ""
    yield "RSS before any load", "≤", REST_MB, figures.get("about", {}).get("rest", {}).get("ashlar"), " MB"
    loaded = [each["rss_mb"] for workload in SPEED for each in figures.get(workload, {}).get("ashlar", [])]
    yield "RSS under the loads above", "≤", LOAD_MB, max(loaded, default=None), " MB"
    starts = [run["seconds"] for run in figures.get("startup", {}).get("runs", [])]
    yield "ready, on existing data", "<", READY_SECONDS, sorted(starts)[len(starts) // 2] if starts else None, " s"


def _ratio(rounds, base, name):
    return median(rounds["ashlar"], name) / median(rounds[base], name) if rounds.get("ashlar") and rounds.get(base) else None


def _cpu(rounds, name):
    return median(rounds[name], "server_cpu") + median(rounds[name], "database_cpu") if rounds.get(name) else None


def _line(name, sign, wanted, measured, unit):
    digits = 0 if unit == " MB" else 2
    if measured is None:
        said, verdict = "", "not measured"
    else:
        said = f"{measured:.{digits}f}{unit}"
        met = measured >= wanted if sign == "≥" else measured < wanted if sign == "<" else measured <= wanted
        verdict = "met" if met else "**not met**"
    return f"| {name} | {sign} {wanted:.{digits}f}{unit} | {said} | {verdict} |"
