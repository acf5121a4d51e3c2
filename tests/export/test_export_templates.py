"""A template of a project cannot reach Python, and comes to an end; what is right in it still works."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from l10n.errors import ArticleError
from l10n.export.templates import render_template

from .conftest import Desk

WAYS_OUT = {
    "globals": '{{ cycler.__init__.__globals__.os.popen("id").read() }}',
    "classes": "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "by subscript": "{{ ''['__class__'] }}",
    "by filter": "{{ page|attr('__class__')|attr('__init__') }}",
    "by map": "{{ [page]|map(attribute='__class__')|join }}",
    "format": "{{ '{0.__class__}'.format(page) }}",
    "format_map": "{{ '{a.__class__}'.format_map({'a': page}) }}",
    "self": "{{ self.__init__.__globals__ }}",
    "undefined": "{{ nobody.__init__.__globals__ }}",
    "macro": "{% macro m() %}{% endmacro %}{{ m.__call__.__globals__ }}",
    "frame": "{{ (x for x in []).gi_frame }}",
    "percent": "{{ '%s' % page }}",
}
NO_ENDS = {
    "copies": '{{ "x" * 9999999999 }}',
    "copies of a list": "{{ ([1] * 9999999999)|length }}",
    "power": "{{ 9 ** (9 ** 9) }}",
    "product": "{% set n = namespace(x=7) %}{% for i in range(99) %}{% set n.x = n.x * n.x %}{% endfor %}{{ n.x }}",
    "doubling": "{% set n = namespace(x='x') %}{% for i in range(99) %}{% set n.x = n.x ~ n.x %}{% endfor %}",
    "sums": "{% set n = namespace(x='x') %}{% for i in range(99) %}{% set n.x = n.x + n.x %}{% endfor %}",
    "sets": "{% set n = namespace(x='x') %}{% for i in range(99) %}{% set y %}{{ n.x }}{{ n.x }}{% endset %}{% set n.x = y %}{% endfor %}",
    "lists of lists": "{% set n = namespace(x=[1]) %}{% for i in range(99) %}{% set n.x = [n.x, n.x] %}{% endfor %}",
    "long range": "{% for i in range(999999999999) %}{% endfor %}",
    "ranges": "{% for i in range(9999) %}{% for j in range(9999) %}{% for k in range(9999) %}{% endfor %}{% endfor %}{% endfor %}",
    "text in ranges": "{% set x %}{% for i in range(9999) %}{% for j in range(99) %}" + "x" * 9999 + "{% endfor %}{% endfor %}{% endset %}",
    "constants in ranges": "{% set x %}{% for i in range(9999) %}{% for j in range(99) %}{{ '" + "x" * 9999 + "' }}{% endfor %}{% endfor %}{% endset %}",
    "recursive loop": "{% for x in [1] recursive %}{% if loop.depth < 60 %}{{ loop([1, 2]) }}{% endif %}{% endfor %}",
    "macro twice": "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(60) }}",
    "macro for ever": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "include for ever": "{% include 'article.html' %}",
    "include twice": "{% set d = (d|default(0)) + 1 %}{% if d < 60 %}{% include 'article.html' %}{% include 'article.html' %}{% endif %}",
    "import for ever": "{% import 'article.html' as a %}",
    "center": '{{ "x"|center(10**10) }}',
    "ljust": '{{ "x".ljust(10**10) }}',
    "zfill": '{{ "x".zfill(10**10) }}',
    "tabs": '{{ "\\t".expandtabs(10**10) }}',
    "indent": '{{ ("x\\n" * 9999)|indent(10**7) }}',
    "join": '{{ range(9999)|join("x" * 9999999) }}',
    "join method": '{{ ("x" * 9999999).join(["a"] * 9999) }}',
    "join of a map": '{{ (["x" * 999999] * 9)|map("replace", "x", "y" * 999)|join }}',
    "replace": '{{ ("x" * 999999)|replace("x", "y" * 99999) }}',
    "replace, named": '{{ ("x" * 999999)|replace(old="x", new="y" * 99999) }}',
    "replace nothing": '{{ ("x" * 999999).replace("", "y" * 99999) }}',
    "format": '{{ "%9999999999d"|format(1) }}',
    "format, width given": '{{ "%*d"|format(9999999999, 1) }}',
    "round": "{{ 1.5|round(10**9) }}",
    "batch": "{{ [1]|batch(10**10, 'x')|list }}",
    "slice": "{{ [1]|slice(10**10)|list }}",
    "bytes": "{{ (1).to_bytes(10**10, 'big') }}",
    "lorem ipsum": "{{ lipsum(n=10**9) }}",
    "sum of lists": "{{ ([range(9999)|list] * 999)|sum(start=[]) }}",
    "escapes": "{% set x = '<' * 9999999 %}{{ x|e|e|e|e|e|e|e|e }}",
    "digits": "{{ " + "9" * 5000 + " }}",
    "brackets": "{{ " + "[" * 99999 + " }}",
    "loops in loops": "{% for a in [1] %}" * 50 + "{% endfor %}" * 50,
}  # fmt: skip


def rendered(desk: Desk, template: str) -> str:
    desk.write("templates/article.html", template)
    return render_template(
        "article.html", templates=desk.root / "templates", page={"title": "Feria"}
    )


@pytest.mark.parametrize("template", WAYS_OUT.values(), ids=WAYS_OUT)
def test_a_template_reaches_nothing_of_python(desk: Desk, template: str) -> None:
    with pytest.raises(ArticleError) as caught:
        rendered(desk, template)
    assert str(caught.value).startswith("templates/article.html:1: ")


@pytest.mark.parametrize("template", NO_ENDS.values(), ids=NO_ENDS)
def test_a_template_comes_to_an_end_within_its_limits(desk: Desk, template: str) -> None:
    start = time.thread_time()
    with pytest.raises(ArticleError) as caught:
        rendered(desk, template)
    assert str(caught.value).startswith("templates/article.html:")
    assert "\n" not in str(caught.value)
    assert time.thread_time() - start < 12


def test_a_template_calls_no_method_of_a_path(desk: Desk, tmp_path: Path) -> None:
    desk.write("templates/article.html", "{{ page.unlink() }}")
    victim = tmp_path / "victim"
    victim.write_text("here")
    with pytest.raises(ArticleError, match=r"^templates/article\.html:1: "):
        render_template("article.html", templates=desk.root / "templates", page=victim)
    assert victim.read_text() == "here"


@pytest.mark.parametrize(
    ("template", "text"),
    [
        (
            "{% for x in 'abc'|list %}{{ loop.index }}/{{ loop.length }}{{ x|upper }} {% endfor %}",
            "1/3A 2/3B 3/3C ",
        ),
        ("{{ ', '.join(['a', '<b>']) }}", "a, &lt;b&gt;"),
        ("{{ 'a-b'.replace('-', '+') }} {{ 'a-b'|replace('-', '/', count=1) }}", "a+b a/b"),
        (
            "{{ '%03d|%s'|format(7, 'x') }} {{ 20261124|default(3) }} {{ 2 ** 10 }}",
            "007|x 20261124 1024",
        ),
        ("{% macro m(a, b=2) %}{{ a }}{{ b }}{{ caller() }}{% endmacro %}{% call m(1) %}!{% endcall %}", "12!"),
        ("{% set c = cycler('a', 'b') %}{{ c.next() }}{{ c.next() }}{{ c.current }}", "aba"),
        ("{% set a, b = 1, (2, 3) %}{{ a }}{{ b[1] }}{{ {'k': [4]}.k[0] }}", "134"),
        ("{{ page.title ~ '!' }} {{ page.title[0:2] }} {{ 'x' if page.nothing is defined else 'y' }}", "Feria! Fe y"),
        ("{{ [3, 1, 2]|sort|join(',') }} {{ [1, 2]|sum }} {{ 3.14159|round(2) }} {{ {'a': 1}|tojson }}", '1,2,3 3 3.14 {"a": 1}'),
        ("{% for row in range(5)|batch(2, 0) %}{{ row|join }};{% endfor %}", "01;23;40;"),
        ("{{ 'a\nb'|indent(width=2) }}", "a\n  b"),
        ("{% include ['nowhere.html', 'part.html'] %}", "part"),
    ],
)  # fmt: skip
def test_what_templates_are_for_still_works(desk: Desk, template: str, text: str) -> None:
    desk.write("templates/part.html", "part")
    assert rendered(desk, template) == text
