from collections.abc import Callable
from datetime import datetime
from threading import Event

from huey.serializer import Serializer

class Consumer:
    stop_flag: Event
    def run(self) -> None: ...

class Storage:
    def close(self) -> bool: ...

class TaskWrapper:
    def schedule(self, *, delay: float) -> None: ...

class Huey:
    storage: Storage
    def create_consumer(
        self, *, workers: int, worker_type: str, max_delay: float, graceful_signal: str
    ) -> Consumer: ...
    def get(self, key: str, peek: bool = False) -> object: ...
    def periodic_task(
        self, validate_datetime: Callable[[datetime], bool], *, name: str
    ) -> Callable[[Callable[[], None]], TaskWrapper]: ...
    def put(self, key: str, data: object) -> None: ...
    def task(self, *, name: str) -> Callable[[Callable[[], None]], TaskWrapper]: ...

class PostgresHuey(Huey):
    def __init__(self, name: str, *, dsn: str, results: bool, serializer: Serializer) -> None: ...

class SqliteHuey(Huey):
    def __init__(
        self, name: str, *, filename: str, results: bool, serializer: Serializer
    ) -> None: ...

def crontab(minute: str = "*") -> Callable[[datetime], bool]: ...
