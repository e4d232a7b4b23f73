"""What templates were compiled to, kept between runs: compiling them takes longer than making a page."""

from __future__ import annotations

import contextlib
import marshal
import sys
from importlib.metadata import version

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from afterword.operations.program import program_marks
from afterword.sources.cache import Cache
from afterword.sources.own_code import own_code


class TemplateCache(BytecodeCache):
    """The code of templates under the hash of their text and of all that compiles them."""

    def __init__(self, cache: Cache, *compiler: str) -> None:
        """Keep code in a cache that is its owner's alone; `compiler` is what compiles, beside Jinja, Python and this program."""
        self._cache = cache
        self._compiler = Cache.key(sys.version, version("jinja2"), *program_marks(), *compiler)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a bucket its code, where it is kept."""
        content = self._cache.get_bytes(self._key(bucket))
        if content is not None:
            with contextlib.suppress(EOFError, ValueError, TypeError):
                bucket.code = marshal.loads(content)  # noqa: S302 - see `own_code`

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a bucket."""
        if bucket.code is not None:
            self._cache.put_bytes(self._key(bucket), marshal.dumps(bucket.code))

    def _key(self, bucket: Bucket) -> str:
        return Cache.key(self._compiler, bucket.key, bucket.checksum)


def template_cache(*compiler: str) -> TemplateCache | None:
    """Give the cache of the person who runs this, None where code must not be kept."""
    cache = own_code()
    return None if cache is None else TemplateCache(cache, *compiler)
