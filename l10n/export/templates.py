"""Templates: the built-in ones, and a project's own before them, which run in a sandbox."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from traceback import walk_tb
from typing import Any

import jinja2
from jinja2.loaders import split_template_path
from jinja2.utils import missing

from l10n.errors import ArticleError, L10nError, nearest
from l10n.export.pages.model import Passage
from l10n.export.sandbox import LimitError, Sandbox, page_budget
from l10n.files import read_text, recoding
from l10n.interface import gettext as _


def render_template(template: str, /, *, templates: Path | None = None, **values: Any) -> str:
    """Render a template with everything escaped.

    Raises ArticleError for a mistake in a template of the project, naming file and line; a mistake
    in a built-in one is a defect of ours and stays the exception it is.
    """
    try:
        with page_budget():
            text = _environment(templates).get_template(template).render(**values)
    except L10nError:
        raise
    except Exception as error:
        # A template is a program: whatever an expression in it raises arrives here.
        mistake = _mistake(error, template, templates, values) if templates else None
        if mistake is None:
            raise
        raise mistake from error
    if templates is not None and not text.strip():
        raise ArticleError(
            _("the template gives an empty page"),
            path=_relative(templates / template, templates),
            hint=_hint(template, templates),
        )
    return text


def read_template(name: str, *, templates: Path | None = None) -> str:
    """Return the source of a template or stylesheet as it is."""
    environment = _environment(templates)
    if environment.loader is None:
        raise ArticleError(_("no templates"), path=name)
    return environment.loader.get_source(environment, name)[0]


@cache
def _environment(templates: Path | None) -> jinja2.Environment:
    built_in = jinja2.PackageLoader("l10n.export", "data")
    options: dict[str, Any] = {
        "autoescape": True,
        "undefined": _Unknown,
        "trim_blocks": True,
        "lstrip_blocks": True,
        "keep_trailing_newline": True,
    }
    if templates is None:
        return jinja2.Environment(loader=built_in, **options)  # noqa: S701 - the options escape
    loader = jinja2.ChoiceLoader([_OwnTemplates(templates), built_in])
    return Sandbox((Passage,), loader=loader, **options)


class _OwnTemplates(jinja2.FileSystemLoader):
    """Loads the templates of a project, and says which file is none."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, encoding="utf-8-sig")
        self._folder = folder

    def get_source(
        self, environment: jinja2.Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        path = self._folder.joinpath(*split_template_path(template))  # below it, or not at all
        if path.is_dir() and path != self._folder:
            raise ArticleError(
                _("is a folder, not a template"),
                path=_relative(path, self._folder),
                hint=_hint(template, self._folder),
            )
        changed = _changed(path)
        try:
            source = read_text(path, self.encoding)
        except (FileNotFoundError, NotADirectoryError):
            raise jinja2.TemplateNotFound(template) from None
        except OSError as error:
            raise ArticleError(
                error.strerror or str(error), path=_relative(path, self._folder)
            ) from error
        except UnicodeDecodeError as error:
            raise ArticleError(
                _("not UTF-8"),
                path=_relative(path, self._folder),
                line=error.object.count(b"\n", 0, error.start) + 1,
                hint=recoding(path),
            ) from error
        return source, str(path), lambda: _changed(path) == changed


def _changed(path: Path) -> int | None:
    return path.stat().st_mtime_ns if path.is_file() else None


class _UnknownNameError(jinja2.UndefinedError):
    """A template uses a name that nobody gave it."""

    def __init__(self, name: str, holder: object) -> None:
        super().__init__(name)
        self.name = name
        self.holder = holder
        """What was to have it; None for a name that stands alone."""


class _Unknown(jinja2.StrictUndefined):
    """A name that is not there: using it raises _UnknownNameError."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        name, holder = self._undefined_name, self._undefined_obj
        if self._undefined_hint or not isinstance(name, str):
            return super()._undefined_message
        raise _UnknownNameError(name, None if holder is missing else holder)


def _mistake(
    error: Exception, template: str, templates: Path, values: dict[str, Any]
) -> ArticleError | None:
    """Return the error of a project's template as one line; None when it came from elsewhere."""
    if isinstance(error, jinja2.TemplateSyntaxError):
        places = [(error.filename or "", error.lineno)]
    else:
        # Jinja2 puts the lines of templates in the place of those of the code it made of them.
        places = [
            (frame.f_code.co_filename, line) for frame, line in walk_tb(error.__traceback__)
        ]
    own = [(Path(name), line) for name, line in places if Path(name).is_relative_to(templates)]
    # What has the same value on every page is worked out before there are lines.
    whole = (templates / template, None)
    file, line = own[-1] if own else whole
    if not own and (isinstance(error, OSError) or not file.is_file()):
        return None
    message, hint = _explain(error, values)
    return ArticleError(
        " ".join(message.split()),
        path=_relative(file, templates),
        line=line,
        hint=hint or _hint("article.html", templates),
    )


def _explain(error: Exception, values: dict[str, Any]) -> tuple[str, str]:
    """Return what is wrong, and what to do where that can be told."""
    if isinstance(error, _UnknownNameError):
        return _unknown_name(error, values)
    if isinstance(error, jinja2.TemplatesNotFound):
        names = ", ".join(str(name) for name in error.templates)
        return _("no template “{name}”").format(name=names), ""
    if isinstance(error, jinja2.TemplateNotFound):
        return _("no template “{name}”").format(name=error.name), ""
    if isinstance(error, jinja2.TemplateError):
        return error.message or str(error), ""
    if isinstance(error, LimitError):
        return str(error), ""
    if isinstance(error, RecursionError):
        return _("templates or macros that call each other without an end"), ""
    return f"{type(error).__name__}: {error}", ""


def _unknown_name(error: _UnknownNameError, values: dict[str, Any]) -> tuple[str, str]:
    if error.holder is None:
        names = list(values)
        message = _("no value has the name {name}").format(name=error.name)
    else:
        names = [name for name in dir(error.holder) if not name.startswith("_")]
        kind = type(error.holder).__name__.removesuffix("Model").lower()
        message = _("{kind} has no {name}").format(kind=kind, name=error.name)
    near = nearest(error.name, names)
    return message, _("did you mean {name}?").format(name=near) if near else ""


def _hint(template: str, templates: Path) -> str:
    return _("without {path} the built-in template is used").format(
        path=_relative(templates / template, templates)
    )


def _relative(path: Path, templates: Path) -> str:
    """Return a path the way a project's settings and catalogs name it: `templates/article.html`."""
    return path.relative_to(templates.parent).as_posix()
