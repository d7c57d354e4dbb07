"""Make a template's tree tell what each of its parts takes, before it is compiled."""

from __future__ import annotations

from jinja2 import TemplateSyntaxError, nodes
from jinja2.visitor import NodeTransformer

from directory_pub.sandbox.allowance import LETTERS_A_UNIT

__all__ = ["LOOKED_THROUGH", "SPENT", "TOLD", "weigh_tree"]

# Names of filters that no template can write: a name has no space in it.
SPENT, TOLD, LOOKED_THROUGH = " spent", " told", " looked through"
_BODIES = (nodes.Template, nodes.For, nodes.Macro, nodes.CallBlock, nodes.Block)
_MEMBERSHIP = ("in", "notin")


def weigh_tree(tree: nodes.Template) -> None:
    """Put what is spent at the head of each body that may be gone through more than once.

    Texts that are joined with ``~`` and keys pass by ``TOLD``; what is compared or cut, by ``LOOKED_THROUGH``.
    """
    _Weigher().visit(tree)


class _Weigher(NodeTransformer):
    """Changes nodes from the innermost on."""

    def generic_visit(self, node: nodes.Node, *args: object, **kwargs: object) -> nodes.Node:
        """Change a node behind the nodes inside it."""
        weight = _weight(node.body) if isinstance(node, _BODIES) else 0
        super().generic_visit(node, *args, **kwargs)
        match node:
            case nodes.Template() | nodes.For() | nodes.Macro() | nodes.CallBlock() | nodes.Block():
                node.body.insert(0, nodes.ExprStmt(_passing(nodes.Const(weight), SPENT), lineno=node.lineno))
                if isinstance(node, nodes.For) and node.test is not None:  # which is asked of what it leaves out, too
                    asked = _passing(nodes.Const(_weight([node.test])), SPENT)
                    node.test = nodes.Or(asked, node.test, lineno=node.lineno)  # what is spent is nothing
            case nodes.Concat():
                node.nodes = [_unless_const(each, TOLD) for each in node.nodes]
            case nodes.Pair():
                node.key = _unless_const(node.key, TOLD)
            case nodes.Compare():
                return _compare(node)
            case nodes.Getitem(arg=nodes.Slice()):
                node.node = _passing(node.node, LOOKED_THROUGH)
            case _:
                pass
        return node


def _compare(node: nodes.Compare) -> nodes.Node:
    """A comparison with what is looked through; one that asks what is in a list, as the test of that name."""
    if any(each.op in _MEMBERSHIP for each in node.ops):
        if len(node.ops) > 1:
            raise TemplateSyntaxError("'in' stands alone, not in a chain of comparisons", node.lineno)
        test = nodes.Test(node.expr, "in", [node.ops[0].expr], [], None, None, lineno=node.lineno)
        return test if node.ops[0].op == "in" else nodes.Not(test, lineno=node.lineno)
    if not any(isinstance(each, nodes.Const) for each in (node.expr, *(each.expr for each in node.ops))):
        node.expr = _passing(node.expr, LOOKED_THROUGH)
        for each in node.ops:
            each.expr = _passing(each.expr, LOOKED_THROUGH)
    return node


def _unless_const(node: nodes.Expr, name: str) -> nodes.Expr:
    return node if isinstance(node, nodes.Const) else _passing(node, name)


def _passing(node: nodes.Expr, name: str) -> nodes.Filter:
    return nodes.Filter(node, name, [], [], None, None, lineno=node.lineno)


def _weight(body: list[nodes.Node]) -> int:
    """What a body takes once: a unit for each part, and one for some letters; an inner body spends its own."""
    total = 1
    for node in body:
        if isinstance(node, nodes.TemplateData):
            total += len(node.data) // LETTERS_A_UNIT
        elif not isinstance(node, _BODIES):
            total += _weight(list(node.iter_child_nodes()))
    return total
