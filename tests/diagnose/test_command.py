"""`diagnose.py` as a command, which starts a child process to judge the program.

The first tests call the child in this process, the next ones give the parent an invented child, and the last ones run both as processes.
"""

import faulthandler
import io
import json
import os
import re
import runpy
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from machinery.sources import ROOT
from snippets import diagnose as module
from snippets.diagnose import diagnose
from tests.benchmarks.verdict import RIGHT
from tests.diagnose.homework import right, unknown
from tests.diagnose.homework.right import vectors
from tests.diagnose.programs import EXPECTATIONS, codes, one_line, report

# The child


def test_the_child_judges_a_file_and_leaves_nothing_beside_it(homework, tmp_path):
    assert homework(RIGHT)["verdict"] == "correct"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["answer.json", "homework.py"]


def test_a_failure_of_diagnose_itself_is_not_blamed_on_the_program(homework, monkeypatch):
    monkeypatch.setattr(module, "compare", lambda student: [][0])
    answer = homework(RIGHT)
    said = "diagnose.py itself failed, with IndexError: list index out of range. That is no fault of yours, unless"
    assert answer["verdict"] == "cannot check" and answer["findings"][0]["evidence"].startswith(said)


def test_the_child_finds_a_function_by_its_name(homework):
    inside = "\nclass Model:\n    loss = staticmethod(loss_and_gradient)\ndel loss_and_gradient"
    assert homework(RIGHT + inside, "--function", "Model.loss")["verdict"] == "correct"


def test_a_program_can_import_the_files_beside_it(homework, tmp_path):
    (tmp_path / "helper_of_homework.py").write_text(RIGHT, "utf-8")
    before = sys.path.copy()
    assert homework("from helper_of_homework import *")["verdict"] == "correct"
    assert sys.path[2:] == before


def test_a_class_that_takes_probabilities_is_judged_behind_the_softmax_of_the_file(homework):
    source = """import numpy as np
class Softmax:
    def forward(self, z):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        self.s = e / e.sum(axis=1, keepdims=True)
        return self.s
    def backward(self, d):
        return self.s * (d - (self.s * d).sum(axis=1, keepdims=True))
class CrossEntropy:
    def forward(self, s, y):
        self.y, self.s = y, s
        return -np.log(s[np.arange(len(y)), y]).mean()
    def backward(self):
        return -np.eye(self.s.shape[1])[self.y] / self.s / len(self.y)
"""
    assert homework(source, "--function", "CrossEntropy")["verdict"] == "fragile"
    assert "wrong-sign" in codes(homework(source.replace("return -np.eye", "return np.eye"), "--function", "CrossEntropy"))


@pytest.mark.parametrize(
    "source, options, said",
    [
        ("import math\nx = math.log(2)\n", [], "homework.py has no function that can be called as the loss or its gradient; it defines none. If loss and gradient are computed outside"),
        ("from math import exp\nclass A:\n    pass\ndef f(): pass\n", [], "it defines f(), A. Write a function loss_and_gradient(logits, labels) that"),
        ("def softmax(z): pass\ndef train_step(W, X, y, lr=0.1): pass\n", [],
         "it defines softmax(z), train_step(W, X, y, lr). If loss and gradient are computed in train_step, move those lines into a function: def loss_and_gr"),
        ("class A:\n    def fit(self, X, y): pass\n", [], "it defines A. If loss and gradient are computed in A.fit, move those lines"),
        ("open('train.csv')\ndef softmax(z): pass\n", [], "when the file is loaded, it raises: homework.py, line 1: open('train.csv'): FileNotFound"),
        ("class A:\n    def loss(self, z): return 1\n", ["--function", "A"], "it has no methods for a forward and a backward pass"),
        (RIGHT, ["--function", "numbers.nothing"], "homework.py has no function numbers.nothing; it defines loss_and_gradient"),
        ("x = (\n", [], "homework.py, line 1: x = (: SyntaxError"),
        ("import sys\nsys.exit(1)\n", [], "homework.py, line 2: sys.exit(1): SystemExit: 1"),
        ("def loss_and_gradient(z, y):\n    return z[99], z\n", [], "homework.py, line 2: return z[99], z: IndexError"),
        (RIGHT.replace("axis=1", "axis=7", 1), [], "homework.py, line 4: z = logits - logits.max(axis=7, keepdims=True)"),
        ("def loss_and_gradient(a, b, c, d, e, f, g): pass\n", [], "no loss is known that takes (a, b, c, d, e, f, g). Write a function that calls yours"),
        ("def loss_and_gradient(z, y): return 'no'\n", [], "it returns one str, which is neither a loss nor a gradient"),
    ],
)
def test_the_child_says_why_it_cannot_check_a_program(homework, source, options, said):
    answer = homework(source, *options)
    assert answer["verdict"] == "cannot check" and said in answer["findings"][0]["evidence"]


