"""Runs the steps of action.yml as a runner of GitHub does: run_action.py REF [INPUT=VALUE]..."""

import os
import re
import subprocess
import sys
from pathlib import Path

import yaml

root = Path(__file__).resolve().parent.parent
action = yaml.safe_load((root / "action.yml").read_text())
given = dict(argument.split("=", 1) for argument in sys.argv[2:])
values = {"github.action_ref": sys.argv[1]}
for name, declared in action["inputs"].items():
    values["inputs." + name] = given.pop(name, declared["default"])
if given:
    sys.exit(f"the action has no input {', '.join(given)}")


def expand(text):
    return re.sub(r"\$\{\{ *([\w.-]+) *\}\}", lambda match: values[match[1]], text)


# A run step of a composite action has no GITHUB_ACTION_REF.
inherited = {name: value for name, value in os.environ.items() if name != "GITHUB_ACTION_REF"}
inherited["GITHUB_ACTION_PATH"] = str(root)
for step in action["runs"]["steps"]:
    env = inherited | {name: expand(value) for name, value in step.get("env", {}).items()}
    shell = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", expand(step["run"])]
    status = subprocess.run(shell, env=env, cwd=expand(step.get("working-directory", "."))).returncode
    if status:
        sys.exit(status)
