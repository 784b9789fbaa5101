"""A real OpenSearch for tests and benchmarks: fetched with Maven, started on the loopback interface, stopped by pid.

usage: python -m tests.opensearch_server [--nodes 1|3] [--heap-mb 512]

OpenSearch publishes its minimal distribution (no plugins, no security) as a Maven artefact. Maven keeps what it fetched in
its own repository, so only the first start downloads anything. OpenSearch refuses to run as root: there, the nodes run as
``nobody``. The command prints the addresses, one a line, and stops the nodes when its input ends or it is interrupted.
"""

from __future__ import annotations

import argparse
import atexit
import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Sequence
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

VERSION = "2.19.4"
ARTIFACT = f"org.opensearch.distribution.integ-test-zip:opensearch:{VERSION}:zip"
UNPRIVILEGED = "nobody"
START_SECONDS = 120
MAVEN_SECONDS = 300


class UnavailableError(Exception):
    """OpenSearch cannot be run here; the message says what is missing."""


class Node:
    """One process of OpenSearch."""

    def __init__(self, number: int, home: Path, http: int, transport: int) -> None:
        self.name, self.home, self.http, self.transport = f"n{number}", home, http, transport
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.http}"

    def start(self, heap_mb: int) -> None:
        """Start the process; it belongs to a session of its own, so that its group can be ended as a whole."""
        java = shutil.which("java")
        assert java is not None
        environment = {
            "PATH": os.environ["PATH"],
            "OPENSEARCH_JAVA_HOME": str(Path(java).resolve().parent.parent),
            "OPENSEARCH_JAVA_OPTS": f"-Xms{heap_mb}m -Xmx{heap_mb}m -XX:-HeapDumpOnOutOfMemoryError",
            "OPENSEARCH_TMPDIR": str(self.home / "tmp"),
            "HOME": str(self.home),
        }
        user = {"user": UNPRIVILEGED, "group": "nogroup", "extra_groups": []} if os.geteuid() == 0 else {}
        log = (self.home / "output.log").open("ab")
        with log:
            self.process = subprocess.Popen(
                [str(self.home / "bin" / "opensearch")],
                cwd=self.home,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                **user,  # type: ignore[call-overload]  # its values are of three types
            )

    def stop(self, kind: signal.Signals = signal.SIGTERM) -> None:
        """End the process and wait for it; one that does not end within 30 s is killed."""
        if self.process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, kind)
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.process = None


class Cluster:
    """One or three nodes with data of their own in a temporary directory that goes with them."""

    def __init__(self, nodes: int = 1, heap_mb: int = 512) -> None:
        distribution = _distribution()
        self._heap_mb = heap_mb
        self._directory = Path(tempfile.mkdtemp(prefix="timtin-opensearch-"))
        self._directory.chmod(0o755)
        ports = _free_ports(2 * nodes)
        self.nodes = [Node(i, self._directory / f"n{i}", ports[2 * i], ports[2 * i + 1]) for i in range(nodes)]
        atexit.register(self.stop)
        for node in self.nodes:
            _install(distribution, node, self.nodes)
            node.start(heap_mb)
        self.wait(nodes)

    @property
    def urls(self) -> list[str]:
        return [node.url for node in self.nodes]

    @property
    def url(self) -> str:
        """The first node's."""
        return self.nodes[0].url

    def restart(self, node: Node) -> None:
        """Start a node that was stopped, with its data."""
        node.start(self._heap_mb)

    def wait(self, nodes: int, status: str = "yellow") -> None:
        """Wait until that many nodes have joined and every shard has the health. Raises UnavailableError with the log's end."""
        deadline = time.monotonic() + START_SECONDS
        path = f"/_cluster/health?wait_for_nodes={nodes}&wait_for_status={status}&timeout=5s"
        while time.monotonic() < deadline:
            for node in self.nodes:
                if node.process is None:
                    continue
                if node.process.poll() is not None:
                    raise UnavailableError(f"OpenSearch stopped with code {node.process.returncode}: {self._log_end(node)}")
                with contextlib.suppress(OSError, URLError, ValueError), urlopen(node.url + path, timeout=10) as answer:
                    if not json.load(answer)["timed_out"]:
                        return
            time.sleep(0.2)
        raise UnavailableError(f"OpenSearch was not ready after {START_SECONDS} s: {self._log_end(self.nodes[0])}")

    def stop(self) -> None:
        """End every node and delete their data."""
        for node in self.nodes:
            node.stop()
        shutil.rmtree(self._directory, ignore_errors=True)
        atexit.unregister(self.stop)

    def __enter__(self) -> Cluster:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _log_end(self, node: Node) -> str:
        with contextlib.suppress(OSError):
            return (node.home / "output.log").read_text(errors="replace")[-2000:]
        return "(no log)"