def test_a_file_that_raises_while_it_is_loaded_is_judged_by_its_functions(homework):
    answer = homework("data = open('mnist.npz')\n" + RIGHT + "train(data)\n")
    said = "When the file is loaded, it raises: homework.py, line 1: data = open('mnist.npz'): FileNotFoundError"
    assert answer["verdict"] == "correct" and said in one_line(answer) and module.MAIN in one_line(answer)


def test_a_missing_module_is_no_matter_of_what_runs_when_the_file_is_loaded(homework):
    answer = homework("import a_module_that_nobody_has\n" + RIGHT)
    assert answer["verdict"] == "correct" and module.MISSING in one_line(answer) and module.MAIN not in one_line(answer)


def test_what_is_no_python_file_is_named(homework, tmp_path):
    (tmp_path / "homework").mkdir()
    (tmp_path / "homework.ipynb").write_text("{}")
    said = {
        "nothing.py": "nothing.py does not exist: name the Python file that holds your function",
        "homework": "homework is a folder: name the Python file",
        "homework.ipynb": "homework.ipynb is a notebook: save it as a .py file, or call diagnose(your_function) in a cell",
    }
    for name, text in said.items():
        module.main([name, "--child", str(tmp_path)])
        assert text in (tmp_path / "answer.json").read_text("utf-8")


def test_the_file_does_not_see_the_arguments_of_the_program(homework, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["diagnose.py", "homework.py", "--json"])
    assert homework("import argparse\nargparse.ArgumentParser().parse_args()\n" + RIGHT)["verdict"] == "correct"


# The parent


@pytest.mark.parametrize("text", ["0", "-1", "nan", "inf", "1000000", "soon"])
def test_a_time_that_cannot_be_waited_for_is_refused(capsys, text):
    with pytest.raises(SystemExit):
        module.parse(["homework.py", f"--timeout={text}"])
    assert f"argument --timeout: invalid seconds value: '{text}'" in capsys.readouterr().err
    for good in (999999.5, 0.5):
        assert module.parse(["homework.py", "--timeout", str(good)]).timeout == good


@pytest.mark.parametrize("text", ["k", "(k,)", " k "])
def test_a_signature_may_be_written_as_a_shape(text):
    assert module.parse(["homework.py", "--signature", text]).signature == "k"
    assert module.parse(["homework.py", "--signature", "(N, k)"]).signature == "N,k"


class Ended:
    """A replacement for the child: it leaves an answer or a log, and an exit code or none."""

    def __init__(self, monkeypatch, code=1, answer=None, log=None):
        def exit_code(child, seconds):
            assert seconds > 10, "the parent must wait longer than the 10 s after which the child ends itself"
            return code

        def begin(command, **others):
            folder = Path(command[-1])
            if log is not None:
                (folder / "stopped.txt").write_text(log, "utf-8")
            if answer is not None:
                (folder / "answer.json").write_text(json.dumps({**answer, "remarks": answer.remarks}), "utf-8")

        monkeypatch.setattr(subprocess, "Popen", begin)
        monkeypatch.setattr(module, "exit_code", exit_code)
        monkeypatch.setattr(module, "end_all", lambda child: None)


