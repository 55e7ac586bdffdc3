"""The shape of the code is a test: imports point inwards, files stay small, names say something."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

TOP = Path(__file__).parents[1]
PACKAGE = TOP / "labelkit"

# Each layer, the layers it may import, and the parts from outside that it may know.
LAYERS = {
    "config": ({"domain"}, set()),
    "domain": (set(), {"numpy"}),
    "tasktypes": ({"domain"}, {"numpy"}),
    "formats": ({"domain", "tasktypes"}, {"numpy"}),
    "store": ({"domain", "tasktypes", "config"}, {"numpy", "sqlalchemy", "alembic", "PIL"}),
    "services": (
        {"domain", "tasktypes", "store", "formats", "config"},
        {"numpy", "sqlalchemy", "werkzeug.security"},
    ),
    "web": (
        {"domain", "tasktypes", "store", "formats", "services", "config"},
        {
            "babel",
            "flask",
            "flask_babel",
            "jinja2",
            "markdown_it",
            "markupsafe",
            "nh3",
            "sqlalchemy",
            "werkzeug",
        },
    ),
}
LINES = {".py": 300, ".js": 200, ".html": 140, ".css": 350}
FUNCTION_LINES = 45
NAMES_THAT_SAY_NOTHING = {"utils", "util", "helpers", "helper", "common", "misc"}
SETTING_ASIDE = {"skip", "skipif", "xfail", "importorskip"}


def sources(folder: Path, suffix: str) -> list[Path]:
    """Our own files, without generated migrations."""
    return sorted(path for path in folder.rglob(f"*{suffix}") if "versions" not in path.parts)


def shown(path: Path) -> str:
    return str(path.relative_to(TOP))


MODULES = sources(PACKAGE, ".py")
PYTHON = [*MODULES, *sources(TOP / "tests", ".py")]
WRITTEN = [path for folder in ("static", "templates") for s in LINES for path in sources(TOP / folder, s)]


def layer_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(tree: ast.AST) -> Iterator[str]:
    """Every module that an import names; `from a import b` gives a.b, which may be a module too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def imports_of(path: Path) -> list[str]:
    return list(imports(ast.parse(path.read_text(encoding="utf-8"))))


def test_every_folder_is_a_layer():
    assert {layer_of(path) for path in MODULES if path.parent != PACKAGE} <= LAYERS.keys()


@pytest.mark.parametrize("path", [path for path in MODULES if layer_of(path) in LAYERS], ids=shown)
def test_imports_point_inwards(path):
    layer = layer_of(path)
    inner, outside = LAYERS[layer]

    for name in imports_of(path):
        top, _, rest = name.partition(".")
        if top == "labelkit":
            assert rest.split(".")[0] in {*inner, layer, "__version__"}, f"{layer} may not import {name}"
        else:
            known = top in sys.stdlib_module_names or any(
                f"{name}.".startswith(f"{part}.") for part in outside
            )
            assert known, f"{layer} may not know {name}"


def test_pillow_is_known_to_one_module():
    users = [shown(path) for path in MODULES if any(name.split(".")[0] == "PIL" for name in imports_of(path))]

    assert users == ["labelkit/store/images.py"]


def test_no_module_imports_itself_by_way_of_others():
    modules = {".".join(path.relative_to(TOP).with_suffix("").parts): path for path in MODULES}
    names = {name.removesuffix(".__init__"): path for name, path in modules.items()}
    graph = {}
    for module, path in names.items():
        ends = (name if name in names else name.rpartition(".")[0] for name in imports_of(path))
        graph[module] = {end for end in ends if end in names}

    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


@pytest.mark.parametrize("folder", ["domain", "tasktypes"])
def test_the_pure_core_loads_without_web_database_or_pictures(folder):
    names = [f"labelkit.{folder}.{path.stem}" for path in (PACKAGE / folder).glob("[!_]*.py")]
    code = f"import sys, {', '.join(names)}; print(*sys.modules)"

    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    assert not {"flask", "sqlalchemy", "PIL", "scipy"} & set(loaded.split())


def test_files_stay_small():
    lines = {path: path.read_text(encoding="utf-8").count("\n") for path in [*PYTHON, *WRITTEN]}

    assert not [f"{shown(path)}: {n} lines" for path, n in lines.items() if n > LINES[path.suffix]]


def test_functions_stay_small():
    lengths = {
        f"{shown(path)}: {node.name}": (node.end_lineno or 0) - node.lineno + 1
        for path in PYTHON
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
    }

    assert not [f"{place}, {n} lines" for place, n in lengths.items() if n > FUNCTION_LINES]


def test_no_file_is_named_after_nothing():
    assert not [shown(path) for path in [*PYTHON, *WRITTEN] if path.stem.lower() in NAMES_THAT_SAY_NOTHING]


def test_no_test_is_set_aside():
    found = [
        f"{shown(path)}:{node.lineno}"
        for path in sources(TOP / "tests", ".py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in SETTING_ASIDE and "pytest" in ast.unparse(node)
    ]

    assert not found
