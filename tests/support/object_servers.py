"""A real S3 server for the tests: moto's, in a process of its own."""

from __future__ import annotations

import itertools
import os
import socket
import subprocess
import sys
from types import TracebackType
from typing import Any

import boto3
from botocore.config import Config

from tests.support.servers import wait_until

ACCESS = {"AWS_ACCESS_KEY_ID": "tests", "AWS_SECRET_ACCESS_KEY": "tests"}
_STARTS_WITHIN = 30.0


class S3Server:
    """Serves buckets on a port of its own while the block runs."""

    def __init__(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port = probe.getsockname()[1]
        self.endpoint = f"http://127.0.0.1:{self._port}"
        self._process: subprocess.Popen[bytes] | None = None
        self._names = itertools.count()

    def __enter__(self) -> S3Server:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(self._port)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **ACCESS},
        )
        wait_until(self._answers, _STARTS_WITHIN, "the S3 server answers")
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: Any, _trace: TracebackType | None
    ) -> None:
        assert self._process is not None
        self._process.terminate()
        self._process.wait()

    def _answers(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self._port), timeout=1).close()
        except OSError:
            return False
        return True

    def client(self) -> Any:
        """Another program's client, to look at what is stored."""
        return boto3.client(
            "s3",
            endpoint_url=self.endpoint,
            region_name="us-east-1",
            aws_access_key_id=ACCESS["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=ACCESS["AWS_SECRET_ACCESS_KEY"],
            config=Config(s3={"addressing_style": "path"}),
        )

    def new_bucket(self) -> str:
        """The name of a new, empty bucket."""
        name = f"coach-{next(self._names)}"
        self.client().create_bucket(Bucket=name)
        return name

    def url(self, bucket: str) -> str:
        """The storage setting of a folder in this bucket."""
        return f"s3://{bucket}/kept/here?endpoint={self.endpoint}&region=us-east-1"
