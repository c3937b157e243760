"""Batches: order kept, hostile claims given up, workers replaced, the first verdict before the input ends."""

import json
import os
import signal
import time

import pytest

from derive.meaning.form import ONE, var
from derive.model.claim import Claim
from derive.model.context import Context
from derive.model.verdict import Verdict
from derive.verify import batch, ladder
from derive.verify.worker import Lost, Servant


def claim(name: str) -> Claim:
    return Claim("identity", var(name), ONE, Context())


def fake_verify(asked: Claim, **_: object) -> Verdict:
    name = asked.left.name
    if name == "hang":
        time.sleep(60)
    if name == "spin":
        sum(range(10**13))
    if name == "recurse":
        return fake_verify(asked)
    if name == "eat":
        hoard = [bytearray(1 << 28) for _ in range(64)]
        return Verdict("proved", note=str(len(hoard)))
    if name == "fault":
        raise ZeroDivisionError("division by zero")
    if name == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    return Verdict("proved", by=name)


@pytest.fixture(autouse=True)
def fake_ladder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ladder, "verify", fake_verify)
    monkeypatch.setattr(batch, "SPARE", 0.2)


def statuses(names: list[str], workers: int = 2) -> list[tuple[str, str]]:
    found = batch.verify_many(map(claim, names), budget=0.1, workers=workers)
    return [(verdict.status, verdict.by) for verdict in found]


@pytest.mark.parametrize("hostile", ["hang", "spin", "recurse", "eat", "die"])
def test_a_hostile_claim_is_given_up_and_the_rest_goes_on(hostile: str) -> None:
    expected = [("proved", "a"), ("proved", "b"), ("undecided", "budget"), ("proved", "c"), ("proved", "d")]
    assert statuses(["a", "b", hostile, "c", "d"]) == expected


def test_a_fault_leaves_its_claim_undecided_and_says_what_it_was() -> None:
    (found,) = batch.verify_many([claim("fault")], workers=1)
    assert (found.status, found.by, found.note) == ("undecided", "fault", "ZeroDivisionError: division by zero")


def test_order_is_kept_and_nothing_is_lost() -> None:
    names = [f"n{i}" if i % 40 else "hang" for i in range(1, 121)]
    found = statuses(names)
    assert [by for _, by in found] == [name if name != "hang" else "budget" for name in names]


def test_a_long_batch_with_hostile_claims_all_over_it() -> None:
    hostile = ("hang", "spin", "recurse", "eat", "die")
    names = [hostile[i // 100 % 5] if i % 100 == 50 else f"n{i}" for i in range(1500)]
    found = statuses(names)
    assert found == [("undecided", "budget") if name in hostile else ("proved", name) for name in names]


def test_what_a_lost_worker_had_before_it_goes_to_another() -> None:
    names = ["die", "a", "b", "c", "d", "die", "e", "f"]
    assert [by for _, by in statuses(names, workers=1)] == ["budget", "a", "b", "c", "d", "budget", "e", "f"]


def test_long_items_are_not_sent_ahead_of_a_claim_that_hangs() -> None:
    long = "x" * (1 << 20)
    names = ["hang", long, long, "a", "hang", long]
    assert [by for _, by in statuses(names, workers=1)] == ["budget", long, long, "a", "budget", long]


def test_every_worker_may_die() -> None:
    assert statuses(["die"] * 6 + ["a"]) == [("undecided", "budget")] * 6 + [("proved", "a")]


def test_without_workers_everything_happens_here() -> None:
    assert statuses(["a", "recurse", "b"], workers=0) == [("proved", "a"), ("undecided", "budget"), ("proved", "b")]


def test_workers_are_renewed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("derive.verify.pool.RENEWED_AFTER", 3)
    assert len(statuses(["a"] * 20)) == 20


def test_a_batch_can_be_left_early() -> None:
    found = batch.verify_many((claim("a") for _ in iter(int, 1)), workers=2)
    assert next(found).status == "proved"
    found.close()  # type: ignore[attr-defined]


def line(number: int) -> str:
    return json.dumps({"id": number, "kind": "identity", "lhs": "x", "rhs": "1"}) + "\n"


def test_the_first_verdict_comes_before_the_stream_ends() -> None:
    reading, writing = os.pipe()
    with os.fdopen(reading, "rb") as source, os.fdopen(writing, "w") as sink:
        found = batch.verify_lines(source, workers=2)
        for number in range(3):
            sink.write(line(number))
            sink.flush()
            assert json.loads(next(found))["id"] == number
        sink.close()
        assert list(found) == []


def test_lines_that_cannot_be_read_get_a_verdict_too() -> None:
    reading, writing = os.pipe()
    texts = [line(0), "{broken\n", "\n", '{"id": "k", "kind": "guess", "lhs": "x", "rhs": "1"}\n', line(1).strip()]
    with os.fdopen(reading, "rb") as source:
        with os.fdopen(writing, "w") as sink:
            sink.write("".join(texts))
        verdicts = [json.loads(found) for found in batch.verify_lines(source, workers=1)]
    assert [(v["id"], v["status"]) for v in verdicts] == [
        (0, "proved"),
        (None, "unread"),
        ("k", "unread"),
        (1, "proved"),
    ]
    assert "line 2, column 2" in verdicts[1]["message"]
    assert "line 4, column 22" in verdicts[2]["message"]


def test_a_line_over_which_a_worker_died_keeps_its_id() -> None:
    reading, writing = os.pipe()
    with os.fdopen(reading, "rb") as source:
        with os.fdopen(writing, "w") as sink:
            sink.write(line(7).replace('"x"', '"die"'))
        (verdict,) = (json.loads(found) for found in batch.verify_lines(source, workers=1))
    assert (verdict["id"], verdict["status"], verdict["by"]) == (7, "undecided", "budget")


def test_an_endless_line_is_refused_without_being_kept() -> None:
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        with os.fdopen(writing, "wb") as sink:
            for _ in range(40):
                sink.write(b"x" * (1 << 16))
            sink.write(b"\n" + line(5).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as source:
        verdicts = [json.loads(found) for found in batch.verify_lines(source, workers=1)]
    os.waitpid(pid, 0)
    assert [v["status"] for v in verdicts] == ["unread", "proved"]
    assert verdicts[1]["id"] == 5


def test_a_servant_has_limits_for_each_question() -> None:
    servant = Servant(time.sleep, seconds=30)
    try:
        servant.ask(0.0)
        assert servant.answer() is None
        servant.ask(20.0, seconds=0.1)
        with pytest.raises(Lost):
            servant.answer()
    finally:
        servant.stop()
