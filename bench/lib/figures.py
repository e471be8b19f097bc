"""Rounds as a table of medians."""

import os
import platform
import statistics

HEADER = (
    "| {0} | req/s | min..max | × express | × pgbench | p50 ms | p99 ms | CPU-s/1k server | database | both | RSS MB | others |\n"
    "|---|---|---|---|---|---|---|---|---|---|---|---|"
)


def median(rounds, name):
    return statistics.median(each[name] for each in rounds)


def table(workload, rounds_by_name):
    lines = [HEADER.format(workload)]
    for name, rounds in rounds_by_name.items():
        speeds = [each["per_second"] for each in rounds]
        server, database = median(rounds, "server_cpu"), median(rounds, "database_cpu")
        failed = sum(each["failed"] for each in rounds)
        cells = [
            name + (f" ({failed} FAILED)" if failed else ""),
            f"{median(rounds, 'per_second'):,.0f}",
            f"{min(speeds):,.0f}..{max(speeds):,.0f}",
            _ratio(rounds, rounds_by_name.get("express")),
            _ratio(rounds, rounds_by_name.get("pgbench")),
            f"{median(rounds, 'p50_ms'):.2f}",
            f"{median(rounds, 'p99_ms'):.2f}",
            f"{server:.4f}" if server else "",
            f"{database:.4f}",
            f"{server + database:.4f}",
            f"{max(each['rss_mb'] for each in rounds):.0f}" if server else "",
            f"{median(rounds, 'others_cores'):.2f}",
        ]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def at_rest(megabytes):
    return "RSS before any load: " + ", ".join(f"{name} {mb:.0f} MB" for name, mb in megabytes.items())


def _ratio(rounds, base):
    return f"{median(rounds, 'per_second') / median(base, 'per_second'):.2f}" if base else ""


def machine():
    with open("/proc/meminfo") as file:
        memory = int(file.readline().split()[1]) / 1024 / 1024
    with open("/proc/cpuinfo") as file:
        models = [line.split(":")[1].strip() for line in file if line.startswith("model name")]
    model = f" ({models[0]})" if models else ""
    return f"{os.cpu_count()} cores{model}, {memory:.0f} GiB, {platform.system()} {platform.release()}"
