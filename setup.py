"""All that pyproject.toml does not say: what is made on the way to a wheel belongs into a temporary folder.

In the checkout it would stay, and a module deleted since would be packed again from there.
"""

from tempfile import TemporaryDirectory

from setuptools import setup

with TemporaryDirectory(prefix="vivavoce-build-") as room:
    setup(options={"build": {"build_base": room}, "egg_info": {"egg_base": room}})
