"""Routes that are compiled once for each process, though every test has an application of its own.

Werkzeug writes and compiles two functions for each route of each application. With a site for each
test and 176 routes, that was most of the time that making one took.
"""

from __future__ import annotations

from collections.abc import Callable

from werkzeug.routing import Rule

Builder = Callable[..., tuple[str, str]]
_builders: dict[object, Builder] = {}


class RememberedRule(Rule):
    """A route that asks what was compiled before, for the same path with the same defaults.

    Nothing of an application is kept: the function gets the route that it builds an address of.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Builder:  # noqa: FBT001, FBT002 - as in werkzeug
        defaults = tuple(sorted((self.defaults or {}).items()))
        key = (self.rule, self.subdomain, defaults, append_unknown)
        if key not in _builders:
            _builders[key] = super()._compile_builder(append_unknown)
        return _builders[key]
