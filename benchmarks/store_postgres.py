"""A PostgreSQL of the tests' own: a private cluster on this machine, begun with the tests and gone with them.

Debian's package is installed where that is missing and this user may (root, with apt-get). The server runs as an
unprivileged user, in a folder of its own, on a free port of the loopback address. As a script it starts one, prints its
URL, and stops it when standard input ends.
"""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

FOLDERS = Path("/usr/lib/postgresql")
"""Where Debian puts each version."""
USER = "rashomon"


class MissingError(Exception):
    """There is no PostgreSQL, and none can be had; its text is a sentence."""


def programs() -> Path:
    """The folder of the newest PostgreSQL's programs; MissingError where there is none of 15 or later."""
    found = sorted(
        (path for path in FOLDERS.glob("*/bin") if (path / "initdb").exists()), key=lambda path: int(path.parent.name)
    )
    if found and int(found[-1].parent.name) >= 15:
        return found[-1]
    if (initdb := shutil.which("initdb")) is not None:
        return Path(initdb).resolve().parent
    raise MissingError("There is no PostgreSQL 15 or later here: install it (on Debian: apt-get install postgresql).")


def install() -> Path:
    """The same, installed before where it is missing and this user may."""
    try:
        return programs()
    except MissingError:
        if os.getuid() != 0 or shutil.which("apt-get") is None:
            raise
    quiet = {"env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"}, "stdout": subprocess.DEVNULL, "timeout": 900}
    # So that the package makes no cluster of its own, which would run on.
    Path("/etc/postgresql-common").mkdir(exist_ok=True)
    settings = Path("/etc/postgresql-common/createcluster.conf")
    if not settings.exists():
        settings.write_text("create_main_cluster = false\n", encoding="utf-8")
    for words in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "postgresql"]):
        done = subprocess.run(words, check=False, **quiet)  # type: ignore[call-overload]
        if done.returncode:
            raise MissingError("PostgreSQL is missing, and apt-get could not install it: install it by hand.")
    return programs()


class Cluster:
    """A running server; `url` leads to its first, empty database."""

    def __init__(self, folder: Path, bin_: Path, durable: bool) -> None:
        self.folder = folder
        self._durable = durable
        self._bin = bin_
        self._as = _user()
        self._made = 0
        self.port = _free_port()
        self.url = f"postgresql://{USER}@127.0.0.1:{self.port}/postgres"

    def make(self) -> None:
        """Lay the files out."""
        if self._as is not None:
            os.chown(self.folder, self._as.pw_uid, self._as.pw_gid)
        self._run("initdb", "-D", "data", "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")

    def start(self) -> None:
        """Start the server and wait for it."""
        options = (
            f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' "
            f"-c shared_buffers=64MB -c max_connections=40 -c fsync={'on' if self._durable else 'off'}"
        )
        self._run("pg_ctl", "-D", "data", "-l", "log", "-w", "-t", "60", "-o", options, "start")

    def stop(self, how: str = "fast") -> None:
        """Stop the server; "immediate" is as if the power failed."""
        self._run("pg_ctl", "-D", "data", "-m", how, "-w", "-t", "60", "stop")

    def restart(self) -> None:
        """Start the server anew, whether it runs or not."""
        with suppress(MissingError):
            self.stop("immediate")
        self.start()

    def database(self) -> str:
        """The URL of a new, empty database."""
        self._made += 1
        name = f"made_{self._made}"
        self._run("createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", USER, "-T", "template0", name)
        return self.url.removesuffix("postgres") + name

    def _run(self, program: str, *words: str) -> None:
        # By a program and not by subprocess's `user`, which forks: a fork waits for the threads of numpy's matrix
        # products, and for ever where another thread is in one.
        whose = self._as
        drop = (
            [] if whose is None else ["setpriv", f"--reuid={whose.pw_uid}", f"--regid={whose.pw_gid}", "--clear-groups"]
        )
        done = subprocess.run(
            [*drop, str(self._bin / program), *words],
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            check=False,
            timeout=120,
        )
        if done.returncode:
            log = self.folder / "log"
            more = log.read_text(errors="replace")[-500:] if log.exists() else ""
            raise MissingError(f"{program} failed: {done.stderr.decode(errors='replace')[-500:]} {more}")


def _user() -> pwd.struct_passwd | None:
    """Whom the server runs as where we are root, which it refuses to run as."""
    if os.getuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise MissingError("There is no unprivileged user to run PostgreSQL as.")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def cluster(durable: bool = False, folder: Path | None = None) -> Iterator[Cluster]:
    """A running cluster, removed in the end; `durable`: whether it waits for the disk, which tests need not; `folder`:
    a new one that it is to be in."""
    bin_ = install()
    if folder is None:
        folder = Path(tempfile.mkdtemp(prefix="rashomon-pg-"))
    else:
        folder.mkdir()
    os.chmod(folder, 0o755)
    made = Cluster(folder, bin_, durable)
    try:
        made.make()
        made.start()
        yield made
    finally:
        with suppress(MissingError, subprocess.SubprocessError):
            made.stop("immediate")
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    with cluster() as running:
        print(running.url, flush=True)
        sys.stdin.read()
