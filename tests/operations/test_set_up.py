"""The set-up installs its locks and nothing else, whatever is released, set or interrupted."""

import os
import re
import signal
import subprocess
import sys

import pytest

from geo.settings import ROOT
from setup.commands import NothingChangedError, NoWheelError, trouble
from setup.registry import settings_in
from tests.operations.shelf import PATIENCE_S, REAL_UV
from tests.support.signals import taking_ctrl_c


def lock_of(shelf):
    """The trap: a package that is pinned, and asked for by another one through an extra."""
    asks = shelf.put("asks", "1.0", requires=["covers[more]>=1.0"])
    return asks, shelf.put("covers", "1.0", extra=["tiny"]), shelf.put("tiny", "1.0")


LOCKED = {"asks": "1.0", "covers": "1.0", "tiny": "1.0"}


def test_a_newer_release_changes_nothing(project):
    project.lock("requirements.txt", *lock_of(project.shelf))
    project.shelf.put("covers", "2.0", extra=["tiny", "unheard-of"])
    project.shelf.put("tiny", "9.0")
    status, said = project.set_up()
    assert status == 0, said
    assert project.installed() == LOCKED


def test_settings_that_could_change_versions_do_not_reach_an_installer(project, tmp_path):
    project.lock("requirements.txt", *lock_of(project.shelf))
    newer = tmp_path / "newer.txt"
    newer.write_text(project.shelf.put("covers", "2.0", extra=["tiny"]))
    (project.folder / "uv.toml").write_text('exclude-newer = "2001-01-01T00:00:00Z"\n[pip]\nno-binary = [":all:"]\n')
    project.settings = {f"{tool}_{name}": str(newer) for tool in ("PIP", "UV") for name in ("CONSTRAINT", "OVERRIDE")}
    project.settings |= {"UV_EXCLUDE_NEWER": "2001-01-01T00:00:00Z", "UV_PRERELEASE": "allow", "UV_OFFLINE": "0"}
    project.settings |= {"PIP_TARGET": str(tmp_path / "elsewhere"), "PIP_NO_BINARY": ":all:", "PIP_UPGRADE": "1"}
    project.settings |= {"PYTHONPATH": str(tmp_path), "UV_SYSTEM_PYTHON": "1"}
    status, said = project.set_up()
    assert status == 0, said
    assert project.installed() == LOCKED


def test_registries_of_pip_are_those_of_uv(by_uv, tmp_path):
    lock = lock_of(by_uv.shelf)
    simple, links = by_uv.shelf.folder / "simple", tmp_path / "links"
    links.mkdir()
    (simple / "tiny" / "tiny-1.0-py3-none-any.whl").rename(links / "tiny-1.0-py3-none-any.whl")
    (simple / "tiny" / "index.html").write_text("")
    (tmp_path / "pip.conf").write_text(
        f"[global]\nindex-url = {by_uv.shelf.address}\nfind-links =\n  {tmp_path}/nowhere\n  {links}\n"
        f"extra-index-url = file://{tmp_path}/nothing/simple\nconstraint = {tmp_path}/none.txt\n"
    )
    by_uv.settings = {"PIP_CONFIG_FILE": str(tmp_path / "pip.conf"), "PIP_INDEX_URL": by_uv.shelf.address}
    by_uv.lock("requirements.txt", *lock)
    status, said = by_uv.set_up()
    assert status == 0, said
    assert by_uv.installed() == LOCKED


def test_what_is_locked_no_more_is_removed_and_tools_come_only_when_asked(by_uv):
    asks, covers, tiny = lock_of(by_uv.shelf)
    by_uv.lock("requirements.txt", covers)
    by_uv.lock("requirements-dev.txt", covers, asks, tiny)
    assert by_uv.set_up()[0] == 0
    assert by_uv.installed() == {"covers": "1.0"}
    assert by_uv.set_up("dev")[0] == 0
    assert by_uv.installed() == LOCKED
    assert by_uv.set_up() == (0, "")  # what the tools need takes nothing from the app
    by_uv.lock("requirements.txt", tiny)
    assert by_uv.set_up()[0] == 0
    assert by_uv.installed() == {"tiny": "1.0"}


