"""What deploy/ says, run: a service that can write nowhere but in its site, and a proxy with TLS before it."""

from __future__ import annotations

import os
import re
import shlex
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path

import pytest
import yaml
from filelock import FileLock

from deploy.test_files import DEPLOY, instructions, service, tool

pytestmark = pytest.mark.slow
OFFING = Path(sys.executable).with_name("offing")
NAME = "queue.example.org"
BACKUPS = "/var/backups/offing"
SECONDS = 60  # to start, on a machine with other work
# In mounts of its own, all but the site is read-only; then no privilege is kept, and none can be gained.
CONFINED = """
set -e
mount --make-rprivate /
mount --bind "$OUTSIDE" "$OUTSIDE"
mount -o remount,bind,ro "$OUTSIDE"
mount -o remount,bind,ro /
mount --bind "$SITE" "$SITE"
mount -o remount,bind,rw "$SITE"
for place in / "$OUTSIDE"; do
  if touch "$place/written" 2>/dev/null; then echo "$place can be written" >&2; exit 99; fi
done
cd "$SITE"
exec setpriv --no-new-privs --bounding-set=-all --inh-caps=-all "$@"
"""


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(site: Path) -> dict[str, str]:
    """What the image sets, for a site of this test."""
    words = (word.partition("=") for line in instructions("ENV") for word in line.split())
    image = {name: value.replace("/site", str(site)) for name, _, value in words if name != "PATH"}
    path = f"{OFFING.parent}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
    return {
        **image,
        "PATH": path,
        "HOME": str(site),
        "TMPDIR": str(site / "tmp"),
        "OFFING_CONTACT": "https://x.example",
    }


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A new site, as the guide makes it."""
    folder = tmp_path / "site"
    (folder / "tmp").mkdir(parents=True)
    subprocess.run([OFFING, "init"], cwd=folder, env=environment(folder), check=True, capture_output=True)
    return folder


@contextmanager
def serving(site: Path, words: list[str], *, confined: bool = False) -> Iterator[subprocess.Popen[str]]:
    """A process in a site; ended at the end if it is still there."""
    env = environment(site)
    if confined:
        env |= {"SITE": str(site), "OUTSIDE": str(site.parent)}
        words = [tool("unshare"), "--mount", "/bin/sh", "-c", CONFINED, "sh", *words]
    with (site / "tmp/out").open("w+") as out:
        process = subprocess.Popen(words, cwd=site, env=env, text=True, stdout=out, stderr=subprocess.STDOUT)
        try:
            yield process
        finally:
            process.terminate()  # nginx ends its workers then; killed, it leaves them behind
            try:
                process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def until(process: subprocess.Popen[str], site: Path, done: list[str]) -> None:
    """Wait until a command succeeds while a process lives."""
    end = time.monotonic() + SECONDS
    while subprocess.run(done, env=environment(site), capture_output=True, check=False).returncode:
        assert process.poll() is None, (site / "tmp/out").read_text()
        assert time.monotonic() < end, (site / "tmp/out").read_text()
        time.sleep(0.2)


def health_check(port: int) -> list[str]:
    """The health check of the image, for another port."""
    words: list[str] = yaml.safe_load(instructions("HEALTHCHECK")[0].split("CMD", 1)[1])
    return [word.replace("8765", str(port)) for word in words]


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="mounts can be made by root on Linux only")
def test_the_service_lives_in_a_read_only_root_without_privileges(site: Path) -> None:
    """With the entry point of compose.yaml, until its health check succeeds and SIGTERM ends it."""
    if subprocess.run([tool("unshare"), "--mount", "true"], capture_output=True, check=False).returncode:
        pytest.skip("no mounts of its own can be made here")
    port, one = free_port(), service("offing")
    entry = [word.replace("$$", "$") for word in one["entrypoint"]]
    words = [word.replace("${SITE_NAME:?the host name that people type}", NAME) for word in one["command"]]
    with serving(site, [*entry, *words, "--port", str(port)], confined=True) as process:
        until(process, site, health_check(port))
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=15) == 0, (site / "tmp/out").read_text()
    assert '"stopped"' in (site / "tmp/out").read_text()


@pytest.mark.parametrize("unit", ["offing-hourly", "offing-daily"])
def test_a_timer_runs_a_cycle_that_is_quiet(site: Path, unit: str) -> None:
    """The command of the unit; without feeds, the one line that says so."""
    text = (DEPLOY / f"systemd/{unit}.service").read_text("utf-8")
    command = next(line for line in text.splitlines() if line.startswith("ExecStart=")).partition("=")[2]
    words = [str(OFFING), *shlex.split(command)[1:]]
    done = subprocess.run(words, cwd=site, env=environment(site), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert re.fullmatch(r"! no feed is watched: .*\n", done.stdout)


def test_the_backup_of_a_day_takes_the_place_of_old_ones(site: Path, tmp_path: Path) -> None:
    """The commands of the unit: a new one, private; those of its name that are a month old go, and nothing else."""
    folder = tmp_path / "backups"
    folder.mkdir()
    for name, days in (("offing-20260101T000000Z.backup", 40), ("offing-20260201T000000Z.backup", 10), ("mine", 40)):
        (folder / name).touch()
        os.utime(folder / name, (time.time() - days * 86_400,) * 2)
    for word in ("ExecStart", "ExecStartPost"):
        command = line_of("offing-backup.service", word).replace(BACKUPS, str(folder))
        words = shlex.split(command.replace("/srv/offing/.venv/bin/offing", str(OFFING)))
        subprocess.run(words, cwd=site, env=environment(site), capture_output=True, check=True)
    (made,) = (path for path in folder.iterdir() if path.stat().st_size)
    assert {path.name for path in folder.iterdir()} == {"mine", "offing-20260201T000000Z.backup", made.name}
    assert made.stat().st_mode & 0o777 == 0o600
    assert f"ReadWritePaths=/srv/offing {BACKUPS}" in (DEPLOY / "systemd/offing-backup.service").read_text("utf-8")


def test_pruning_that_meets_a_run_is_tried_again(site: Path) -> None:
    """Its exit code is the one at which the unit restarts; else it ends well, and says that there are no rules."""
    words = [str(OFFING), *shlex.split(line_of("offing-prune.service", "ExecStart"))[1:]]
    done = subprocess.run(words, cwd=site, env=environment(site), capture_output=True, text=True, check=True)
    assert "retention.toml keeps everything for good" in done.stdout
    (site / "config/retention.toml").write_text("[days]\npolls = 90\n")
    with FileLock(site / "offing.db.lock"):
        met = subprocess.run(words, cwd=site, env=environment(site), capture_output=True, check=False)
    assert line_of("offing-prune.service", "RestartForceExitStatus") == str(met.returncode)


def line_of(unit: str, name: str) -> str:
    """The value of a setting in a unit."""
    text = (DEPLOY / "systemd" / unit).read_text("utf-8")
    return next(line for line in text.splitlines() if line.startswith(f"{name}=")).partition("=")[2]


@pytest.mark.parametrize("proxy", ["nginx", "caddy"])
def test_a_browser_reaches_the_app_through_tls(site: Path, tmp_path: Path, proxy: str) -> None:
    """Under the name that people type, as https; figures stay on the machine."""
    program, app, port = tool(proxy), free_port(), free_port()
    certificate, key = _certificate(tmp_path)
    words = [str(OFFING), "serve", "--behind-proxy", "--name", NAME, "--port", str(app)]
    places = {"8765": str(app), "PORT": str(port), "CERTIFICATE": str(certificate), "KEY": str(key)}
    with serving(site, words) as process:
        until(process, site, health_check(app))
        with serving(site, [program, *(_nginx if proxy == "nginx" else _caddy)(tmp_path, places)]) as front:
            assert _get(front, port, certificate, "/healthz")[0] == HTTPStatus.OK
            status, location = _get(front, port, certificate, "/")
            assert status in {HTTPStatus.OK, HTTPStatus.SEE_OTHER, HTTPStatus.TEMPORARY_REDIRECT}
            assert not location.startswith("http:")
            assert _get(front, port, certificate, "/metrics")[0] == HTTPStatus.NOT_FOUND


def _certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for the name, which it signs itself, and its key."""
    files = folder / "certificate.pem", folder / "key.pem"
    made = f"{tool('openssl')} req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN={NAME}"
    subprocess.run(
        [*made.split(), "-addext", f"subjectAltName=DNS:{NAME}", "-out", files[0], "-keyout", files[1]],
        check=True,
        capture_output=True,
    )
    return files


