"""Where packages come from: what this machine tells pip is kept, for pip and uv alike; all else is left out.

A setting may say which registry, proxy or certificate is used. One that could change what is installed (a constraint,
a date, a target, "no wheels") never reaches an installer.
"""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from setup.commands import ask
from setup.environment import PYTHON

PIP_KEEPS = re.compile(
    r"(extra-)?index-url|find-links|no-index|(client-)?cert|proxy|trusted-host|(default-)?timeout|retries"
    r"|keyring-provider|(no-)?cache-dir|use-feature"
)
UV_KEEPS = re.compile(
    r"UV_((NO_)?CACHE(_DIR)?|(DEFAULT|EXTRA)_INDEX(_URL)?|FIND_LINKS|HTTP_\w+|SYSTEM_CERTS|NATIVE_TLS|INSECURE_HOST"
    r"|KEYRING_PROVIDER|CREDENTIALS_DIR|LINK_MODE|OFFLINE|CONCURRENT_DOWNLOADS"
    r"|INDEX(_\w+)?)"  # addresses, and user names and passwords for them
)
UV_INDEXES = ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "UV_INDEX", "UV_EXTRA_INDEX_URL", "UV_FIND_LINKS")
# from pip's setting to the variables that say the same to uv
TO_UV = {
    "extra-index-url": ("UV_INDEX",),
    "index-url": ("UV_DEFAULT_INDEX",),
    "find-links": ("UV_FIND_LINKS",),
    "trusted-host": ("UV_INSECURE_HOST",),
    "default-timeout": ("UV_HTTP_TIMEOUT",),
    "timeout": ("UV_HTTP_TIMEOUT",),
    "retries": ("UV_HTTP_RETRIES",),
    "keyring-provider": ("UV_KEYRING_PROVIDER",),
    "cert": ("SSL_CERT_FILE",),
    "client-cert": ("SSL_CLIENT_CERT",),
    "proxy": ("HTTP_PROXY", "HTTPS_PROXY"),
}
YES = ("1", "true", "yes", "on")


@cache
def pip_settings() -> Mapping[str, str]:
    """Return what pip is told about registries, by files and variables together."""
    return settings_in(ask([PYTHON, "-I", "-m", "pip", "config", "list"]).stdout)


def settings_in(listed: str) -> dict[str, str]:
    """Read the answer of `pip config list`; what is nearest to pip wins."""
    found: dict[tuple[int, str], str] = {}
    for line in listed.splitlines():
        name, equals, value = line.partition("=")
        section, _dot, key = name.rpartition(".")
        if equals and PIP_KEEPS.fullmatch(key) and section in ("global", "install", ":env:"):
            found[(("global", "install", ":env:").index(section), key)] = str(ast.literal_eval(value))
    return {key: found[(rank, key)] for rank, key in sorted(found)}


def pip_environment() -> dict[str, str]:
    """Return the environment in which pip installs."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}
    settings = dict(pip_settings())
    index = os.environ.get("UV_DEFAULT_INDEX") or os.environ.get("UV_INDEX_URL")
    if index and not settings.keys() & {"index-url", "no-index"}:
        settings["index-url"] = index
    kept = {f"PIP_{key.upper().replace('-', '_')}": value for key, value in settings.items()}
    fixed = {"PIP_CONFIG_FILE": os.devnull, "PIP_NO_INPUT": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    return {**environment, **kept, **fixed}


def uv_environment() -> dict[str, str]:
    """Return the environment in which uv installs: its own registries, or else those of pip."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("UV_") or UV_KEEPS.fullmatch(name)
    }
    own = any(environment.get(name) for name in UV_INDEXES)
    for key, value in pip_settings().items():
        for name in TO_UV.get(key, ()):
            if not (own and name in UV_INDEXES):
                environment.setdefault(name, _for_uv(key, value))
    return environment


def uv_options() -> list[str]:
    """Return how uv looks in those registries: in all of them, as pip does."""
    own = any(os.environ.get(name) for name in UV_INDEXES)
    none = not own and pip_settings().get("no-index", "").lower() in YES
    return ["--no-config", "--index-strategy", "unsafe-best-match", *(["--no-index"] if none else [])]


def _for_uv(key: str, value: str) -> str:
    return ",".join(_links(value)) if key == "find-links" else " ".join(value.split())


def _links(value: str) -> Iterator[str]:
    for link in value.split():
        if "://" in link:
            yield link
        elif Path(link).expanduser().exists():  # pip passes over a folder that is not there, uv stops
            yield str(Path(link).expanduser())
