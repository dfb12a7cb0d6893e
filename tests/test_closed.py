"""A build opens no socket and starts no program (issue 6, point 17): asked of Python, of the kernel, and without a network.

It may fork itself: the pages of a large site are made by several processes of the same program.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.kit import ROOT
from tests.reliability import needs, tree
from tests.test_reproducible import laid_out

# Every event of Python that stands for a connection or another program; what a forked process does is seen as well. A
# library may be opened only if it is the C library itself, in which renameat2 and syncfs are.
_WATCHED = """
import os, sys
said = os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.posix_spawn", "os.spawn", "os.system", "os.startfile", "pty.", "webbrowser.",
             "urllib.", "http.", "ftplib.", "smtplib.", "imaplib.", "poplib.", "nntplib.", "telnetlib.")
HARMLESS = ("socket.gethostname",)
def hook(event, args):
    if event.startswith(FORBIDDEN) and event not in HARMLESS or event == "ctypes.dlopen" and args[0] is not None:
        os.write(said, f"{event} {args!r:.200}\\n".encode())
sys.addaudithook(hook)
sys.argv[:2] = ["briefgen"]
"""
_BUILD = _WATCHED + "from briefgen.cli import main\nmain()\n"
_WORSE = """
import os, socket, subprocess
with socket.socket() as one:
    one.bind(("127.0.0.1", 0))
subprocess.run(["true"])
os.system("true")
if os.fork() == 0:
    socket.getaddrinfo("127.0.0.1", 80)
    os._exit(0)
os.wait()
os.execv("/bin/true", ["true"])
"""


def watched(folder: Path, program: str, *words: str) -> list[str]:
    """What a program did that it may not, event by event."""
    said = folder / "said"
    command = [sys.executable, "-c", program, str(said), *words]
    subprocess.run(command, check=True, cwd=ROOT, capture_output=True)
    return [line.split(" ")[0] for line in said.read_text(encoding="utf-8").splitlines()]


def words_for(project: Path) -> list[str]:
    return ["-C", str(project), "build", "--strict", "--jobs", "3"]


def test_a_build_asks_python_for_no_connection_and_no_program(tmp_path: Path) -> None:
    project = laid_out(tmp_path / "p", 1)
    assert watched(tmp_path, _BUILD, *words_for(project)) == []
    assert (project / "site/index.html").exists()
    # Nor does one that goes on where the last one ended: with nothing to do, and with something.
    assert watched(tmp_path, _BUILD, *words_for(project)) == []
    (project / "content/actors/more.yaml").write_text("salma-example: Salma Example\n", encoding="utf-8")
    assert watched(tmp_path, _BUILD, *words_for(project)) == []
    assert (project / "site/actors/salma-example.html").exists()


def test_the_watch_would_have_seen_them(tmp_path: Path) -> None:
    seen = watched(tmp_path, _WATCHED + _WORSE)
    wanted = ["socket.bind", "subprocess.Popen", "os.system", "socket.getaddrinfo", "os.exec"]
    assert [event for event in seen if event in wanted] == wanted


# ---------------------------------------------------------------- asked of the kernel


def calls(folder: Path, *command: str) -> list[str]:
    """The system calls for connections and programs that a command and all its processes make, after its own start."""
    log = folder / "calls"
    strace = ["strace", "-f", "-qq", "-e", "trace=%network,execve,execveat", "-o", str(log), *command]
    subprocess.run(strace, check=True, cwd=ROOT, capture_output=True)
    found = [match[1] for match in re.finditer(r"^\d+ +(\w+)\(", log.read_text(encoding="utf-8"), re.MULTILINE)]
    assert found[0] == "execve"
    return found[1:]


def test_a_build_asks_the_kernel_for_no_connection_and_no_program(tmp_path: Path) -> None:
    needs("strace")
    project = laid_out(tmp_path / "p", 1)
    assert calls(tmp_path, sys.executable, "-m", "briefgen", *words_for(project)) == []
    assert (project / "site/index.html").exists()


def test_strace_would_have_seen_them(tmp_path: Path) -> None:
    needs("strace")
    assert {"socket", "bind", "execve"} <= set(calls(tmp_path, sys.executable, "-c", _WORSE))


# ---------------------------------------------------------------- without a network


def without_network() -> list[str]:
    """How to start a program that has no network, not even a loopback that is up; skipped where nobody may."""
    needs("unshare")
    command = ["unshare", "--net"] if os.geteuid() == 0 else ["unshare", "--user", "--map-root-user", "--net"]
    if subprocess.run([*command, "true"], capture_output=True, check=False).returncode:
        pytest.skip("this system lets nobody unshare its network")
    return command


def test_without_a_network_the_site_is_the_same(tmp_path: Path) -> None:
    alone = without_network()
    sites = []
    for name, before in (("with", []), ("without", alone)):
        project = laid_out(tmp_path / name, 1)
        command = [*before, sys.executable, "-m", "briefgen", *words_for(project)]
        subprocess.run(command, check=True, cwd=ROOT, capture_output=True)
        sites.append({path.removeprefix(str(project)): digest for path, digest in tree(project / "site").items()})
    assert sites[0] == sites[1]
    assert len(sites[0]) > 200


def test_there_is_no_network_then() -> None:
    probe = "import socket; socket.create_connection(('127.0.0.1', 9), 1)"
    done = subprocess.run([*without_network(), sys.executable, "-c", probe], capture_output=True, text=True, check=False)
    assert "Network is unreachable" in done.stderr
