"""The one PostgreSQL of a run: the server that Ashlar brings along, with a database for each contestant."""

import glob
import os
import subprocess
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
BENCH = os.path.dirname(HERE)
REPOSITORY = os.path.dirname(BENCH)
# PostgreSQL refuses to run as root; this user owns nothing else.
NOBODY = 65534

SETTINGS = """
listen_addresses = '127.0.0.1'
max_connections = 200
shared_buffers = 512MB
max_wal_size = 4GB
checkpoint_timeout = 15min
"""


class Postgres:
    def __init__(self, home, port):
        self.home = os.path.join(home, "postgres")
        self.cluster = os.path.join(self.home, "cluster")
        self.port = port
        self.pid = 0
        self.programs = os.environ.get("PGBIN") or os.path.join(self.home, "programs", "bin")

    def start(self):
        os.makedirs(self.home, exist_ok=True)
        os.chmod(self.home, 0o755)
        if not os.path.exists(os.path.join(self.programs, "postgres")):
            self._unpack()
        if not os.path.exists(os.path.join(self.cluster, "PG_VERSION")):
            self._create()
        options = f"-p {self.port} -c unix_socket_directories={self.cluster}"
        log = os.path.join(self.cluster, "server.log")
        self._run("pg_ctl", "-w", "-D", self.cluster, "-l", log, "-o", options, "start")
        with open(os.path.join(self.cluster, "postmaster.pid")) as file:
            self.pid = int(file.readline())
        if not self.sql("postgres", "select from pg_database where datname = 'seed' and not datallowconn"):
            self._seed()

    def stop(self):
        if self.pid:
            self._run("pg_ctl", "-w", "-m", "fast", "-D", self.cluster, "stop")
            self.pid = 0

    def copy_seed(self, database):
        """A fresh database with the data of the seed; gives its address."""
        self.sql("postgres", f"drop database if exists {database} with (force)")
        self.sql("postgres", f"create database {database} template seed")
        # Copied pages come without hint bits; whoever is measured first must not pay for them.
        self.sql(database, "vacuum (freeze, analyze)")
        return f"postgres://postgres:none@127.0.0.1:{self.port}/{database}"

    def sql(self, database, statement):
        done = subprocess.run(
            [*self._psql(database), "-Atc", statement], check=True, capture_output=True, text=True
        )
        # A row without columns is an empty line.
        return done.stdout

    def run_file(self, database, path):
        subprocess.run([*self._psql(database), "-f", path], check=True, stdout=subprocess.DEVNULL)

    def connection_arguments(self):
        return ["-h", "127.0.0.1", "-p", str(self.port), "-U", "postgres"]

    def _psql(self, database):
        return ["psql", "-Xq", "-v", "ON_ERROR_STOP=1", *self.connection_arguments(), "-d", database]

    def _seed(self):
        self.sql("postgres", "drop database if exists seed with (force)")
        self.sql("postgres", "create database seed")
        self.run_file("seed", os.path.join(BENCH, "sql", "schema.sql"))
        self.sql("postgres", "alter database seed allow_connections false")

    def _create(self):
        os.makedirs(self.cluster, exist_ok=True)
        if os.getuid() == 0:
            os.chown(self.cluster, NOBODY, NOBODY)
        os.chmod(self.cluster, 0o700)
        self._run("initdb", "-D", self.cluster, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        with open(os.path.join(self.cluster, "postgresql.conf"), "a") as file:
            file.write(SETTINGS)

    def _run(self, program, *arguments):
        unprivileged = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.getuid() == 0 else {}
        subprocess.run(
            [os.path.join(self.programs, program), *arguments],
            check=True,
            cwd="/",
            stdout=subprocess.DEVNULL,
            **unprivileged,
        )

    def _unpack(self):
        """The server's files lie in a jar of the build, in an archive."""
        subprocess.run([os.path.join(REPOSITORY, "ashlar"), "--version"], check=True, stdout=subprocess.DEVNULL)
        builds = os.path.join(REPOSITORY, "server", "target", "run", "*", "lib")
        machine = "arm64v8" if os.uname().machine in ("aarch64", "arm64") else "amd64"
        jars = glob.glob(os.path.join(builds, f"embedded-postgres-binaries-linux-{machine}-*.jar"))
        if not jars:
            raise RuntimeError("The build holds no PostgreSQL for this machine: set PGBIN to the folder of one.")
        with zipfile.ZipFile(sorted(jars)[-1]) as jar:
            archive = next(name for name in jar.namelist() if name.endswith(".txz"))
            packed = jar.extract(archive, self.home)
        target = os.path.dirname(self.programs)
        os.makedirs(target, exist_ok=True)
        subprocess.run(["tar", "-xJf", packed, "-C", target], check=True)
        os.remove(packed)