def _distribution() -> Path:
    """The archive in Maven's repository, fetched when it is not there. Raises UnavailableError."""
    for tool in ("mvn", "java"):
        if shutil.which(tool) is None:
            raise UnavailableError(f"{tool} is not installed (Debian: scripts/install-system-packages)")
    group, name, version, kind = ARTIFACT.split(":")
    path = Path.home() / ".m2" / "repository" / Path(*group.split("."), name, version, f"{name}-{version}.{kind}")
    if not path.exists():
        command = ["mvn", "-q", "-B", "dependency:get", f"-Dartifact={ARTIFACT}", "-Dtransitive=false"]
        try:
            fetched = subprocess.run(command, capture_output=True, text=True, timeout=MAVEN_SECONDS, check=False, cwd=tempfile.gettempdir())
        except subprocess.TimeoutExpired as error:
            raise UnavailableError(f"Maven did not fetch {ARTIFACT} within {MAVEN_SECONDS} s") from error
        if not path.exists():
            raise UnavailableError(f"Maven could not fetch {ARTIFACT}: {(fetched.stdout + fetched.stderr)[-1000:]}")
    return path


def _install(distribution: Path, node: Node, nodes: Sequence[Node]) -> None:
    unpacked = node.home.parent / "unpacked"
    with zipfile.ZipFile(distribution) as archive:
        archive.extractall(unpacked)
    next(unpacked.iterdir()).rename(node.home)
    (node.home / "bin" / "opensearch").chmod(0o755)
    (node.home / "tmp").mkdir()
    settings = {
        "cluster.name": "timtin-test",
        "node.name": node.name,
        "network.host": "127.0.0.1",
        "http.port": node.http,
        "transport.port": node.transport,
        "bootstrap.memory_lock": False,
        "cluster.routing.allocation.disk.threshold_enabled": False,
        "node.processors": 2,
    }
    if len(nodes) == 1:
        settings["discovery.type"] = "single-node"
    else:
        settings["discovery.seed_hosts"] = [f"127.0.0.1:{other.transport}" for other in nodes]
        settings["cluster.initial_cluster_manager_nodes"] = [other.name for other in nodes]
        settings["cluster.fault_detection.leader_check.interval"] = "500ms"
    # JSON is YAML.
    (node.home / "config" / "opensearch.yml").write_text(json.dumps(settings), encoding="utf-8")
    for path in (node.home / "bin").iterdir():
        path.chmod(0o755)
    if os.geteuid() == 0:
        for path in (node.home, *node.home.rglob("*")):
            shutil.chown(path, UNPRIVILEGED, "nogroup")


def _free_ports(count: int) -> list[int]:
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a cluster until the input ends."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nodes", type=int, choices=(1, 3), default=1)
    parser.add_argument("--heap-mb", type=int, default=512)
    options = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        with Cluster(options.nodes, options.heap_mb) as cluster:
            print("\n".join(cluster.urls), flush=True)
            sys.stdin.read()
    except UnavailableError as error:
        print(f"OpenSearch cannot be run here: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
