"""Runs the PyTorch programs of the lessons, and holds what they print against what the Swift before them printed.

A ```python block belongs to the cell that printed last before it. The blocks of a lesson are one program, top to bottom.
Words must be the same, whole numbers equal, others equal to nine digits; brackets and commas are left to each language.
"""

import contextlib
import io
import json
import math
import pathlib
import re
import sys
import traceback

TOKEN = re.compile(r"[-−]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|[^\W\d_]+")
RELATIVE, ABSOLUTE = 1e-9, 1e-12


def blocks(lesson):
    """The line of each ```python block's fence, and its code; those in quotes, too."""
    found, code, start, indent = [], None, 0, ""
    for number, line in enumerate(lesson.read_text().splitlines(), 1):
        opening = re.fullmatch(r"((?:> ?)*) *```python", line)
        if code is None and opening:
            code, start, indent = [], number, opening[1]
        elif code is not None:
            text = line.removeprefix(indent)
            if text.strip() == "```":
                found.append((start, "\n".join(code) + "\n"))
                code = None
            else:
                code.append(text)
    return found


def tokens(text):
    return TOKEN.findall(text)


def agree(a, b):
    if a == b:
        return True
    try:
        a, b = float(a.replace("−", "-")), float(b.replace("−", "-"))
    except ValueError:
        return False
    return math.isclose(a, b, rel_tol=RELATIVE, abs_tol=ABSOLUTE)


def difference(ours, theirs):
    """The first lines that do not say the same; None where all do."""
    ours, theirs = ours.strip().splitlines(), theirs.strip().splitlines()
    for mine, other in zip(ours, theirs):
        a, b = tokens(mine), tokens(other)
        if len(a) != len(b) or not all(map(agree, a, b)):
            return f"Swift:   {mine}\n  PyTorch: {other}"
    if len(ours) != len(theirs):
        return f"Swift prints {len(ours)} lines, PyTorch {len(theirs)}"
    return None


def check(lesson, data):
    """What is wrong with a lesson's blocks, and how many there are."""
    problems, names = [], {"__name__": "__main__"}
    cells = json.loads(data.read_text())["cells"]
    found = blocks(lesson)
    for line, code in found:
        printed = [cell for cell in cells if cell["line"] < line and cell["stdout"]]
        output = io.StringIO()
        try:
            with contextlib.redirect_stdout(output):
                exec(compile("\n" * line + code, str(lesson), "exec"), names)
        except Exception:
            problems.append(f"{lesson}:{line}: error: the PyTorch program fails\n  {traceback.format_exc(limit=-1)}")
            continue
        if not printed:
            problems.append(f"{lesson}:{line}: error: no cell before this block prints anything")
        elif (told := difference(printed[-1]["stdout"], output.getvalue())) is not None:
            problems.append(f"{lesson}:{line}: error: PyTorch prints something else\n  {told}")
    return problems, len(found)


def main(lessons="lessons", output="output"):
    count, problems = 0, []
    for lesson in sorted(pathlib.Path(lessons).glob("*.md")):
        data = pathlib.Path(output) / (re.sub(r"^\d+-", "", lesson.stem) + ".json")
        if data.exists():
            told, blocks_of_it = check(lesson, data)
            problems += told
            count += blocks_of_it
    print("\n".join(problems + [f"{count} programs in PyTorch, {len(problems)} that do not agree"]))
    return 1 if problems or count == 0 else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
