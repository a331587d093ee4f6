"""The scripts that come with the product, in the language of whoever copies one."""

from samenwijk.meetings.scripts.base import Script, part
from samenwijk.meetings.scripts.others import OTHERS
from samenwijk.meetings.scripts.sessions import SESSIONS

SHIPPED: dict[str, Script] = {script.slug: script for script in (*SESSIONS, *OTHERS)}

__all__ = ["SHIPPED", "Script", "part"]
