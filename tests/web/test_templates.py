"""Rules that every template keeps: pages and fragments, a strict CSP, and working without htmx."""

from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import Environment
from jinja2.nodes import Block, Compare, Const, Getattr, Include, Name

FOLDER = Path(__file__).parents[2] / "templates"


def source(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


TEMPLATES = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.html"))
FRAGMENTS = [name for name in TEMPLATES if name.rpartition("/")[2].startswith("_")]
PAGES = [name for name in TEMPLATES if '{% extends "base.html" %}' in source(name)]
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
HTMX_VERBS = {"hx-get", "hx-post", "hx-put", "hx-patch", "hx-delete"}
WORKS_WITHOUT_HTMX = {"href", "action", "formaction"}

each_template = pytest.mark.parametrize("name", TEMPLATES)
each_page = pytest.mark.parametrize("name", PAGES)
each_fragment = pytest.mark.parametrize("name", FRAGMENTS)

jinja = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)


@dataclass(frozen=True)
class Element:
    tag: str
    attributes: dict[str, str | None]
    line: int
    depth: int

    def __str__(self) -> str:
        return f"<{self.tag}> in line {self.line}"


class Markup(HTMLParser):
    """The elements of a template, in order, with their depth."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.handle_startendtag(tag, attributes)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, dict(attributes), self.getpos()[0], len(self.open)))

    def handle_endtag(self, tag: str) -> None:
        if tag in self.open:
            while self.open.pop() != tag:
                pass


def markup(name: str) -> str:
    """What is left when each Jinja expression becomes one letter, and each statement nothing."""
    kept = []
    for _, kind, text in jinja.lex(source(name)):
        if kind == "data":
            kept.append(text)
        elif kind == "variable_begin":
            kept.append("x")
        if kind != "data":
            kept.append("\n" * text.count("\n"))
    return "".join(kept)


@cache
def elements(name: str) -> list[Element]:
    parser = Markup()
    parser.feed(markup(name))
    return parser.elements


@each_page
def test_a_page_fills_the_title_and_the_main_part(name):
    blocks = {block.name for block in jinja.parse(source(name)).find_all(Block)}

    assert {"title", "main"} <= blocks


@each_fragment
def test_a_fragment_is_one_element_named_after_its_file(name):
    roots = [element for element in elements(name) if element.depth == 0]

    stem = name.rpartition("/")[2].removeprefix("_").removesuffix(".html")
    assert [element.attributes.get("id") for element in roots] == [stem]


@each_fragment
def test_a_fragment_is_part_of_the_page_of_its_name(name):
    page = name.replace("/_", "/")

    included = [node.template for node in jinja.parse(source(page)).find_all(Include)]

    assert page in PAGES
    assert name in [template.value for template in included if isinstance(template, Const)]


@each_template
def test_nothing_is_inline_that_the_csp_would_refuse(name):
    for element in elements(name):
        names = element.attributes.keys()
        assert element.tag != "style", element
        assert element.tag != "script" or "src" in names, element
        assert not [n for n in names if n == "style" or n.startswith(("on", "hx-on"))], element


@each_template
def test_no_attribute_holds_code(name):
    for element in elements(name):
        for value in filter(None, element.attributes.values()):
            assert not value.strip().lower().startswith(("javascript:", "js:")), element


@each_template
def test_every_htmx_control_works_without_htmx(name):
    for element in elements(name):
        if HTMX_VERBS & element.attributes.keys():
            assert WORKS_WITHOUT_HTMX & element.attributes.keys(), element


@each_template
def test_no_template_asks_which_task_type_it_shows(name):
    for comparison in jinja.parse(source(name)).find_all(Compare):
        asked = [node.attr for node in comparison.find_all(Getattr)]
        asked += [node.name for node in comparison.find_all(Name)]
        assert "task_type" not in asked


@each_template
def test_every_picture_has_a_text_for_those_who_cannot_see_it(name):
    assert not [
        str(element) for element in elements(name) if element.tag == "img" and "alt" not in element.attributes
    ]
