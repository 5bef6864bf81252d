"""A small client that keeps its connections: several threads ask, and note how long each answer took."""

import http.client
import threading
import time
from collections import deque
from dataclasses import dataclass

from benchmarks.measure import share


@dataclass(frozen=True)
class Answers:
    """What a page did under load. rate: answers in a second; p50, p95: milliseconds."""

    rate: float
    p50: float
    p95: float


def ask(port: int, path: str, requests: int, connections: int) -> Answers:
    """Ask a page many times from several connections at once. Raises RuntimeError on an answer other than 200."""
    left = deque(range(requests))
    spent: list[float] = []
    wrong: list[str] = []

    def one() -> None:
        wire = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        while not wrong:
            try:
                left.pop()
            except IndexError:
                break
            start = time.perf_counter()
            wire.request("GET", path, headers={"Host": "localhost", "Accept-Language": "fr"})
            answer = wire.getresponse()
            answer.read()
            spent.append(1000 * (time.perf_counter() - start))
            if answer.status != http.client.OK:
                wrong.append(f"{path} answered {answer.status}")
        wire.close()

    threads = [threading.Thread(target=one) for _ in range(connections)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise RuntimeError(wrong[0])
    return Answers(len(spent) / (time.perf_counter() - start), share(spent, 0.5), share(spent, 0.95))
