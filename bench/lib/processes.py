"""Processes as /proc shows them: CPU time and memory of a whole tree, and starting and stopping one."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request

TICKS = os.sysconf("SC_CLK_TCK")


def _stat(pid):
    """Parent and CPU seconds, of the process itself and of the children it has waited for."""
    with open(f"/proc/{pid}/stat") as file:
        fields = file.read().rpartition(")")[2].split()
    return int(fields[1]), sum(map(int, fields[11:15])) / TICKS


def tree(root):
    children = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                children.setdefault(_stat(entry)[0], []).append(int(entry))
            except (OSError, ValueError, IndexError):
                pass  # ended meanwhile
    found, todo = [], [root]
    while todo:
        pid = todo.pop()
        found.append(pid)
        todo += children.get(pid, [])
    return found


def cpu_seconds(root):
    total = 0.0
    for pid in tree(root):
        try:
            total += _stat(pid)[1]
        except OSError:
            pass
    return total


def rss_mb(root):
    total = 0
    for pid in tree(root):
        try:
            with open(f"/proc/{pid}/status") as file:
                total += sum(int(line.split()[1]) for line in file if line.startswith("VmRSS"))
        except OSError:
            pass
    return total / 1024


def machine_cpu_seconds():
    """What all processes of the machine have used."""
    with open("/proc/stat") as file:
        user, nice, system, _, _, irq, soft = map(int, file.readline().split()[1:8])
    return (user + nice + system + irq + soft) / TICKS


def end_in_order():
    """Whoever is asked to end stops what was started first."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))


def await_quiet(limit, most=0.3):
    """Waits, at most `limit` seconds, until the machine uses less than `most` cores."""
    end = time.monotonic() + limit
    while time.monotonic() < end:
        began, used = time.monotonic(), machine_cpu_seconds()
        time.sleep(1.5)
        if (machine_cpu_seconds() - used) / (time.monotonic() - began) < most:
            return


class Server:
    """A program under test, in a process group of its own, so that nothing of it is left behind."""

    def __init__(self, command, folder, environment, log):
        self.log = log
        self.began = time.monotonic()
        with open(log, "w") as output:
            self.process = subprocess.Popen(
                command,
                cwd=folder,
                env={**os.environ, **environment},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.pid = self.process.pid

    def await_ready(self, url, limit=300):
        """Seconds from the start to the first 200."""
        while time.monotonic() - self.began < limit:
            if self.process.poll() is not None:
                break
            try:
                with urllib.request.urlopen(url, timeout=2):
                    return time.monotonic() - self.began
            except (OSError, urllib.error.URLError):
                time.sleep(0.01)
        self.stop()
        with open(self.log) as file:
            raise RuntimeError(f"{url} is not ready:\n" + "".join(file.readlines()[-20:]))

    def stop(self):
        """Asks the program itself, so that it can stop its children in order; then ends what is left."""
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            pass
        try:
            os.killpg(self.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.wait()