def _nginx(folder: Path, places: dict[str, str]) -> list[str]:
    """The arguments that run nginx with the example, with other ports and files."""
    text = (DEPLOY / "proxy/nginx.conf").read_text("utf-8")
    text = re.sub(r" *listen \[::\].*\n", "", text).replace("listen 80;", f"listen 127.0.0.1:{free_port()};")
    text = text.replace("listen 443", f"listen 127.0.0.1:{places['PORT']}").replace("8765", places["8765"])
    for name, known in (("CERTIFICATE", "fullchain.pem"), ("KEY", "privkey.pem")):
        text = text.replace(f"/etc/letsencrypt/live/{NAME}/{known}", places[name])
    (folder / "site.conf").write_text(text, "utf-8")
    around = f"daemon off; pid {folder}/nginx.pid; events {{}} http {{ access_log off; include {folder}/site.conf; }}"
    (folder / "nginx.conf").write_text(around, "utf-8")
    return ["-e", "stderr", "-c", str(folder / "nginx.conf")]


def _caddy(folder: Path, places: dict[str, str]) -> list[str]:
    """The arguments that run Caddy with the example, with other ports, and a certificate that it need not get."""
    text = (DEPLOY / "proxy/Caddyfile").read_text("utf-8").replace("8765", places["8765"])
    own = f"https://{NAME}:{places['PORT']} {{\n\tbind 127.0.0.1\n\ttls {places['CERTIFICATE']} {places['KEY']}"
    text = "{\n\tadmin off\n\tauto_https disable_redirects\n}\n" + text.replace(f"{NAME} {{", own)
    (folder / "Caddyfile").write_text(text, "utf-8")
    return ["run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]


def _get(front: subprocess.Popen[str], port: int, certificate: Path, path: str) -> tuple[int, str]:
    """The status and the new address that a proxy answers with, once it does."""
    trusting, end = ssl.create_default_context(cafile=str(certificate)), time.monotonic() + SECONDS
    while True:
        assert front.poll() is None, "the proxy has ended"
        try:
            plain = socket.create_connection(("127.0.0.1", port), timeout=10)
            break
        except ConnectionRefusedError:
            assert time.monotonic() < end
            time.sleep(0.1)
    with trusting.wrap_socket(plain, server_hostname=NAME) as secured:
        connection = HTTPConnection(NAME)
        connection.sock = secured
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.getheader("location", "")
