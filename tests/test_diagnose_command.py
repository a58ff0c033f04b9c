"""`diagnose.py` in processes of its own: the file alone in a folder, as it is downloaded."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import psutil

from machinery.sources import ROOT
from snippets import diagnose as module
from tests.test_diagnose import RIGHT, one_line


def ends(pid):
    """Wait until a process has ended, or give up: a signal takes a moment to arrive."""
    for _ in range(500):
        try:
            if psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:  # it has ended, and nobody has asked how
                return True
        except psutil.NoSuchProcess:
            return True
        time.sleep(0.01)
    return False


def test_what_the_program_began_ends_with_it():
    """And nothing happens if it has ended already."""
    program = "import subprocess, time; print(subprocess.Popen(['sleep', '60']).pid, flush=True); time.sleep(60)"
    child = subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, encoding="utf-8", start_new_session=True
    )
    with child.stdout:
        pid = int(child.stdout.readline())
    assert psutil.pid_exists(pid)
    module.end_all(child)
    assert child.returncode < 0 and ends(pid)
    module.end_all(child)


def test_where_no_group_of_processes_can_be_ended_the_child_is(monkeypatch):
    monkeypatch.delattr(os, "killpg")  # as on Windows
    child = subprocess.Popen(["sleep", "60"], start_new_session=True)
    module.end_all(child)
    assert child.returncode < 0


def command(folder, source, *options, **environment):
    (folder / "homework.py").write_text(source, "utf-8")
    (folder / "diagnose.py").write_bytes(Path(module.__file__).read_bytes())
    return subprocess.run(
        [sys.executable, "diagnose.py", "homework.py", *options],
        cwd=folder, capture_output=True, encoding="utf-8", timeout=60, env={**os.environ, **environment},
    )  # fmt: skip


def test_alone_in_a_folder_and_not_disturbed_by_prints(tmp_path):
    loud = 'import os, sys\nprint("loud")\n' + RIGHT.replace("    z =", '    print(labels, file=sys.stderr)\n    os.system("echo loud")\n    z =')
    done = command(tmp_path, loud, "--json")
    assert done.returncode == 0 and done.stderr == "" and json.loads(done.stdout)["verdict"] == "correct"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["diagnose.py", "homework.py"]


def test_an_endless_loop_ends_and_its_line_is_named(tmp_path):
    done = command(tmp_path, "def loss_and_gradient(z, y):\n    while True:\n        pass\n", "--timeout", "1")
    assert done.returncode == 2 and "it did not end within 1 s, in line" in one_line(done.stdout)


def test_exhausted_memory_ends_and_its_line_is_named(tmp_path):
    hungry = "import numpy as np\ndef loss_and_gradient(z, y):\n    return np.ones((1 << 20, 1 << 20)), z\n"
    done = command(tmp_path, hungry)
    assert done.returncode == 2 and "homework.py, line 3: return np.ones(" in one_line(done.stdout)
    assert "needs more memory than there is" in one_line(done.stdout)


def test_forks_and_threads_of_the_program_neither_judge_nor_stay(tmp_path):
    forking = (
        "import os, threading, time\n"
        + RIGHT.replace("    z =", "    os.fork()\n    threading.Thread(target=time.sleep, args=[60]).start()\n    z =")
        + "if not os.fork():\n    open('pid', 'w').write(str(os.getpid()))\n    time.sleep(60)\n"
        + "while not os.path.exists('pid') or not open('pid').read():\n    time.sleep(0.01)\n"
    )
    assert command(tmp_path, forking).returncode == 0
    assert ends(int((tmp_path / "pid").read_text()))


def test_a_process_that_ends_itself_is_noticed(tmp_path):
    done = command(tmp_path, "import os\ndef loss_and_gradient(z, y):\n    os._exit(0)\n")
    assert done.returncode == 2 and "it ended Python itself (exit code 0)" in one_line(done.stdout)


def test_as_a_module_of_the_project():
    done = subprocess.run(
        [sys.executable, "-m", "snippets.diagnose", "tests/homework/wrong_sign.py", "--function", "products"],
        cwd=ROOT, capture_output=True, encoding="utf-8", timeout=60,
    )  # fmt: skip
    assert done.returncode == 1 and "Wrong sign" in one_line(done.stdout), done.stdout