def test_a_lock_that_is_not_closed_is_refused(project):
    project.lock("requirements.txt", lock_of(project.shelf)[0])
    status, said = project.set_up()
    assert status == 1
    assert "Set-up stopped: requirements.txt lacks what its own packages need; `make lock` writes it anew." in said
    assert "covers" in said


def test_a_file_with_another_hash_is_refused(by_uv):
    pin = by_uv.shelf.put("covers", "1.0")
    by_uv.lock("requirements.txt", re.sub(r"sha256:.{8}", "sha256:00000000", pin))
    status, said = by_uv.set_up()
    assert status == 1
    assert "is not the one that was locked (its hash differs), so nothing was installed." in said
    assert by_uv.installed() == {}


def test_a_lock_without_hashes_is_refused(by_uv):
    by_uv.shelf.put("covers", "1.0")
    by_uv.lock("requirements.txt", "covers==1.0\n")
    status, said = by_uv.set_up()
    assert status == 1
    assert "requirements.txt is no complete lock: a version or hash is missing" in said


def test_a_package_without_a_file_for_this_python_is_told(by_uv):
    by_uv.lock("requirements.txt", by_uv.shelf.put("covers", "1.0", tag="cp27-cp27m-win32"))
    status, said = by_uv.set_up()
    assert status == 1
    assert f"a package of requirements.txt is not to be had for Python {sys.version_info[0]}." in said


def test_a_registry_that_is_not_reached_is_told_and_costs_nothing(by_uv):
    covers, *_ = lock = lock_of(by_uv.shelf)[1:]
    by_uv.lock("requirements.txt", *lock)
    assert by_uv.set_up()[0] == 0
    by_uv.settings = {"PIP_INDEX_URL": "http://127.0.0.1:9/simple/"}
    assert by_uv.set_up() == (0, "")  # the second time nothing is asked
    by_uv.lock("requirements.txt", covers, by_uv.shelf.put("late", "1.0"))
    status, said = by_uv.set_up()
    assert status == 1
    assert "Set-up stopped: the package registry was not reached, so requirements.txt was not installed;" in said
    by_uv.lock("requirements.txt", *lock)
    assert by_uv.set_up() == (0, "")


def test_no_npm_and_no_node_is_told(by_uv, tmp_path):
    (by_uv.folder / "static" / "vendor" / "map-libraries.js").unlink()
    by_uv.lock("requirements.txt")
    by_uv.lock("requirements-node.txt", by_uv.shelf.put("node", "1.0", tag="py3-none-win_amd64"))
    by_uv.settings = {"PATH": str(tmp_path)}
    status, said = by_uv.set_up()
    assert status == 1
    assert "npm is missing and no Node.js wheel fits this machine; install Node.js with npm." in said


def test_a_killed_set_up_is_made_good(fresh):
    fresh.make_quickly(REAL_UV.exists())
    fresh.lock("requirements.txt", *lock_of(fresh.shelf))
    fresh.shelf.held = "tiny-1.0"
    with fresh.start() as first:
        assert fresh.shelf.asked.wait(PATIENCE_S)
        first.kill()  # its installer goes on
        with fresh.start() as second:
            assert "waiting for another set-up" in second.stdout.readline()
            fresh.shelf.free.set()
            said = second.communicate()[0]
    assert second.returncode == 0, said
    assert "making .venv" in said
    assert "requirements.txt was not finished" in said
    assert fresh.installed() == LOCKED
    assert fresh.set_up() == (0, "")


def test_an_interrupted_set_up_says_how_to_go_on(fresh):
    fresh.make_quickly(REAL_UV.exists())
    fresh.lock("requirements.txt", *lock_of(fresh.shelf))
    fresh.shelf.held = "tiny-1.0"
    with taking_ctrl_c(), fresh.start(start_new_session=True) as process:
        assert fresh.shelf.asked.wait(PATIENCE_S)
        os.killpg(process.pid, signal.SIGINT)
        said = process.communicate()[0]
    assert process.returncode == 130
    assert "Set-up was interrupted; run the same command again to finish it." in said


