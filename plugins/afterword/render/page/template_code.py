"""What templates are compiled to: the code that Jinja writes, without what it keeps open for cases that are rare.

A record's page shows a thousand values and calls a hundred macros, and most of its time went into finding out anew what a value or a macro is.
What a template means stays the same: whatever is no plain case goes the way it always went.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import CodeType
from typing import Any, ClassVar

from jinja2 import BytecodeCache, Environment, Template, nodes
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from jinja2.runtime import Context, Macro
from jinja2.utils import missing

from afterword.render.text.escaping import escaped


class PlainMacro(Macro):
    """A macro that takes the arguments it names and no others; its text is escaped."""

    def __init__(
        self, environment: Environment, function: Callable[..., str], name: str, arguments: Sequence[str]
    ) -> None:
        super().__init__(environment, function, name, list(arguments), False, False, False, True)
        function.__defaults__ = (missing,) * len(arguments)
        self.function = function


def written(context: Context, macro: Any, *values: Any) -> str:
    """Give the text of a macro that goes into the page at once."""
    return macro.function(*values) if type(macro) is PlainMacro else escaped(context.call(macro, *values))


class TemplateCode(CodeGenerator):
    """Writes the code of one template."""

    _at_once: nodes.Node | None = None

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        """Make a plain macro where there is one."""
        node = macro_ref.node
        more = macro_ref.accesses_kwargs or macro_ref.accesses_varargs or macro_ref.accesses_caller
        if (
            not isinstance(node, nodes.Macro)
            or more
            or frame.eval_ctx.volatile
            or not frame.eval_ctx.autoescape
        ):
            super().macro_def(macro_ref, frame)
            return
        arguments = [each.name for each in node.args]
        self.write(f"environment.plain_macro(macro, {node.name!r}, {arguments!r})")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        """Call a macro."""
        if node is self._at_once:
            self.visit(node.node, frame)
            self.signature(node, frame)
        elif isinstance(node.node, nodes.Getattr) and not (
            node.args or node.kwargs or node.dyn_args or node.dyn_kwargs or forward_caller
        ):
            self.visit(node.node, frame)
            self.write("()")
        else:
            super().visit_Call(node, frame, forward_caller=forward_caller)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_pre(node, frame, finalize)
            return
        if (
            isinstance(node, nodes.Call)
            and isinstance(node.node, nodes.Name)
            and not (node.kwargs or node.dyn_args or node.dyn_kwargs)
        ):
            self._at_once = node
            self.write("environment.written(context, ")
        else:
            self.write("environment.escaped(")


class PageTemplate(Template):
    """A template whose macros are made once: none of ours sees the values of the template that imports them."""

    def _get_default_module(self, ctx: Any = None) -> Any:
        return self._module or super()._get_default_module()


class _Compiled(BytecodeCache):
    """The code of templates by their name and text: each is compiled once in a process, whatever environments ask for it, and not at all where it is `kept`."""

    _codes: ClassVar[dict[tuple[str, str], CodeType]] = {}

    def __init__(self, kept: BytecodeCache | None) -> None:
        self._kept = kept

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a bucket its code, where it is known."""
        bucket.code = self._codes.get((bucket.key, bucket.checksum))
        if bucket.code is None and self._kept is not None:
            self._kept.load_bytecode(bucket)
            self._know(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a bucket."""
        self._know(bucket)
        if self._kept is not None:
            self._kept.dump_bytecode(bucket)

    def _know(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self._codes[bucket.key, bucket.checksum] = bucket.code


class PageEnvironment(Environment):
    """An environment whose templates are looked for once: one that is changed is seen by the next environment."""

    code_generator_class = TemplateCode
    template_class = PageTemplate
    escaped = staticmethod(escaped)
    written = staticmethod(written)

    def __init__(self, kept: BytecodeCache | None = None, **options: Any) -> None:
        """Take the options of Jinja; `kept` keeps between runs what templates are compiled to."""
        super().__init__(auto_reload=False, cache_size=-1, bytecode_cache=_Compiled(kept), **options)

    def plain_macro(self, function: Callable[..., str], name: str, arguments: Sequence[str]) -> PlainMacro:
        """Make a macro of a template."""
        return PlainMacro(self, function, name, arguments)
