"""The handbook of installation, done as a new administrator does it: every command, in order, in file systems of its own.

Nothing outside the test is touched: the folders of the machine lie under a layer that is thrown away, and its network is empty. Where
something cannot be done here, a stand-in says so (STAND_INS) or the block is left out, with the reason (NOT_HERE).
"""

import os
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kring.commands import ROOT
from kring.commands.certificate import certified

HANDBOOK = ROOT / "docs" / "handleiding" / "installeren.md"
BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.M | re.S)
TEXT = {".py", ".html"}
NAME = "kring.voorbeeld.nl"
NOT_HERE = {
    "psql -c": "needs a PostgreSQL of the system; two roles and an upgrade on them are tried in tests/reliability/test_upgrade.py",
    "./kring trial": "stays running; tests/journeys/test_trial.py does it with a browser",
}
STAND_INS = {
    "apt-get": """for word; do case $word in -*|update|install) ;; *) apt-cache show "$word" >/dev/null || exit 1 ;; esac; done""",
    "git": r"""set -eu
for to; do :; done
mkdir -p "$to/.venv"
cd "$BRON"
cp -r src content requirements deploy docs kring pyproject.toml "$to"
cp .venv/pyvenv.cfg "$to/.venv/"
for part in bin lib lib64; do ln -s "$BRON/.venv/$part" "$to/.venv/"; done
PYTHONPATH="$to/src" "$to/.venv/bin/python" -c "$STAMP" """,
    "journalctl": "cat /var/log/kring.said",
    "systemctl": r"""
unit=/etc/systemd/system/kring.service
case "$*" in
    "start kring"|"enable --now kring")
        install --directory --owner kring --group kring --mode 750 /run/kring
        set -a; . /etc/kring/kring.env; set +a
        setpriv --reuid=kring --regid=kring --init-groups $(sed -n 's/^ExecStart=//p' $unit) >> /var/log/kring.said 2>&1 &
        echo $! > /var/run/kring.pid
        for turn in $(seq 600); do grep -q "Kring luistert" /var/log/kring.said && exit; kill -0 $! || break; sleep 0.1; done
        cat /var/log/kring.said >&2
        exit 1 ;;
    "stop kring")
        kill $(cat /var/run/kring.pid)
        while kill -0 $(cat /var/run/kring.pid) 2>/dev/null; do sleep 0.1; done
        : > /var/log/kring.said ;;
    "restart nginx") nginx ;;
    "status kring --no-pager") kill -0 $(cat /var/run/kring.pid) ;;
    "restart caddy"|daemon-reload) ;;
    *) echo "a systemctl that the test does not know: $*" >&2; exit 1 ;;
esac""",
}
ASK = f"curl --silent --fail --output /dev/null --cacert /etc/ssl/kring/ca.pem --resolve {NAME}:443:127.0.0.1 https://{NAME}/invitation/"
CALLED = "mv kring-ca.pem ca.pem; mv server.pem fullchain.pem; mv server.key privkey.pem"
AFTERWARDS = {"systemctl restart nginx": ASK, "systemctl start kring": ASK}  # what a visitor then sees
STAMP = """from kring.commands.environment import Packages, fingerprint
Packages.KRING.stamp.write_text(fingerprint(Packages.KRING.pinned))"""
LAYERS = """set -eu
mount --make-rprivate /
mount -t tmpfs tmpfs "$scratch"
mkdir -p "$scratch/base"
mount --bind "$BRON" "$BRON"
mount -o remount,bind,ro "$BRON" # what is installed here stays as it is
for place in etc opt var usr/local run; do
    mkdir -p "$scratch/upper/$place" "$scratch/work/$place"
    mount -t overlay overlay -o "lowerdir=/$place,upperdir=$scratch/upper/$place,workdir=$scratch/work/$place" "/$place"
done
if ! setpriv --reuid=65534 --clear-groups test -x "$base/bin/python3"; then # a Python in the home of root
    mount --bind "$base" "$scratch/base"
    top="/$(echo "$base" | cut -d/ -f2)"
    mount -t tmpfs -o mode=755 tmpfs "$top"
    mkdir -p "$base"
    mount --bind "$scratch/base" "$base"
fi
ip link set lo up
trap 'kill $(cat /var/run/kring.pid /run/nginx.pid 2>/dev/null) 2>/dev/null || true; sleep 1' EXIT
"""


def blocks() -> list[str]:
    return BLOCK.findall(HANDBOOK.read_text())


def left_out(block: str) -> str | None:
    return next((reason for word, reason in NOT_HERE.items() if word in block), None)


def test_what_is_left_out_is_in_the_handbook() -> None:
    assert [word for word in NOT_HERE if not any(word in block for block in blocks())] == []


def test_every_block_is_a_script_and_every_file_it_takes_is_there() -> None:
    for block in blocks():
        subprocess.run(("sh", "-n"), input=block, text=True, check=True)
    taken = re.findall(r"/opt/kring/current/(\S+)", "\n".join(blocks()))
    assert taken
    assert [name for name in taken if not (ROOT / name).exists()] == []


def test_every_sentence_in_its_table_is_one_that_kring_says() -> None:
    """Of each message the first words, as far as they are the same whatever happens."""
    says = "".join(path.read_text() for path in (ROOT / "src" / "kring").rglob("*.*") if path.suffix in TEXT)
    told = re.findall(r"^\| “([^…:”]{12,})", HANDBOOK.read_text(), re.M)
    assert len(told) > 10
    assert [sentence for sentence in told if sentence.strip() not in says] == []


def can_layer() -> bool:
    programs = ("unshare", "setpriv", "ip", "curl", "nginx", "caddy", "adduser")
    return (
        os.geteuid() == 0 and all(map(shutil.which, programs)) and subprocess.run(("unshare", "-mn", "true"), check=False).returncode == 0
    )


@pytest.mark.skipif(not can_layer(), reason="the handbook needs root on Debian, with nginx and caddy: nobody followed it here")
def test_a_new_administrator_follows_the_handbook(tmp_path: Path, long: bool) -> None:
    if not long:
        pytest.skip("following the whole handbook takes half a minute; with --long it is done")
    stand_ins(tmp_path / "bin")
    files = certified(tmp_path / "certificate", [NAME], at=datetime.now(UTC))
    given = f"mkdir -p /etc/ssl/kring; cd {files.key.parent}; cp * /etc/ssl/kring; cd /etc/ssl/kring; {CALLED}"
    followed = [block for block in blocks() if not left_out(block)]
    steps = "\n".join(f"( cd /root; set -eux\n{block}\n)\n{seen_after(block)}" for block in followed)
    (tmp_path / "follow").write_text(f"{LAYERS}\n( {given} )\n{steps}\necho THE END\n")
    (tmp_path / "scratch").mkdir()
    around = {
        "PATH": f"{tmp_path / 'bin'}:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        "BRON": str(ROOT),
        "LANG": "C.UTF-8",
        "HOME": "/root",
    }
    around |= {"scratch": str(tmp_path / "scratch"), "base": sys.base_prefix, "STAMP": STAMP}
    done = subprocess.run(("unshare", "-mn", "sh", str(tmp_path / "follow")), env=around, capture_output=True, text=True, check=False)
    assert done.stdout.endswith("THE END\n"), done.stdout[-3000:] + done.stderr[-3000:]


def stand_ins(folder: Path) -> None:
    folder.mkdir()
    for name, script in STAND_INS.items():
        (folder / name).write_text(f"#!/bin/sh\n{script}\n")
        (folder / name).chmod(0o755)


def seen_after(block: str) -> str:
    return next((ask for word, ask in AFTERWARDS.items() if word in block), "")
