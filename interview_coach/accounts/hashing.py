"""Threads of their own for whatever hashes a password.

A storm of sign-ins waits here, while the threads that serve all other requests stay free.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import ParamSpec, TypeVar

from interview_coach.accounts import passwords

Given = ParamSpec("Given")
Answer = TypeVar("Answer")
# Besides those that hash, some that are busy with the database before and after it.
_POOL = ThreadPoolExecutor(2 * passwords.AT_ONCE, thread_name_prefix="passwords")


async def wait_for(
    call: Callable[Given, Answer], *args: Given.args, **kwargs: Given.kwargs
) -> Answer:
    """What the call answers or raises, once a thread was free for it."""
    context = copy_context()
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_POOL, lambda: context.run(call, *args, **kwargs))