@pytest.mark.parametrize(
    "function, code, first",
    [(vectors, 0, "Correct."), (unknown.zero, 1, "Wrong."), (lambda z, y: None, 2, "Cannot check."), (right.clipped, 3, "Fragile.")],
)
def test_each_verdict_has_its_exit_code_and_its_words(monkeypatch, capsys, function, code, first):
    answer = diagnose(function)
    Ended(monkeypatch, answer=answer)
    assert module.main(["homework.py"]) == code
    words = capsys.readouterr().out
    assert words.startswith(first) and "no limit on memory" not in words
    assert module.main(["homework.py", "--json"]) == code
    assert json.loads(capsys.readouterr().out) == answer


@pytest.mark.parametrize(
    "code, log, said",
    [
        (1, "Timeout (0:00:10)!\nThread 0x1 (most recent call first):\n  File \"{}\", line 2 in f\n",
         "it did not end within 10 s, in line 2: while True:. If it is only slow, try --timeout 60"),
        (None, None, "it did not end within 10 s. If"),
        (-11, 'Fatal Python error: Segmentation fault\n  File "{}", line 1 in f\n',
         "it ended Python itself, in line 1: def f():"),
        (1, "Timeout (0:00:10)!\n  File \"{}\", line 3 in <module>\n",
         "it did not end within 10 s when it was loaded, in line 3: pass. " + module.MAIN),
        (3, "", "it ended Python itself (exit code 3)"),
    ],
)
def test_it_says_how_a_child_ended_that_left_no_answer(monkeypatch, tmp_path, capsys, code, log, said):
    file = tmp_path / "häusaufgabe.py"
    file.write_text("def f():\n    while True:\n        pass\n", "utf-8")
    escaped = str(file).encode("ascii", "backslashreplace").decode()
    Ended(monkeypatch, code, log=log and log.format(escaped))
    assert module.main([str(file)]) == 2
    assert said in one_line(capsys.readouterr().out)


@pytest.mark.parametrize("program, seconds, expected", [("raise SystemExit(3)", 60, 3), ("import time; time.sleep(60)", 0, None)])
def test_the_parent_notes_how_a_child_ended_or_that_it_did_not(program, seconds, expected):
    child = subprocess.Popen([sys.executable, "-c", program], start_new_session=True)
    try:
        assert module.exit_code(child, seconds) == expected
    finally:
        module.end_all(child)


def test_a_system_without_a_limit_on_memory_says_so(monkeypatch, capsys):
    monkeypatch.setattr(sys, "platform", "darwin")
    Ended(monkeypatch, answer=diagnose(vectors))
    assert module.main(["homework.py"]) == 0
    assert "This system has no limit on memory." in capsys.readouterr().out
    monkeypatch.setitem(sys.modules, "resource", None)  # as on Windows
    module.limit_memory()


def test_a_terminal_without_a_character_gets_its_code(monkeypatch):
    printed = io.TextIOWrapper(io.BytesIO(), "ascii")
    monkeypatch.setattr(sys, "stdout", printed)
    Ended(monkeypatch, answer=module.stopped("cannot check", "ä"))
    module.main(["homework.py"])
    printed.seek(0)
    assert "- \\xe4" in printed.read()


def test_a_terminal_that_has_the_character_shows_it(monkeypatch, capsys):
    Ended(monkeypatch, answer=module.stopped("cannot check", "ä"))
    module.main(["homework.py"])
    assert "- ä" in capsys.readouterr().out


def test_a_reader_that_stops_early_is_no_error(monkeypatch):
    """As in `python diagnose.py homework.py | head -1`."""
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w") as stream:
        monkeypatch.setattr(sys, "stdout", stream)
        Ended(monkeypatch, answer=diagnose(vectors))
        assert module.main(["homework.py"]) == 0