WRONG = "from setup import environment; print(environment.what_is_wrong())"


def test_a_moved_or_half_made_environment_is_noticed(fresh, tmp_path):
    def wrong(folder):
        asked = [sys.executable, "-c", WRONG]
        return subprocess.run(asked, cwd=folder, capture_output=True, text=True, check=True).stdout.strip()

    fresh.make_quickly(REAL_UV.exists())
    assert wrong(fresh.folder) == ""
    moved = fresh.folder.rename(tmp_path / "moved")
    assert "made elsewhere" in wrong(moved)
    (moved / ".venv" / "set-up.json").write_text('{"whose": "half')
    assert "was not finished" in wrong(moved)


@pytest.mark.parametrize(
    ("before", "sentence"),
    [
        ("sys.version_info = (3, 10, 12)", "Python 3.11 or newer is needed, and"),
        ("sys.modules['ensurepip'] = None", "Python's venv module is missing; on Debian and Ubuntu: apt install"),
    ],
)
def test_a_python_that_will_not_do_is_told(fresh, before, sentence):
    script = f"import runpy, sys; {before}; sys.argv[1:] = ['run']; runpy.run_module('setup', run_name='__main__')"
    done = subprocess.run([sys.executable, "-c", script], cwd=fresh.folder, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith(f"Set-up stopped: {sentence}")
    assert done.stderr.count("\n") == 1


def test_where_no_uv_is_to_be_had_pip_installs(fresh):
    fresh.lock("requirements-uv.txt", fresh.shelf.put("uv", "2.0", tag="py3-none-win_amd64"))
    fresh.make_quickly(with_uv=False)
    record = fresh.folder / ".venv" / "set-up.json"
    record.write_text(record.read_text().replace("requirements-uv.txt", "older"))
    fresh.lock("requirements.txt", *lock_of(fresh.shelf))
    status, said = fresh.set_up()
    assert status == 0, said
    assert "there is no uv for this machine; pip installs instead" in said
    assert fresh.installed() == LOCKED
    fresh.lock("requirements.txt", fresh.shelf.put("tiny", "1.0"))
    assert fresh.set_up()[0] == 0
    assert fresh.installed() == {"tiny": "1.0"}


@pytest.mark.parametrize(
    ("said", "kind", "part"),
    [
        (
            "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE",
            NothingChangedError,
            "hash differs",
        ),
        (
            "ERROR: Hashes are required in --require-hashes mode, but they are missing",
            NothingChangedError,
            "no complete",
        ),
        (
            "WARNING: Retrying (Retry(total=4)) after NewConnectionError\nNo matching distribution",
            NothingChangedError,
            "reached",
        ),
        ("npm error code EAI_AGAIN", NothingChangedError, "was not reached"),
        ("npm error code EINTEGRITY", NothingChangedError, "hash differs"),
        ("ERROR: No matching distribution found for uv==0.13.9", NoWheelError, "is not to be had for Python"),
    ],
)
def test_what_installers_say_becomes_one_sentence(said, kind, part):
    told = trouble(said, "the.lock")
    assert type(told) is kind
    assert part in str(told).splitlines()[0]


def test_the_nearest_setting_of_pip_wins():
    listed = ":env:.index-url='b'\nglobal.index-url='a'\nglobal.constraint='c'\nfreeze.timeout='1'\nodd line\n"
    assert settings_in(listed) == {"index-url": "b"}


def pins(name):
    return set(re.split(r"\n(?=[a-zA-Z0-9])", (ROOT / name).read_text(encoding="utf-8").strip()))


def test_the_lock_of_the_tools_holds_that_of_the_app():
    assert pins("requirements.txt") <= pins("requirements-dev.txt")