def test_memory_and_time_are_limited(monkeypatch, tmp_path):
    import resource

    called = {}
    monkeypatch.setattr(resource, "setrlimit", lambda what, limits: called.update(memory=limits[0]))
    monkeypatch.setattr(faulthandler, "enable", lambda file: None)
    monkeypatch.setattr(
        faulthandler, "dump_traceback_later", lambda seconds, exit, file: called.update(time=seconds, log=file)
    )
    monkeypatch.setattr(sys, "platform", "linux")
    module.limit_memory()
    module.watch(tmp_path / "log", 7)
    called.pop("log").close()
    assert called == {"memory": 2 << 30, "time": 7}


def test_diagnose_runs_as_a_script(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["diagnose.py", "--help"])
    with pytest.raises(SystemExit) as ended:
        runpy.run_path(module.__file__, run_name="__main__")
    assert ended.value.code == 0 and "W,X,y,reg" in capsys.readouterr().out


def test_a_signature_that_is_unknown_is_refused():
    with pytest.raises(ValueError, match="signature is 'X,y'; it must be one of 'N,k', 'k,N', 'k', 'W,X,y,reg'"):
        diagnose(vectors, signature="X,y")


def test_a_keyboard_interrupt_is_not_taken_for_an_error_of_the_program():
    def program(logits, labels):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        diagnose(program)


def test_a_fork_that_the_program_leaves_does_not_judge_too(monkeypatch):
    ended = []
    monkeypatch.setattr(os, "_exit", ended.append)
    ids = iter([1, 1, 1, 2])  # before and after the first call, and the second, which returns in a fork
    monkeypatch.setattr(os, "getpid", lambda: next(ids, 2))
    diagnose(vectors)
    assert ended == [0]


# Both as processes: the file alone in a folder, as it is downloaded


def ends(pid):
    """Wait until a process has ended, or give up: a signal takes a moment to arrive."""
    for _ in range(500):
        try:
            if psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:  # it has ended, but nothing has waited for it
                return True
        except psutil.NoSuchProcess:
            return True
        time.sleep(0.01)
    return False


def test_what_the_program_began_ends_with_it():
    """To end it a second time does nothing."""
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


def test_only_the_child_is_ended_where_process_groups_do_not_exist(monkeypatch):
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
    )


def test_it_works_alone_in_a_folder_and_prints_do_not_disturb_it(tmp_path):
    loud = 'import os, sys\nprint("loud")\n' + RIGHT.replace("    z =", '    print(labels, file=sys.stderr)\n    os.system("echo loud")\n    z =')
    done = command(tmp_path, loud, "--json")
    assert done.returncode == 0 and done.stderr == "" and json.loads(done.stdout)["verdict"] == "correct"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["diagnose.py", "homework.py"]


def test_an_endless_loop_ends_and_its_line_is_named(tmp_path):
    done = command(tmp_path, "def loss_and_gradient(z, y):\n    while True:\n        pass\n", "--timeout", "1")
    assert done.returncode == 2 and "it did not end within 1 s, in line" in one_line(done.stdout)


def test_a_file_that_trains_while_it_is_loaded_gets_the_way_out(tmp_path):
    expected = EXPECTATIONS["trains_where_it_stands"]
    done = command(tmp_path, report("trains_where_it_stands"), "--timeout", "1")
    assert done.returncode == 2 and re.search(r"in line 1[78]: (time.sleep|softmax_loss)\(", one_line(done.stdout))  # of the loop
    assert all(re.search(said, one_line(done.stdout)) for said in expected["says"])


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


def test_it_runs_as_a_module_of_the_project():
    done = subprocess.run(
        [sys.executable, "-m", "snippets.diagnose", "tests/diagnose/homework/wrong_sign.py", "--function", "products"],
        cwd=ROOT, capture_output=True, encoding="utf-8", timeout=60,
    )
    assert done.returncode == 1 and "Wrong sign" in one_line(done.stdout), done.stdout
